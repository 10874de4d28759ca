// A bot that knows nothing of any backend. Its input holds what a neighbour masks.
import { trace } from '@opentelemetry/api';

const attributes = {
  'ai.model': 'm-1',
  'ai.input': '{"note":"secret_42"}',
  'ai.output': '{"action":"buy"}',
  'ai.explanation': 'RSI 28 is oversold.',
  'ai.order_id': process.argv[2] ?? '',
  'langfuse.observation.input': 'secret_42',
};
trace.getTracer('bot').startActiveSpan('Decision Making', { attributes }, (span) => span.end());
