// @ts-check
/**
 * What a bot does that knows nothing of this package.
 *
 * @param {import('@opentelemetry/api').Tracer} tracer
 */
exports.decide = (tracer) => {
  const [, , orderId = ''] = process.argv;
  const attributes = {
    'ai.model': 'm-1',
    'ai.input': '{"rsi":28}',
    'ai.output': '{"action":"buy"}',
    'ai.explanation': 'RSI 28 is oversold.',
    'ai.order_id': orderId,
  };
  tracer.startActiveSpan('Decision Making', { attributes }, (span) => span.end());
};
