// @ts-check
// WEEX is down while very many decisions are made: memory, recovery, and what a new decision waits.
//   npm run bench:outage [entries, default 1,000,000]
// The same for `npm run bench`, which wants rows and no table: node test/bench/outage.mjs <entries>
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startWeexEmulator } from '../../dist/emulator.mjs';
import { report, tableOf } from './figures.mjs';

const isTable = process.argv.includes('--table');
const ENTRIES = Number(process.argv.slice(2).find((word) => word !== '--table') ?? 1_000_000);
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

const entries = ENTRIES.toLocaleString('en-US');
/** @type {import('./figures.mjs').Row[]} */
const rows = [];
/** @param {string} what @param {number} value @param {'ms' | 'MB'} unit @param {number} [budget] @param {string} [detail] */
const row = (what, value, unit, budget, detail) =>
  rows.push({ what: `${entries} pending: ${what}`, value, unit, budget, detail: detail ?? '' });

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
const many = await megabytes(bot);
row(
  'resident memory beyond that at 1,000',
  many.resident - few.resident,
  'MB',
  80,
  `${few.resident.toFixed(0)} MB at 1,000; made in ${seconds.toFixed(1)} s`,
);
row('used memory beyond that at 1,000', many.used - few.used, 'MB', 80);
weex.clearFaults();
const recovered = performance.now();
const first = await millisUntil(recovered, () => weex.stats().accepted > 0);
row('first delivery after WEEX is back, by the rhythm of probes', first, 'ms');
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
  ENTRIES > 100_000 ? 2_000 : 1_000,
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
if (isTable) console.log(tableOf(rows));
else report(rows);
