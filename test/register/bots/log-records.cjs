// An instrumentation's way to tell messages: log records, beside the spans.
const { createRequire } = require('node:module');
const { logs } = createRequire(require.resolve('@opentelemetry/sdk-node'))('@opentelemetry/api-logs');

logs.getLogger('@opentelemetry/instrumentation-openai').emit({
  eventName: 'gen_ai.user.message',
  body: { content: 'RSI is 28.' },
});
require('./trader.cjs');
