// Ends, or waits for its end, in the way that its argument names.
const { trace } = require('@opentelemetry/api');
const { decide } = require('./decide.cjs');

if (process.env.OTEL_TRACES_EXPORTER === undefined) {
  const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
  trace.setGlobalTracerProvider(new BasicTracerProvider());
}

const stayAlive = () => setInterval(() => {}, 60_000);
/**
 * Work of its own before it goes, such as closing positions.
 *
 * @param {number} code
 */
const tidyThenExit = (code) => {
  console.log('tidying');
  setTimeout(() => process.exit(code), 300);
};

/** @type {Record<string, () => unknown>} */
const ways = {
  'no listener'() {
    stayAlive();
    const [before] = process.listeners('SIGTERM');
    // Ours is taken away as soon as a signal was noticed.
    const looking = setInterval(() => {
      if (process.listeners('SIGTERM')[0] === before) return;
      clearInterval(looking);
      console.log('noticed');
    }, 5);
  },
  'own listener'() {
    stayAlive();
    process.on('SIGTERM', () => tidyThenExit(7));
    process.on('SIGINT', () => tidyThenExit(8));
  },
  once() {
    stayAlive();
    process.once('SIGTERM', () => tidyThenExit(9));
    process.once('SIGINT', () => tidyThenExit(10));
  },
  'signal-exit'() {
    stayAlive();
    require('signal-exit').onExit((code, signal) => console.log('on exit', code, signal));
  },
  'listener that is told'() {
    stayAlive();
    process.on('SIGTERM', () => process.stdin.once('data', () => process.exit(7)));
  },
  'listener that stays'() {
    stayAlive();
    process.on('SIGTERM', () => console.log('still here'));
  },
  'process.exit': () => process.exit(3),
  'exit code'() {
    process.exitCode = 5;
  },
  'uncaught exception'() {
    throw new Error('the strategy failed');
  },
  'unhandled rejection'() {
    Promise.reject(new Error('the exchange failed'));
  },
  'last word'() {
    process.once('beforeExit', () => setTimeout(() => decide(trace.getTracer('bot'), 6002), 20));
  },
};

decide(trace.getTracer('bot'), 6001);
ways[process.argv[2] ?? '']?.();
console.log('ready');
