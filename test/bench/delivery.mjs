// @ts-check
// Logs a second and processor time for each, against a bare undici pool; the emulator runs in another process. First
// the whole life, from `span.end()` to the receipt, then the delivery of a backlog that is journaled already.
//   node test/bench/delivery.mjs <logs a round> <rounds>
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { sendByBarePool } from './bare-pool.mjs';
import { cost, median, report, spread } from './figures.mjs';
import { breathe, madeStages } from './stages.mjs';

const [logs = 5_000, rounds = 5] = process.argv.slice(2).map(Number);
const CONCURRENCY = 4;
const made = madeStages();

const server = fork(join(import.meta.dirname, 'weex-server.mjs'), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const [{ url, credentials }] = await once(server, 'message');

/** @param {string} journalDir @param {Record<string, unknown>} [more] */
function openAccount(journalDir, more) {
  const weex = new WeexSpanProcessor({
    ...credentials,
    endpoint: url,
    journalDir,
    account: 'bench',
    rateLimit: 100_000,
    concurrency: CONCURRENCY,
    linkWindowMillis: 0,
    flushTimeoutMillis: 120_000,
    ...more,
  });
  return { weex, provider: new BasicTracerProvider({ spanProcessors: [weex] }) };
}

/** @param {BasicTracerProvider} provider */
async function endAll(provider) {
  const tracer = provider.getTracer('bench');
  for (let number = 0; number < logs; number++) {
    tracer.startSpan('decision', { attributes: { ...made(number).attributes } }).end();
    if (number % 50 === 0) await breathe();
  }
}

/** @param {ReturnType<typeof openAccount>} account */
async function deliverAll({ weex, provider }) {
  while (weex.health().delivered < logs) {
    await weex.forceFlush();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await provider.shutdown();
}

async function wholeLife() {
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-bench-'));
  const account = openAccount(journalDir);
  await endAll(account.provider);
  await deliverAll(account);
  rmSync(journalDir, { recursive: true, force: true });
}

/** What an earlier process has left. The folder is written by mode `record`'s twin: a process that never sends. */
async function backlogCost() {
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-bench-'));
  const down = openAccount(journalDir, { endpoint: 'http://127.0.0.1:1', flushTimeoutMillis: 0 });
  await endAll(down.provider);
  await down.provider.shutdown();
  const taken = await cost(() => deliverAll(openAccount(journalDir)));
  rmSync(journalDir, { recursive: true, force: true });
  return taken;
}

const bare = () =>
  cost(() => sendByBarePool(url, credentials, logs, CONCURRENCY, (number) => made(number).payload));

/** @typedef {{ millis: number, cpuMillis: number }} Cost */
/** @type {{ base: Cost, life: Cost, backlog: Cost }[]} */
const results = [];
for (let round = 0; round <= rounds; round++) {
  const result = { base: await bare(), life: await cost(wholeLife), backlog: await backlogCost() };
  // The first round warms up all of them.
  if (round > 0) results.push(result);
}
server.disconnect();

/** @param {'life' | 'backlog'} which @param {string} what @param {number} rate @param {number} cpu */
function rowsOf(which, what, rate, cpu) {
  const rates = results.map((result) => result.base.millis / result[which].millis);
  const cpus = results.map((result) => result[which].cpuMillis / result.base.cpuMillis);
  const perSecond = (/** @type {'base' | 'life' | 'backlog'} */ of) =>
    `${((logs * 1_000) / median(results.map((result) => result[of].millis))).toFixed(0)}/s`;
  const microsOf = (/** @type {'base' | 'life' | 'backlog'} */ of) =>
    `${((median(results.map((result) => result[of].cpuMillis)) * 1_000) / logs).toFixed(0)} us`;
  return [
    {
      what: `${what}: rate, against a bare pool`,
      value: median(rates),
      unit: /** @type {const} */ ('x'),
      budget: rate,
      better: /** @type {const} */ ('higher'),
      spread: spread(rates),
      detail: `${perSecond(which)} against ${perSecond('base')}`,
    },
    {
      what: `${what}: processor time, against the same`,
      value: median(cpus),
      unit: /** @type {const} */ ('x'),
      budget: cpu,
      spread: spread(cpus),
      detail: `${microsOf(which)} against ${microsOf('base')} a log`,
    },
  ];
}
report([
  ...rowsOf('backlog', 'delivery of a backlog', 0.8, 1.4),
  ...rowsOf('life', 'from span.end() to receipt', 0.55, 1.8),
]);
process.exit();
