// @ts-check
/**
 * A bot that opens no new position while its AI logs do not reach WEEX, or one of them is missing.
 *
 *   node main.mjs
 *
 * WEEX is a stand-in here: it refuses the machine's address for a while, and later rejects one log.
 */
import { trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AiLogStage, startActiveStage, WeexSpanProcessor } from 'opentelemetry-exporter-weex';
import { startWeexStandIn } from '../support/weex-stand-in.mjs';
import { createTradingGate } from './gate.mjs';

const { emulator, settings, close } = await startWeexStandIn();

/** @type {Map<string, () => void>} */
const awaited = new Map();
const told = (/** @type {string} */ type) => new Promise((resolve) => awaited.set(type, () => resolve(type)));

const weex = new WeexSpanProcessor({
  ...settings,
  // The bot's own alarm: a message to your phone, for example.
  onEvent(event) {
    if (event.type === 'paused') console.log(`  alarm: paused, ${event.reason}`);
    if (event.type === 'resumed')
      console.log(`  alarm over: resumed, ${event.pending} more logs on their way`);
    if (event.type === 'rejected')
      console.log(`  alarm: WEEX rejected a log, ${event.weexCode} ${event.reason}`);
    awaited.get(event.type)?.();
  },
});
const sdk = new NodeSDK({
  serviceName: 'gated-bot',
  spanProcessors: [weex],
  metricReaders: [],
  logRecordProcessors: [],
});
sdk.start();

const gate = createTradingGate(weex, { patienceMillis: 10_000 });
const tracer = trace.getTracer('gated-bot');
let nextOrderId = 596_471_064_624_628_269n;
let stages = 0;
/** @type {string[]} */
const opened = [];
/** @type {string[]} */
const heldBack = [];

const explanations = {
  OPEN: 'RSI 28 is oversold: a rebound is likely.',
  CLOSE: 'RSI 71 is overbought: take the profit.',
};

await cycle('cycle 1', 'OPEN');

console.log("\nWEEX refuses this machine's address from now on.");
emulator.script({ fault: 'html-521', times: Number.POSITIVE_INFINITY });
const paused = told('paused');
await cycle('cycle 2', 'CLOSE');
await paused;
await cycle('cycle 3', 'OPEN');
await cycle('cycle 4', 'OPEN');

console.log('\nThe address is on the allowlist again. The exporter finds out by itself.');
const resumed = told('resumed');
emulator.clearFaults();
await resumed;
emulator.script({ code: '40020', msg: 'Parameter output error', when: { orderId: String(nextOrderId) } });
const rejected = told('rejected');
await cycle('cycle 5', 'OPEN');
await rejected;
await cycle('cycle 6', 'OPEN');

console.log('\nA person looks: `weex-ai-log status`, `weex-ai-log redrive`. Then the bot goes on.');
gate.dismiss('cycle 5');
await cycle('cycle 7', 'OPEN');

await Promise.allSettled([sdk.shutdown(), weex.shutdown()]);

const arrived = emulator.logs().length;
const ok =
  opened.join() === 'cycle 1,cycle 5,cycle 7' &&
  heldBack.join() === 'cycle 3,cycle 4,cycle 6' &&
  arrived === stages - 1;
console.log(
  `\ntrading-gate ${ok ? 'ok' : 'FAILED'}: opened in ${opened.join(', ')}; held back in ${heldBack.join(', ')}; ` +
    `${arrived} of ${stages} logs at WEEX, ${weex.health().rejected} rejected`,
);
process.exitCode = ok ? 0 : 1;
await close();

/**
 * @param {string} name
 * @param {'OPEN' | 'CLOSE'} action
 */
async function cycle(name, action) {
  /** @type {import('@opentelemetry/api').SpanContext[]} */
  const logged = [];
  await tracer.startActiveSpan(name, async (span) => {
    const signal = { symbol: 'BTCUSDT', rsi: action === 'OPEN' ? 28 : 71 };
    stage(AiLogStage.DECISION_MAKING, 'rsi-reversal-v1', signal, { action }, explanations[action]);
    const why = action === 'OPEN' ? await mayOpen() : undefined;
    if (why === undefined) placeOrder(action);
    console.log(`${name}: ${action} ${why === undefined ? 'done' : `held back, ${why}`}`);
    if (action === 'OPEN') (why === undefined ? opened : heldBack).push(name);
    span.end();
  });
  gate.follow(name, logged);

  /** That a position was held back is a decision too, and is logged like every other. */
  async function mayOpen() {
    const why = await gate.reasonToWait();
    const { pending, rejected } = weex.health();
    const output = { allowed: why === undefined };
    const explanation = why === undefined ? 'All AI logs so far are at WEEX.' : `No new position: ${why}.`;
    stage(AiLogStage.RISK_ASSESSMENT, 'log-gate-v1', { pending, rejected }, output, explanation);
    return why;
  }

  /** @param {'OPEN' | 'CLOSE'} action */
  function placeOrder(action) {
    const orderId = nextOrderId++;
    const order = { symbol: 'BTCUSDT', side: action === 'OPEN' ? 'BUY' : 'SELL', size: 0.01 };
    stage(AiLogStage.EXECUTION, 'market-order-v1', order, { status: 'FILLED' }, 'Filled at market.', orderId);
  }

  /**
   * @param {string} name
   * @param {string} model
   * @param {object} input
   * @param {object} output
   * @param {string} explanation
   * @param {bigint} [orderId]
   */
  function stage(name, model, input, output, explanation, orderId) {
    stages += 1;
    startActiveStage(name, { model, input, output, explanation, orderId }, (span) => {
      logged.push(span.spanContext());
    });
  }
}
