// @ts-check
// WEEX is down while very many decisions are made: memory, recovery, and what a new decision waits.
//   node test/bench/outage.mjs [entries, default 1,000,000]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startWeexEmulator } from '../../dist/emulator.mjs';

const ENTRIES = Number(process.argv[2] ?? 1_000_000);
const FEW = 1_000;
const BOT = join(import.meta.dirname, '..', 'process', 'bots', 'obedient.mjs');

const folder = mkdtempSync(join(tmpdir(), 'weex-outage-'));
const weex = await startWeexEmulator({ rateLimit: false, keepLogs: 200_000 });
const down = () => weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
const account = {
  ...weex.credentials,
  endpoint: weex.url,
  journalDir: folder,
  account: 'bench',
  rateLimit: 2_000,
  linkWindowMillis: 0,
};

function startBot() {
  const child = spawn(process.execPath, ['--expose-gc', BOT, JSON.stringify(account)], {
    stdio: ['pipe', 'inherit', 'inherit', 'pipe'],
  });
  const { stdin } = child;
  const reports = child.stdio[3];
  if (stdin === null || reports === null || reports === undefined || !('read' in reports))
    throw new Error('no pipe');
  const lines = createInterface({ input: reports })[Symbol.asyncIterator]();
  /** @param {string} start @returns {Promise<string>} */
  const reported = async (start) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the bot ended');
      if (value.startsWith(start)) return value;
    }
  };
  return { child, reported, say: (/** @type {string} */ line) => stdin.write(`${line}\n`) };
}

/** Resident, and what of it is used by live objects and arrays. @param {ReturnType<typeof startBot>} bot */
async function megabytes(bot) {
  bot.say('rss');
  const [, rss, used] = (await bot.reported('rss')).split(' ');
  return { resident: Number(rss) / 1_048_576, used: Number(used) / 1_048_576 };
}

/** @param {number} from @param {() => boolean} holds */
async function millisUntil(from, holds) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
  return performance.now() - from;
}

/** @param {ReturnType<typeof startBot>} bot @param {string} name */
async function freshEntryMillis(bot, name) {
  const begun = performance.now();
  bot.say(`end ${name}`);
  return millisUntil(begun, () => weex.logs().some(({ input }) => input['id'] === `${name}-0`));
}

/** @param {string} what @param {number} value @param {string} unit @param {number} budget */
const row = (what, value, unit, budget) =>
  console.log(
    `${value <= budget ? 'pass' : 'FAIL'}  ${what.padEnd(64)} ${value.toFixed(0).padStart(7)} ${unit}  <= ${budget}`,
  );

down();
const bot = startBot();
await bot.reported('begins');
// V8 keeps the pages that making spans at full speed takes once: they must not be counted as the backlog's. Entries
// without a model are invalid, so they are journaled and never pending.
bot.say('pile warm 50000 none');
await bot.reported('piled warm');
bot.say(`pile few ${FEW}`);
await bot.reported('piled few');
const few = await megabytes(bot);
const begun = performance.now();
bot.say(`pile many ${ENTRIES - FEW}`);
await bot.reported('piled many');
const seconds = (performance.now() - begun) / 1_000;
console.log(`${ENTRIES} entries of 2 kB pending, the last ${ENTRIES - FEW} made in ${seconds.toFixed(1)} s`);
const many = await megabytes(bot);
row('resident memory beyond that at 1,000', many.resident - few.resident, 'MB', 80);
row('used memory beyond that at 1,000', many.used - few.used, 'MB', 80);
weex.clearFaults();
const recovered = performance.now();
const first = await millisUntil(recovered, () => weex.stats().accepted > 0);
console.log(
  `      first delivery after recovery, by the breaker's rhythm            ${first.toFixed(0).padStart(7)} ms`,
);
row('a new entry while the backlog drains', await freshEntryMillis(bot, 'fresh'), 'ms', 5_000);
bot.child.kill('SIGKILL');
await new Promise((resolve) => bot.child.once('close', resolve));
weex.reset();
const next = startBot();
await next.reported('begins');
const restarted = performance.now();
row(
  'first delivery after a restart with the backlog',
  await millisUntil(restarted, () => weex.stats().accepted > 0),
  'ms',
  2_000,
);
row('a new entry while that backlog drains', await freshEntryMillis(next, 'anew'), 'ms', 5_000);
row(
  'resident memory beyond that at 1,000, after the restart',
  (await megabytes(next)).resident - few.resident,
  'MB',
  80,
);
next.child.kill('SIGKILL');
await weex.close();
rmSync(folder, { recursive: true, force: true });
