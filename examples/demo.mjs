// @ts-check
/**
 * The whole promise in one run: a bot is traced to an OTLP backend and to WEEX, WEEX has a bad day, and every
 * decision arrives all the same. Needs no network and no account.
 *
 *   npm run demo              (or: node examples/demo.mjs, once the package is built)
 *   --json                    one JSON document instead of text
 *   --keep-open               leaves the stand-in's page open, to look at the logs in a browser
 *
 * `OTEL_EXPORTER_OTLP_ENDPOINT` names another tracing backend, for example a Jaeger on this machine.
 * Exit status: 0 when every stage is at WEEX and every span at the other backend, else 1.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AlwaysOnSampler, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AiStageSampler, WeexSpanProcessor } from 'opentelemetry-exporter-weex';
import { compareWithWeex } from './demo/comparison.mjs';
import { openOtherBackend } from './demo/other-backend.mjs';
import { createRecorder, isStage } from './demo/recorder.mjs';
import { printReport } from './demo/report.mjs';
import { startWeexStandIn } from './support/weex-stand-in.mjs';
import { createBot } from './trading-bot/bot.mjs';
import { createDecisionModel } from './trading-bot/decision-model.mjs';
import { createExchange } from './trading-bot/exchange.mjs';
import { createMarket } from './trading-bot/market.mjs';

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean' }, 'keep-open': { type: 'boolean' } },
});
/** @param {string} line */
const say = (line) => (flags.json ? undefined : console.log(line));

const startedAt = Date.now();
const { emulator, settings, close } = await startWeexStandIn({ latencyMillis: 20 });
const backend = await openOtherBackend();
const recorder = createRecorder();
const weex = new WeexSpanProcessor(settings);

const sdk = new NodeSDK({
  serviceName: 'demo-trading-bot',
  sampler: new AiStageSampler(new AlwaysOnSampler()),
  spanProcessors: [recorder.processor, new BatchSpanProcessor(backend.exporter), weex],
  metricReaders: [], // the SDK would send metrics and logs to port 4318 by itself
  logRecordProcessors: [],
});
sdk.start();

const exchange = createExchange();
const bot = createBot({
  market: createMarket({ seed: 7 }),
  model: createDecisionModel({ failsOnCall: 5 }),
  exchange,
  symbols: ['BTCUSDT', 'ETHUSDT'],
  say,
});

say('WEEX works.');
await bot.runCycle(1);
await weex.forceFlush();

say('\nWEEX is busy: the next four uploads get 429.');
emulator.script({ fault: 'rate-limited', retryAfterSeconds: 1, times: 4 });
await bot.runCycle(2);
await bot.runCycle(3);
await weex.forceFlush();

say('\nWEEX refuses the address: every upload gets an HTML page with status 521.');
emulator.script({ fault: 'html-521', times: Number.POSITIVE_INFINITY });
await bot.runCycle(4);
await untilPaused();
say(`paused: ${weex.health().paused?.reason ?? 'no'}; ${weex.health().pending} logs are kept`);
await bot.runCycle(5);
emulator.clearFaults();
say('the address is allowed again; the next probe is due 5 s after the pause began ...');

const receipts = await allReceipts(20_000);
// sdk.shutdown() does not wait for WEEX when the other backend fails; both together do.
await Promise.allSettled([sdk.shutdown(), weex.shutdown()]);
const summary = summarise();
if (flags.json) console.log(JSON.stringify(summary, undefined, 2));
else printReport(summary);

process.exitCode = summary.ok ? 0 : 1;
await backend.close();
if (flags['keep-open']) {
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  console.error(`\nThe logs, as WEEX got them: ${emulator.url}  (Ctrl+C ends)`);
  await ended;
}
await close();

/** The account is paused by the first 521; the demo waits for that, so that the page tells the same each time. */
async function untilPaused() {
  for (let i = 0; i < 100 && weex.health().paused === undefined; i += 1) await delay(50);
}

/**
 * Waits until nothing is on its way any more, and tells when the receipt for each stage came, by span id.
 *
 * @param {number} timeoutMillis
 */
async function allReceipts(timeoutMillis) {
  const givenUpAt = Date.now() + timeoutMillis;
  while (weex.health().pending + weex.health().waiting > 0 && Date.now() < givenUpAt) await delay(20);
  /** @type {Map<string, number>} */
  const receivedAt = new Map();
  const waits = recorder.spans.filter(isStage).map(async ({ traceId, spanId }) => {
    const [receipt] = await weex.waitUntilDelivered({ traceId, spanId }, { timeoutMillis: 100 });
    if (receipt !== undefined) receivedAt.set(spanId, receipt.acceptedAt);
  });
  await Promise.allSettled(waits); // what is missing shows in the table
  return receivedAt;
}

/** @returns {import('./demo/report.mjs').Summary} */
function summarise() {
  const { spans } = recorder;
  const { rows, unexpected } = compareWithWeex(spans, emulator.logs(), emulator.requests(), receipts);
  const { received, flushed, failed } = backend.result();
  const absent = received === undefined ? [] : spans.filter(({ spanId }) => !received.has(spanId));
  const orderIds = exchange.orderIds();
  const problems = [
    ...rows.flatMap(({ cycle, symbol, stage, problem }) =>
      problem === undefined ? [] : [`cycle ${cycle}, ${symbol}, ${stage}: ${problem}`],
    ),
    ...unexpected.map(
      ({ stage, model, raw }) =>
        `WEEX has a log that no stage wrote: ${stage}, ${model}, ${raw.slice(0, 200)}`,
    ),
    ...orderIds.flatMap((id) =>
      rows.some(({ orderId }) => orderId === id) ? [] : [`order ${id} has no log at WEEX`],
    ),
    ...absent.map(({ name, spanId }) => `span "${name}" (${spanId}) is not at ${backend.name}`),
    ...(failed > 0 ? [`${failed} spans could not be sent to ${backend.name}`] : []),
    ...(received === undefined && flushed < spans.length
      ? [`${spans.length - flushed} spans were not flushed to ${backend.name}`]
      : []),
  ];
  return {
    ok: problems.length === 0 && rows.length > 0,
    stages: rows.length,
    delivered: rows.filter(({ problem }) => problem === undefined).length,
    spans: spans.length,
    spansAtOtherBackend: received === undefined ? flushed : spans.length - absent.length,
    otherBackendCounted: received !== undefined,
    otherBackend: backend.name,
    orderIds,
    problems,
    slowestReceiptMillis: Math.max(0, ...rows.map(({ receiptAfterMillis }) => receiptAfterMillis ?? 0)),
    elapsedMillis: Date.now() - startedAt,
    answers: emulator.stats().answers,
    rows,
  };
}
