// Trades until it is ended, from the order id that its first argument gives; `stubborn` does not go by itself.
const { trace } = require('@opentelemetry/api');
const { decide } = require('./decide.cjs');

let orderId = Number(process.argv[2]);
if (process.argv[3] === 'stubborn') process.on('SIGINT', () => console.log('still here'));
setInterval(() => {
  decide(trace.getTracer('bot'), orderId);
  console.log(`decided ${orderId}.`);
  orderId += 1;
}, 10);
