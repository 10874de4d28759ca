// @ts-check
// Traces in every way of waiting. The third argument says how it ends: `whole` ends every span and shuts down,
// `waiting` is killed while the roots are open, `decided` in the very turn in which they have ended.
import { context, trace } from '@opentelemetry/api';
import { openAccount, report } from './account.mjs';

const how = process.argv[3];
const { weex, provider } = openAccount();
const tracer = provider.getTracer('bot');

/** @import { Attributes, Span } from '@opentelemetry/api' */

/** @type {Span[]} */
const roots = [];
const root = () => {
  const span = tracer.startSpan('cycle');
  roots.push(span);
  return span;
};
/**
 * @param {string} name
 * @param {Attributes} attributes
 * @param {Span} parent
 */
const start = (name, attributes, parent) =>
  tracer.startSpan(name, { attributes }, trace.setSpan(context.active(), parent));
/**
 * @param {string} stage
 * @param {Span} parent
 * @param {Attributes} [attributes]
 */
const stage = (stage, parent, attributes) =>
  start(
    stage,
    {
      'ai.stage': stage,
      'ai.model': 'gpt-5-2026-08-06',
      'ai.input': `{"id":"${roots.length}-${stage}","last":596471064624628269}`,
      'ai.output': '{"action":"buy","size":0.010}',
      'ai.explanation': 'RSI 28 is oversold.',
      ...attributes,
    },
    parent,
  ).end();
/**
 * @param {Span} parent
 * @param {string} id
 */
const chat = (parent, id) =>
  start(
    'chat gpt-5',
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.input.messages': `[{"role":"user","parts":[{"type":"text","content":"{\\"id\\":\\"${id}\\",\\"n\\":596471064624628269}"}]}]`,
      'gen_ai.output.messages':
        '[{"role":"assistant","parts":[{"type":"reasoning","content":"RSI is 28."},{"type":"text","content":"{\\"action\\":\\"buy\\",\\"n\\":596471064624628271}"}]}]',
    },
    parent,
  ).end();

{
  // The order is known to a tool's span alone, which is no entry.
  const cycle = root();
  stage('strategy', cycle);
  stage('decision', cycle);
  start(
    'execute_tool place_order',
    {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'place_order',
      'gen_ai.tool.call.result': '{"orderId":596471064624628101}',
    },
    cycle,
  ).end();
}
{
  // An entry that borrows all but its output, and gets the order.
  const cycle = root();
  const own = start('decide', { 'ai.stage': 'decision', 'ai.output': '{"action":"sell"}' }, cycle);
  chat(own, 'lent');
  own.end();
  stage('execution', cycle, { 'ai.order_id': '596471064624628102' });
}
{
  // A HOLD beside a trade, and what says that it has no order.
  const cycle = root();
  stage('decision', cycle, { 'ai.output': '{"action":"HOLD"}' });
  stage('risk', cycle, { 'ai.order_id': 'none' });
  stage('execution', cycle, { 'ai.order_id': ['596471064624628103', '596471064624628104'] });
}
{
  // A stage lent by a span around that is no entry.
  const cycle = root();
  const around = start('gate', { 'ai.stage': 'risk', 'ai.symbol': 'BTCUSDT' }, cycle);
  chat(around, 'around');
  around.end();
}
{
  // The order is named by the bot while the entry waits.
  const cycle = root();
  stage('decision', cycle);
  weex.linkOrder({ traceId: cycle.spanContext().traceId }, '596471064624628105');
}
{
  // The span with the order will never be sent itself.
  const cycle = root();
  stage('decision', cycle);
  stage('execution', cycle, { 'ai.output': undefined, 'ai.order_id': '596471064624628106' });
}
{
  // The order stands in another trace, under the same client order id.
  const cycle = root();
  stage('decision', cycle, { 'ai.client_order_id': 'c-1' });
  const apart = tracer.startSpan('apart');
  stage('execution', apart, { 'ai.client_order_id': 'c-1', 'ai.order_id': '596471064624628107' });
  apart.end();
}
report(`waiting ${weex.health().waiting}`);
if (how !== 'waiting') for (const span of roots) span.end();
if (how !== 'whole') process.kill(process.pid, 'SIGKILL');
await provider.shutdown();
report('ended');
