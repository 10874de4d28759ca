import { type Ended, IMPORT, linesOf, runBot } from './bot-process.js';
import type { Install } from './installs.js';
import { type OtlpSpan, startCollector } from './receivers.js';
import { startWeex } from './weex.js';

export interface Run {
  readonly bot?: string;
  readonly args?: readonly string[];
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly without?: readonly string[];
  /** WEEX's key and address under names that only a configuration file of the test knows. */
  readonly fileKeys?: boolean;
}

export interface Outcome {
  readonly ended: Ended;
  /** Our lines, but for the pipeline's first one, which tells of no trouble. */
  readonly lines: readonly string[];
  /** Of the logs that WEEX took. */
  readonly orderIds: readonly string[];
  readonly inputs: readonly unknown[];
  /** What the collector got. */
  readonly spans: readonly OtlpSpan[];
  readonly paths: ReadonlySet<string>;
}

/** Runs a bot to its end beside a WEEX and a collector of its own. */
export async function run(where: Pick<Install, 'dir'>, options: Run): Promise<Outcome> {
  const [weex, collector] = await Promise.all([startWeex(), startCollector()]);
  const { bot = 'trader.mjs', args = [], flags = IMPORT, without = [] } = options;
  const env: Record<string, string> = {
    ...weex.env,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'grid-bot',
    ...options.env,
  };
  if (options.fileKeys) {
    Object.assign(env, { KEY: env['WEEX_API_KEY'], WEEX_URL: env['OTEL_EXPORTER_WEEX_ENDPOINT'] });
    delete env['WEEX_API_KEY'];
    delete env['OTEL_EXPORTER_WEEX_ENDPOINT'];
  }
  for (const name of without) delete env[name];
  const ended = await runBot(where, bot, { args, flags, env });
  const lines = linesOf(ended).filter((line) => !line.includes('of every stage span'));
  const outcome = {
    ended,
    lines,
    orderIds: weex.orderIds(),
    inputs: weex.inputs(),
    spans: collector.spans,
    paths: collector.paths,
  };
  await Promise.all([weex.close(), collector.close()]);
  return outcome;
}
