// @ts-check
// Ends 100 spans, and in the same turn of the event loop dies as it was told.
import { openAccount, report } from './account.mjs';

/** @type {Record<string, () => void>} */
const WAYS = {
  'process.exit()': () => process.exit(7),
  'an uncaught exception': () => {
    throw new Error('a bug of the bot');
  },
  'an unhandled rejection': () => void Promise.reject(new Error('a bug of the bot')),
  SIGTERM: () => process.kill(process.pid, 'SIGTERM'),
  SIGINT: () => process.kill(process.pid, 'SIGINT'),
  'process.abort()': () => process.abort(),
  'running out of memory': () => {
    /** @type {unknown[]} */
    const all = [];
    for (;;) all.push(new Array(1_000).fill(all.length));
  },
};

const { decide } = openAccount();
for (let i = 0; i < 100; i++) {
  decide(`dying-${i}`);
  report(`dying-${i}`);
}
WAYS[process.argv[3] ?? '']?.();
