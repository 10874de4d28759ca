import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOtlpReceiver } from '../../examples/support/otlp-receiver.mjs';
import { startWeexStandIn } from '../../examples/support/weex-stand-in.mjs';
import { lastLine, ROOT, runExample, startExample } from './run-example.js';

const STAGES = 28;

let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
/** An address where nobody listens. */
let deadEnd: string;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  deadEnd = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  server.close();
  await once(server, 'close');
});

afterAll(() => receiver.close());

describe.concurrent('the examples', { timeout: 50_000 }, () => {
  test('the demo delivers every stage and every span through 429 and 521, and leaves nothing behind', async () => {
    const run = await runExample('demo.mjs', ['--json']);
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    const summary = JSON.parse(run.stdout);
    expect(summary).toMatchObject({
      ok: true,
      stages: STAGES,
      delivered: STAGES,
      otherBackendCounted: true,
      problems: [],
      orderIds: ['596471064624628269', '596471064624628271', '596471064624628273'],
      answers: { '429 429': 4, '200 00000': STAGES },
    });
    expect(summary.spans).toBeGreaterThan(STAGES);
    expect(summary.spansAtOtherBackend).toBe(summary.spans);
    expect(summary.answers['521']).toBeGreaterThan(0);
    expect(summary.elapsedMillis).toBeLessThan(30_000);
    const rows: { cycle: number; symbol: string; stage: string; orderId?: string }[] = summary.rows;
    const executions = rows.filter(({ stage }) => stage === 'Execution');
    expect(executions.map(({ cycle, orderId }) => [cycle, orderId])).toEqual([
      [1, '596471064624628269'],
      [1, '596471064624628271'],
      [2, undefined],
      [4, '596471064624628273'],
    ]);
    expect(
      rows.filter(({ symbol }) => symbol === 'ETHUSDT').every(({ orderId }) => orderId === undefined),
    ).toBe(true);
  });

  test('the demo sends to the OTLP backend that is named, and --keep-open keeps the page until Ctrl+C', async () => {
    const demo = startExample('demo.mjs', ['--keep-open'], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const pageLine = /as WEEX got them: (http:\/\/127\.0\.0\.1:\d+)/;
    await expect.poll(demo.stderr, { timeout: 40_000, interval: 100 }).toMatch(pageLine);
    const page = pageLine.exec(demo.stderr())?.[1] ?? '';
    expect((await fetch(page)).status).toBe(200);
    demo.child.kill('SIGINT');
    const run = await demo.ended();
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    const spans = receiver.spans.filter(({ service }) => service === 'demo-trading-bot').length;
    expect(run.stdout).toContain(`${spans} of ${spans} spans flushed without error`);
    expect(lastLine(run.stdout)).toBe(`demo ok: delivered ${STAGES} of ${STAGES}`);
  });

  test('the demo fails when the OTLP backend is down, while WEEX gets everything', async () => {
    const run = await runExample('demo.mjs', [], { OTEL_EXPORTER_OTLP_ENDPOINT: deadEnd });
    expect(run).toMatchObject({ exitCode: 1, leftovers: [] });
    expect(run.stdout).toMatch(/MISSING: \d+ spans could not be sent to/);
    expect(lastLine(run.stdout)).toBe(`demo FAILED: delivered ${STAGES} of ${STAGES}`);
  });

  test('the demo fails when a stage is not at WEEX, and names it', async () => {
    const run = await runExample('demo.mjs', [], { OTEL_EXPORTER_WEEX_EXCLUDE: 'Risk Assessment' });
    expect(run).toMatchObject({ exitCode: 1, leftovers: [] });
    expect(run.stdout).toContain('MISSING: cycle 1, BTCUSDT, Risk Assessment: not at WEEX');
    expect(lastLine(run.stdout)).toBe(`demo FAILED: delivered ${STAGES - 4} of ${STAGES}`);
  });

  test('zero-code: a plain traced bot reaches both backends by environment variables alone', async () => {
    const run = await runExample('zero-code/run.mjs');
    expect(lastLine(run.stdout)).toBe(
      'zero-code ok: the bot ended with 0, 3 of 3 stages at WEEX, 4 of 4 spans at the receiver',
    );
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    expect(run.stdout).toContain('596471064624628269');
  });

  test('dual-export: one trace in Jaeger and at WEEX', async () => {
    const run = await runExample('dual-export-jaeger/main.mjs', [], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });
    expect(lastLine(run.stdout)).toBe('dual-export ok');
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    const traceId = /trace\/([0-9a-f]{32})/.exec(run.stdout)?.[1];
    const names = receiver.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
    expect(names.sort()).toEqual(['GET candles', 'Strategy Generation', 'cycle']);
  });

  test('dual-export: a Jaeger that is down is told, and WEEX has the log all the same', async () => {
    const run = await runExample('dual-export-jaeger/main.mjs', [], {
      OTEL_EXPORTER_OTLP_ENDPOINT: deadEnd,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    });
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('Jaeger: not reached');
    expect(run.stdout).toContain('WEEX: 1 of 1 delivered');
  });

  test('dual-export: with an account of your own the log says that it is a test without an order', async () => {
    const weex = await startWeexStandIn();
    const run = await runExample('dual-export-jaeger/main.mjs', [], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      ...weex.env,
    });
    const logs = weex.emulator.logs();
    await weex.close();
    expect(lastLine(run.stdout)).toBe('dual-export ok');
    expect(logs).toHaveLength(1);
    expect(logs[0]).toMatchObject({ orderId: undefined, output: { traded: false } });
    expect(logs[0]?.explanation).toContain('no order was placed');
  });

  test('trading-gate: no position is opened while WEEX refuses the logs or one is missing, and then again', async () => {
    const run = await runExample('trading-gate/main.mjs');
    expect(lastLine(run.stdout)).toBe(
      'trading-gate ok: opened in cycle 1, cycle 5, cycle 7; held back in cycle 3, cycle 4, cycle 6; 16 of 17 logs at WEEX, 1 rejected',
    );
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    expect(run.stdout).toMatch(/cycle 2: CLOSE done/);
    expect(run.stdout).toMatch(/cycle 3: OPEN held back, WEEX refuses the account: HTTP 521/);
    expect(run.stdout).toMatch(
      /cycle 6: OPEN held back, a log of cycle 5 is missing: .*Parameter output error/,
    );
    const lines = run.stderr.split('\n').filter((line) => /paused|resumed|rejected/.test(line));
    expect(lines).toHaveLength(3);
  });

  test('direct-logger: logs without spans, one, many and synchronously', async () => {
    const run = await runExample('direct-logger/main.mjs');
    expect(lastLine(run.stdout)).toBe(
      'direct-logger ok: 5 of 5 logs at WEEX, order ids 596471064624628269, 596471064624628271',
    );
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    expect(run.stdout).toContain('uploadLogs      REJECTED 40020');
    expect(run.stdout).toContain('uploadLogs      3 delivered, 1 failed');
  });

  test('python-module-migration: every call of the Python module has its counterpart', async () => {
    const run = await runExample('python-module-migration/migration.mjs');
    expect(lastLine(run.stdout)).toMatch(/^migration ok: 11 of 11 logs at WEEX/);
    expect(run).toMatchObject({ exitCode: 0, leftovers: [] });
    expect(run.stdout).toMatch(/REJECTED \(reject\): .*Parameter input error/);
    expect(run.stdout).toMatch(/PAUSED \(hold\): .*passphrase/);
    expect(run.stdout).toContain(
      '"price":44950.5,"exact":"0.123456789012345678901","at":"2026-01-05T00:00:00.000Z"',
    );
  });
});

describe('the table of examples', () => {
  const readme = readFileSync(join(ROOT, 'examples', 'README.md'), 'utf8');
  const notExamples = ['demo', 'support'];

  test('names every folder', () => {
    const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !notExamples.includes(entry.name))
      .map(({ name }) => name);
    expect(folders.filter((name) => !readme.includes(`| [${name}](${name}/`))).toEqual([]);
  });

  test('gives commands and links that exist', () => {
    const files = [...readme.matchAll(/`node (\S+)`/g)].map(([, file]) => join(ROOT, file ?? ''));
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) =>
      join(ROOT, 'examples', link ?? ''),
    );
    expect(files.length).toBeGreaterThan(3);
    expect([...files, ...links].filter((path) => !existsSync(path))).toEqual([]);
  });
});
