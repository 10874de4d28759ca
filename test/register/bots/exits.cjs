// Ends, or waits for its end, in the way that its argument names.
const { trace } = require('@opentelemetry/api');
const { decide } = require('./decide.cjs');

const keepRunning = () => setInterval(() => {}, 60_000);
/** Work of its own before it goes: closing positions, say. */
const tidy = (code) =>
  setTimeout(() => {
    console.log('tidied');
    process.exit(code);
  }, 50);

const ways = {
  'no listener': keepRunning,
  'own listener': () => {
    keepRunning();
    process.on('SIGTERM', () => tidy(7));
    process.on('SIGINT', () => tidy(8));
  },
  once: () => {
    keepRunning();
    process.once('SIGTERM', () => tidy(9));
    process.once('SIGINT', () => tidy(10));
  },
  'signal-exit': () => {
    keepRunning();
    require('signal-exit').onExit((code, signal) => console.log('on exit', code, signal));
  },
  'listener that stays': () => {
    keepRunning();
    process.on('SIGTERM', () => console.log('still here'));
  },
  'until told': () => {
    process.stdin.once('data', () => process.exit(4));
  },
  'process.exit': () => process.exit(3),
  'exit code': () => {
    process.exitCode = 5;
  },
  'uncaught exception': () => {
    throw new Error('the strategy failed');
  },
  'unhandled rejection': () => {
    Promise.reject(new Error('the exchange failed'));
  },
  'last word': () => {
    process.once('beforeExit', () => setTimeout(() => decide(trace.getTracer('bot'), 6002), 20));
  },
};

decide(trace.getTracer('bot'), 6001);
const way = process.argv[2];
ways[way]();
console.log('ready');

// Says when a signal has been noticed by whoever listened first.
const listeners = process.listenerCount('SIGTERM');
if (way === 'no listener') {
  setInterval(() => {
    if (process.listenerCount('SIGTERM') < listeners) console.log('noticed');
  }, 5);
}
