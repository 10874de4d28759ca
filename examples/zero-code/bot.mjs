// @ts-check
/**
 * A bot that knows OpenTelemetry and nothing of WEEX. A span with `ai.input` or `ai.output` is an AI decision;
 * `--import opentelemetry-exporter-weex/register` does the rest.
 */
import { SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('plain-bot');

const candles = {
  symbol: 'BTCUSDT',
  timeframe: '15m',
  emaFast: 44_800,
  emaSlow: 44_600,
  rsi: 32,
  price: 44_950,
};

await tracer.startActiveSpan('cycle', async (cycle) => {
  const signal = decideByRules(candles);
  const decision = await askTheModel(signal);
  if (decision.decision === 'APPROVE') await placeOrder(decision);
  cycle.end();
});

/** @param {typeof candles} input */
function decideByRules(input) {
  return tracer.startActiveSpan('Strategy Generation', (span) => {
    const output = { signal: input.emaFast > input.emaSlow ? 'BUY' : 'HOLD', confidence: 0.87 };
    span.setAttributes({
      'ai.model': 'ema-crossover-v1',
      'ai.input': JSON.stringify(input),
      'ai.output': JSON.stringify(output),
      'ai.explanation': 'The fast average stands above the slow one while the RSI is still low.',
    });
    span.end();
    return { ...output, price: input.price };
  });
}

/** @param {{ signal: string, confidence: number, price: number }} signal */
async function askTheModel(signal) {
  return tracer.startActiveSpan('ask the model', async (span) => {
    span.setAttributes({
      'ai.stage': 'decision', // any usual spelling of WEEX's stage names will do
      'ai.model': 'stand-in-model-2026-11-01',
      'ai.input': JSON.stringify(signal),
    });
    try {
      const answer = await callModel(signal);
      span.setAttribute('ai.output', JSON.stringify(answer));
      span.setAttribute('ai.explanation', answer.reasoning);
      return answer;
    } catch (error) {
      // A stage that failed without an output is logged too, with this error.
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Stands in for a language model behind an API.
 *
 * @param {{ signal: string, confidence: number }} signal
 */
async function callModel({ signal, confidence }) {
  const decision = signal === 'BUY' && confidence > 0.8 ? 'APPROVE' : 'REJECT';
  return {
    decision,
    size: 0.3,
    leverage: 5,
    reasoning: 'The signal is strong and the risk is 2 % of the account.',
  };
}

/** @param {{ size: number, leverage: number }} decision */
async function placeOrder(decision) {
  return tracer.startActiveSpan('place order', async (span) => {
    const order = { symbol: 'BTCUSDT', side: 'BUY', ...decision };
    const placed = { orderId: '596471064624628269', status: 'FILLED', filledPrice: 44_945 };
    span.setAttributes({
      'ai.stage': 'execution',
      'ai.model': 'limit-order-v1',
      'ai.input': JSON.stringify(order),
      'ai.output': JSON.stringify(placed),
      'ai.explanation': 'Filled 5 USDT below the limit.',
      'ai.order_id': placed.orderId, // 18 digits: keep them a string
    });
    span.end();
    return placed;
  });
}
