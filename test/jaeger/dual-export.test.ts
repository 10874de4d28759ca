import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastLine, runExample } from '../examples/run-example.js';
import { IMPORT, runBot } from '../register/helpers/bot-process.js';
import { API, AUTO_INSTRUMENTATIONS, type Install, SDK } from '../register/helpers/installs.js';
import { bot, installBots } from './helpers/bots.js';
import { type Jaeger, jaegerBinary, startJaeger } from './helpers/jaeger.js';
import { startMarket } from './helpers/market.js';
import { outlineOf, resourcesOf } from './helpers/same-spans.js';
import { attributeOf, type JaegerSpan, namesOf, spansInJaeger } from './helpers/spans-in-jaeger.js';
import { startWeex } from './helpers/weex.js';

const CYCLES = 5;
/** That the trading bot makes in five cycles. */
const STAGES = 28;
const AUTO = ['--import', `${AUTO_INSTRUMENTATIONS}/register`];

interface Way {
  readonly way: string;
  readonly where: () => Install;
  readonly bot: string;
  readonly without: { readonly flags: readonly string[]; readonly args?: readonly string[] };
  readonly with: { readonly flags: readonly string[]; readonly exporters: string };
  /** Names of spans that only the instrumentations make. */
  readonly instrumented: readonly string[];
}

let jaeger: Jaeger;
let inCode: Install;
let sdkOnly: Install;
let withAuto: Install;

const INSTRUMENTED = ['GET', 'dns.lookup', 'tcp.connect'];
const WAYS: readonly Way[] = [
  {
    way: 'NodeSDK in code',
    where: () => inCode,
    bot: bot('sdk-in-code.mjs'),
    without: { flags: [], args: ['alone'] },
    with: { flags: [], exporters: '' },
    instrumented: INSTRUMENTED,
  },
  {
    way: 'register and variables',
    where: () => sdkOnly,
    bot: bot('plain.mjs'),
    without: { flags: ['--import', `./${bot('sdk-from-variables.mjs')}`] },
    with: { flags: IMPORT, exporters: 'otlp,weex' },
    instrumented: [],
  },
  {
    way: 'register that starts auto-instrumentations',
    where: () => withAuto,
    bot: bot('plain.mjs'),
    without: { flags: AUTO },
    with: { flags: IMPORT, exporters: 'otlp,weex' },
    instrumented: INSTRUMENTED,
  },
  {
    way: 'register behind the register of auto-instrumentations',
    where: () => withAuto,
    bot: bot('plain.mjs'),
    without: { flags: AUTO },
    with: { flags: [...AUTO, ...IMPORT], exporters: 'otlp' },
    instrumented: INSTRUMENTED,
  },
];

interface Run {
  readonly spans: readonly JaegerSpan[];
  readonly tracedCalls: readonly string[];
}

describe.skipIf(jaegerBinary === undefined)('dual export to a real Jaeger', () => {
  beforeAll(async () => {
    const instrumentations = ['dns', 'http', 'net', 'undici'].map(
      (name) => `@opentelemetry/instrumentation-${name}`,
    );
    inCode = installBots(
      ...[API, SDK, '@opentelemetry/sdk-trace-base', '@opentelemetry/exporter-trace-otlp-proto'],
      ...instrumentations,
    );
    sdkOnly = installBots(API, SDK);
    withAuto = installBots(API, SDK, AUTO_INSTRUMENTATIONS);
    jaeger = await startJaeger();
  }, 90_000);

  afterAll(async () => {
    await jaeger?.close();
    for (const place of [inCode, sdkOnly, withAuto]) place?.remove();
  });

  test.each(WAYS)(
    '$way: Jaeger has the same spans as without us, WEEX has every stage, and nothing of ours is traced',
    async ({ way, where, bot: file, without, with: beside, instrumented }) => {
      const [weex, market] = await Promise.all([startWeex(), startMarket()]);

      async function run(
        service: string,
        flags: readonly string[],
        exporters: string,
        args: readonly string[] = [],
      ): Promise<Run> {
        const before = market.traced().length;
        const env = {
          ...weex.env,
          OTEL_TRACES_EXPORTER: exporters,
          OTEL_METRICS_EXPORTER: 'none',
          OTEL_LOGS_EXPORTER: 'none',
          OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl,
          OTEL_SERVICE_NAME: service,
          OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process',
          OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'dns,http,net,undici',
          MARKET_URL: market.url,
        };
        const ended = await runBot(where(), file, { flags, env, args: [String(CYCLES), ...args] });
        expect(ended, ended.stderr).toMatchObject({ code: 0, signal: null });
        return {
          spans: await spansInJaeger(jaeger, service),
          tracedCalls: market.traced().slice(before),
        };
      }

      const service = `bot of ${way}`;
      const alone = await run(`${service}, alone`, without.flags, 'otlp', without.args);
      expect(weex.emulator.logs()).toEqual([]);
      const both = await run(service, beside.flags, beside.exporters);
      await Promise.all([weex.emulator.close(), market.close()]);

      expect(alone.spans.length).toBeGreaterThan(STAGES);
      expect(outlineOf(both.spans)).toEqual(outlineOf(alone.spans));
      expect(resourcesOf(both.spans)).toEqual(resourcesOf(alone.spans));

      const logs = weex.emulator.logs();
      expect(logs).toHaveLength(STAGES);
      const inputs = both.spans
        .map((span) => attributeOf(span, 'ai.input'))
        .filter((input) => input !== undefined);
      expect(logs.map(({ input }) => JSON.stringify(input)).sort()).toEqual(inputs.sort());

      // The instrumentations were on, and saw what the bot itself asked for.
      expect(namesOf(both.spans)).toEqual(expect.arrayContaining([...instrumented]));
      expect(both.tracedCalls.length > 0).toBe(instrumented.length > 0);
      expect(weex.emulator.requests().map(({ traceparent }) => traceparent)).toEqual(
        logs.map(() => undefined),
      );
      const byInstrumentations = both.spans.filter(({ scope }) => scope.name?.includes('instrumentation-'));
      expect(JSON.stringify(byInstrumentations)).not.toMatch(new RegExp(`uploadAiLog|\\b${weex.port}\\b`));
    },
    120_000,
  );

  test("the example's trace is in Jaeger under the id that it prints", async () => {
    const run = await runExample('dual-export-jaeger/main.mjs', [], {
      OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl,
    });
    expect(lastLine(run.stdout), run.stdout + run.stderr).toBe('dual-export ok');
    const spans = await spansInJaeger(jaeger, 'dual-export-bot');
    const printed = /trace\/([0-9a-f]{32})/.exec(run.stdout)?.[1];
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([printed]));
    expect(namesOf(spans)).toEqual(['GET candles', 'Strategy Generation', 'cycle']);
  }, 60_000);
});
