// @ts-check
/**
 * AI logs without spans: for a bot that is not traced, a script, or a job that runs once.
 *
 *   node main.mjs
 */
import {
  createDecisionLog,
  createExecutionLog,
  createRiskAssessmentLog,
  createStrategyLog,
  WeexAiLogger,
  WeexApiError,
} from 'opentelemetry-exporter-weex';
import { startWeexStandIn } from '../support/weex-stand-in.mjs';

const { emulator, settings, close } = await startWeexStandIn();

// With the WEEX_API_* variables set, `new WeexAiLogger()` is all.
const logger = new WeexAiLogger(settings);

// 1. One log: resolves with WEEX's receipt.
const receipt = await logger.uploadLog(
  createStrategyLog({
    model: 'ema-crossover-v1',
    input: { symbol: 'BTCUSDT', emaFast: 44_800, emaSlow: 44_600, rsi: 32 },
    output: { signal: 'BUY', confidence: 0.87 },
    explanation: 'The fast average crossed above the slow one while the RSI is low.',
  }),
);
console.log(
  `uploadLog       ${receipt.msg} (${receipt.code}), attempt ${receipt.attempts}, entry ${receipt.entryId}`,
);

// 2. Many logs, from an array or anything that can be iterated; the rate limit is kept for you. One that WEEX
//    refuses does not hold back the others.
emulator.script({ code: '40020', msg: 'Parameter output error', when: { model: 'refused-by-weex-v1' } });
const result = await logger.uploadLogs(tradesOfToday(), {
  onReceipt: ({ orderId, attempts }) =>
    console.log(`uploadLogs      order ${orderId ?? 'none'}: taken at attempt ${attempts}`),
  onError: (error) =>
    console.log(
      `uploadLogs      ${error instanceof WeexApiError ? `${error.code} ${error.weexCode}: ` : ''}${error.message}`,
    ),
});
console.log(`uploadLogs      ${result.delivered} delivered, ${result.failed} failed`);

// 3. Without await: the thread waits for WEEX's answer. For a last word before the process ends.
const last = logger.uploadLogSync(
  createRiskAssessmentLog({
    model: 'daily-loss-limit-v1',
    input: { lossToday: -412.5, limit: -400 },
    output: { action: 'STOP_FOR_TODAY' },
    explanation: 'The loss of the day is beyond its limit: no more trades today.',
  }),
);
console.log(`uploadLogSync   ${last.msg} (${last.code})`);

// 4. Everything was journaled before it was sent; close() waits for what is still under way.
await logger.close();

const ids = emulator
  .logs()
  .flatMap(({ orderId }) => orderId ?? [])
  .sort();
const ok = emulator.logs().length === 5 && ids.join() === '596471064624628269,596471064624628271';
console.log(
  `direct-logger ${ok ? 'ok' : 'FAILED'}: ${emulator.logs().length} of 5 logs at WEEX, order ids ${ids.join(', ')}`,
);
process.exitCode = ok ? 0 : 1;
await close();

async function* tradesOfToday() {
  yield createDecisionLog({
    model: 'refused-by-weex-v1',
    input: { symbol: 'ETHUSDT' },
    output: { decision: 'HOLD' },
    explanation: 'The stand-in is told to refuse this one.',
  });
  const orderIds = ['596471064624628269', 596_471_064_624_628_271n]; // strings and bigints keep all 18 digits
  for (const [index, orderId] of orderIds.entries()) {
    yield createExecutionLog({
      model: 'limit-order-v1',
      input: { symbol: 'BTCUSDT', side: index === 0 ? 'BUY' : 'SELL', size: 0.3 },
      output: { status: 'FILLED', orderId },
      explanation: 'Filled at the limit.',
      orderId,
    });
  }
  yield createDecisionLog({
    model: 'stand-in-model-2026-11-01',
    input: { symbol: 'SOLUSDT', rsi: 51 },
    output: { decision: 'HOLD' },
    explanation: 'No setup worth the risk.',
  });
}
