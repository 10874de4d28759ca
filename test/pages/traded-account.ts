import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { context, trace } from '@opentelemetry/api';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import { vi } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.js';
import { runProgram } from '../../src/cli/run.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { writeReport } from '../../src/report/write-report.js';
import { RecordingTerminal } from '../cli/recording-terminal.js';
import { startTracing } from '../helpers/tracing.js';

export const ORDERS = {
  complete: '596471064624628269',
  withoutRisk: '596471064624628271',
  hostile: '596471064624628273',
  rejected: '596471064624628275',
  held: '596471064624628277',
} as const;

export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  '<!--<script>',
  '\u202eESREVER\u202c',
  '{{7*7}} javascript:alert(3)',
].join(' ');

/** One stage of a trade: its name, and what differs from the usual. */
type Step = readonly [stage: string, attributes?: Readonly<Record<string, string>>];

const STAGES: Readonly<Record<string, string>> = {
  'Strategy Generation': 'rsi-momentum-v3',
  'Risk Assessment': 'var-sizing-v2',
  'Decision Making': 'gpt-5-2026-08-06',
  Execution: 'limit-order-v2',
};
const ALL = Object.keys(STAGES).map((stage): Step => [stage]);

export interface TradedAccount {
  readonly journalDir: string;
  /** The URL of a page that was written when every log's minute was over. */
  report(name: string): Promise<string>;
  close(): void;
}

/** A journal that a real pipeline left after it has traded with the emulator, trouble included. */
export async function tradedAccount(): Promise<TradedAccount> {
  vi.stubEnv('OTEL_LOG_LEVEL', 'none');
  const weex = await startWeexEmulator();
  weex.script(
    { status: 503, when: { orderId: ORDERS.complete }, times: 1 },
    { code: '40017', msg: 'Parameter model is wrong', when: { model: 'bad' } },
  );
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-pages-'));
  const processor = new WeexSpanProcessor({
    ...weex.credentials,
    endpoint: weex.url,
    journalDir,
    account: 'bot',
    mode: 'live',
    linkWindowMillis: 0,
  });
  const { tracer } = startTracing({ processors: [processor] });
  const trade = (symbol: string, order: string | undefined, steps: readonly Step[]): void => {
    const root = tracer.startSpan('cycle');
    const within = trace.setSpan(context.active(), root);
    for (const [stage, own] of steps) {
      const attributes = {
        'ai.stage': stage,
        'ai.model': STAGES[stage] ?? 'm',
        'ai.symbol': symbol,
        'ai.input': `{"symbol":"${symbol}","ids":[596471064624628269],"prompt":"Think of ${symbol} at ${stage}"}`,
        'ai.output': '{"action":"BUY","size":0.010}',
        'ai.explanation': `${stage} of ${symbol}: the signal is confirmed.`,
        ...(order === undefined ? {} : { 'ai.order_id': order }),
        ...own,
      };
      tracer.startSpan(stage, { attributes }, within).end();
    }
    root.end();
  };
  trade('BTCUSDT', ORDERS.complete, ALL);
  trade(
    'ETHUSDT',
    ORDERS.withoutRisk,
    ALL.filter(([stage]) => stage !== 'Risk Assessment'),
  );
  trade('SOLUSDT', undefined, [
    ['Strategy Generation'],
    ['Decision Making', { 'ai.output': '{"action":"HOLD"}', 'ai.order_id': 'none' }],
  ]);
  const hostile = {
    'ai.model': HOSTILE,
    'ai.explanation': HOSTILE,
    'ai.input': JSON.stringify({ text: HOSTILE, long: 'x'.repeat(9_000) }),
    'ai.output': JSON.stringify({ [HOSTILE]: HOSTILE }),
  };
  trade(
    HOSTILE,
    ORDERS.hostile,
    ALL.map(([stage]): Step => [stage, hostile]),
  );
  trade('XRPUSDT', ORDERS.rejected, [...ALL.slice(0, 3), ['Execution', { 'ai.model': 'bad' }]]);
  trade('ADAUSDT', ORDERS.held, [
    ...ALL.slice(0, 2),
    ['Decision Making', { 'ai.output': '{"action":"HOLD"}' }],
    ['Execution'],
  ]);
  trade('DOGEUSDT', undefined, [['Signal Analysis', { 'ai.model': ' ' }]]);
  await processor.shutdown({ timeoutMillis: 15_000 });
  await weex.close();
  return {
    journalDir,
    async report(name) {
      const path = join(journalDir, name);
      await writeReport(path, {
        folder: join(journalDir, 'bot'),
        account: 'bot',
        sinceMillis: undefined,
        untilMillis: undefined,
        mostEntries: 10_000,
        isPaused: false,
        listed: undefined,
        nowMillis: Date.now() + 120_000,
        version: '0',
        progress: () => {},
      });
      return pathToFileURL(path).href;
    },
    close: () => rmSync(journalDir, { recursive: true, force: true }),
  };
}

/** Runs `report`; the URL of the page. */
export async function writeReportOf(journalDir: string, file: string, ...args: string[]): Promise<string> {
  const terminal = new RecordingTerminal();
  const program = { commands: COMMANDS, version: () => '0' };
  const place = ['--html', file, '--journal-dir', journalDir, '--account', 'bot'];
  const status = await runProgram(['report', ...place, ...args], program, terminal);
  if (status !== 0) throw new Error(`report ended with ${status}: ${terminal.errText}`);
  return pathToFileURL(file).href;
}

/** A journal of so many entries that were never sent, for what depends on the number alone. */
export async function manyEntries(journalDir: string, count: number): Promise<void> {
  vi.stubEnv('OTEL_LOG_LEVEL', 'none');
  const processor = new WeexSpanProcessor({ journalDir, account: 'bot', mode: 'record' });
  const { tracer } = startTracing({ processors: [processor] });
  const stages = Object.keys(STAGES);
  for (let entry = 0; entry < count; entry += 1) {
    const stage = stages[entry % stages.length] ?? '';
    const attributes = {
      'ai.stage': stage,
      'ai.model': STAGES[stage] ?? '',
      'ai.order_id': String(596_471_064_624_628_269n + BigInt(Math.floor(entry / stages.length))),
      'ai.input': JSON.stringify({ prompt: 'Decide about BTCUSDT. '.repeat(60), entry }),
      'ai.output': '{"action":"BUY"}',
      'ai.explanation': 'The oversold signal is confirmed by rising open interest. '.repeat(4),
    };
    tracer.startSpan(stage, { attributes }).end();
  }
  await processor.shutdown({ timeoutMillis: 15_000 });
}
