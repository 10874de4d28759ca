/**
 * One decision: a span that states what WEEX wants to know, below the cycle that it belongs to.
 *
 * @param {import('@opentelemetry/api').Tracer} tracer
 * @param {number} orderId
 */
exports.decide = (tracer, orderId) => {
  tracer.startActiveSpan('cycle', (cycle) => {
    const attributes = {
      'ai.model': 'm-1',
      'ai.input': '{"rsi":28}',
      'ai.output': '{"action":"buy"}',
      'ai.explanation': 'RSI 28 is oversold.',
      'ai.order_id': String(orderId),
    };
    tracer.startActiveSpan('Decision Making', { attributes }, (span) => span.end());
    cycle.end();
  });
};
