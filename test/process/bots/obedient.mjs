// @ts-check
// Does what it is told, line by line.
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openAccount, report } from './account.mjs';

/** @type {number[]} */
const held = [];

function takeAllFiles() {
  for (;;) {
    try {
      held.push(openSync('/dev/null', 'r'));
    } catch {
      return;
    }
  }
}

// So that the processor meets the trouble at its start.
if (process.argv[3] === 'without-files') takeAllFiles();
const { weex, provider, decide } = openAccount();

/** @type {Record<string, (...words: string[]) => unknown>} */
const orders = {
  end(prefix = '', count = '1') {
    for (let i = 0; i < Number(count); i++) {
      decide(`${prefix}-${i}`);
      report(`${prefix}-${i}`);
    }
  },
  block(millis) {
    report('blocked');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(millis));
    report('unblocked');
  },
  health: () => report(`health ${JSON.stringify(weex.health())}`),
  /** Many, of 2 kB each, ten minutes old as in a long outage, without a report for each. */
  async pile(prefix = '', count = '1', model = 'gpt-5-2026-08-06') {
    const prompt = 'BTCUSDT 64010.5, RSI(1h) 28, funding -0.011%. '.repeat(38);
    for (let i = 0; i < Number(count); i++) {
      const output = JSON.stringify({ action: 'buy', prompt });
      decide(`${prefix}-${i}`, { 'ai.output': output, 'ai.model': model === 'none' ? '' : model }, 600_000);
      if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    }
    report(`piled ${prefix}`);
  },
  rss() {
    global.gc?.();
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    report(`rss ${rss} ${heapUsed + arrayBuffers}`);
  },
  'give-files': () => {
    for (const fd of held.splice(0)) closeSync(fd);
  },
  async shutdown() {
    await provider.shutdown();
    process.exit();
  },
};

report('begins');
createInterface({ input: process.stdin }).on('line', (line) => {
  const [order = '', ...words] = line.split(' ');
  orders[order]?.(...words);
});
