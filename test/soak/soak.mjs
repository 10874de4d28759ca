// @ts-check
// Hours in minutes: a bot that makes 500 decisions a second against an emulator that fails in one way after the other.
// Memory, event-loop delay and open files have to stay what they were, and everything has to arrive.
//   npm run soak [-- --minutes 20] [-- --rate 500]
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeexEmulator } from '../../dist/emulator.mjs';
import { median } from '../bench/figures.mjs';
import { playFaults } from './faults.mjs';
import { Received } from './received.mjs';

/** @param {string} name @param {number} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
}
const minutes = option('minutes', 20);
const rate = option('rate', 500);
/** Until code is compiled, the journal has its first archive and V8 its final heap. */
const WARM_UP_SHARE = 0.15;
const LONGEST_DRAIN_MILLIS = 180_000;

/** @param {number} millis */
const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const folder = mkdtempSync(join(tmpdir(), 'weex-soak-'));
const weex = await startWeexEmulator({ rateLimit: false, keepLogs: 15_000 });
const received = new Received(weex);
const settings = {
  ...weex.credentials,
  endpoint: weex.url,
  journalDir: folder,
  account: 'soak',
  rateLimit: rate * 2,
  concurrency: 16,
  flushTimeoutMillis: 30_000,
};
const bot = fork(join(import.meta.dirname, 'bot.mjs'), [JSON.stringify(settings), String(rate)], {
  execArgv: ['--expose-gc'],
  env: { ...process.env, OTEL_LOG_LEVEL: 'none' },
});
const botEnded = new Promise((resolve) => bot.once('close', resolve));
/** @typedef {Record<'ended' | 'delivered' | 'pending' | 'lost' | 'rejected' | 'invalid' | 'resident' | 'used' | 'files' | 'delayMean' | 'delayP99', number>} Sample */
/** @type {Sample[]} */
const samples = [];
bot.on('message', (sample) => {
  samples.push(/** @type {Sample} */ (sample));
  received.look();
});
const last = () => samples.at(-1);

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}; ${minutes} minutes, ${rate} stages a second`,
);
console.log('minute     ended delivered  pending  resident      used  files  delay mean    p99');
const until = performance.now() + minutes * 60_000;
const stopFaults = playFaults(weex);
for (let minute = 1; performance.now() < until; minute++) {
  await wait(Math.min(60_000, until - performance.now()));
  const {
    ended = 0,
    delivered = 0,
    pending = 0,
    resident = 0,
    used = 0,
    files = 0,
    delayMean = 0,
    delayP99 = 0,
  } = last() ?? {};
  console.log(
    `${String(minute).padStart(6)} ${String(ended).padStart(9)} ${String(delivered).padStart(9)} ${String(pending).padStart(8)} ${resident.toFixed(0).padStart(6)} MB ${used.toFixed(1).padStart(6)} MB ${String(files).padStart(6)} ${delayMean.toFixed(2).padStart(8)} ms ${delayP99.toFixed(1).padStart(6)}`,
  );
}
stopFaults();
weex.clearFaults();
const whileMade = samples.slice(Math.ceil(samples.length * WARM_UP_SHARE));
bot.send('stop');
const drained = performance.now() + LONGEST_DRAIN_MILLIS;
await wait(6_000);
while (performance.now() < drained && (last()?.delivered ?? 0) < (last()?.ended ?? 0)) await wait(1_000);
bot.send('end');
await botEnded;
received.look();

/** Medians of the first and the last third, after the warm-up. @param {keyof Sample} key */
function trend(key) {
  const third = Math.max(1, Math.floor(whileMade.length / 3));
  const values = whileMade.map((sample) => sample[key]);
  return { first: median(values.slice(0, third)), last: median(values.slice(-third)) };
}
const ended = last()?.ended ?? 0;
const resident = trend('resident');
const used = trend('used');
const delay = trend('delayP99');
const mean = trend('delayMean');
const files = trend('files');
const cli = [
  join(import.meta.dirname, '../../dist/cli/main.js'),
  'verify',
  '--journal-dir',
  folder,
  '--account',
  'soak',
];
const chain = execFileSync(process.execPath, cli, { encoding: 'utf8' }).trim().split('\n').at(-1) ?? '';

/** @param {number} value */
const mb = (value) => `${value.toFixed(1)} MB`;
/** @type {(readonly [what: string, holds: boolean, figures: string])[]} */
const verdicts = [
  [
    'nothing lost',
    received.different === ended && last()?.lost === 0,
    `${ended} ended, ${received.different} arrived`,
  ],
  [
    'all told as delivered',
    last()?.delivered === ended,
    `${last()?.delivered}; rejected ${last()?.rejected}, invalid ${last()?.invalid}`,
  ],
  [
    'resident memory flat',
    resident.last <= resident.first * 1.1 + 15,
    `${mb(resident.first)}, then ${mb(resident.last)}`,
  ],
  ['used memory flat', used.last <= used.first * 1.15 + 5, `${mb(used.first)}, then ${mb(used.last)}`],
  [
    'event-loop delay flat',
    mean.last <= mean.first * 1.5 + 2,
    `mean ${mean.first.toFixed(2)}, then ${mean.last.toFixed(2)} ms; p99 ${delay.first.toFixed(1)}, then ${delay.last.toFixed(1)} ms`,
  ],
  ['no descriptor leaks', files.last <= files.first + 8, `${files.first}, then ${files.last} open`],
  ['the chain of hashes is whole', true, chain],
];
console.log('');
for (const [what, holds, figures] of verdicts)
  console.log(`${holds ? 'pass' : 'FAIL'}  ${what.padEnd(30)} ${figures}`);
console.log(`      ${'taken twice by WEEX'.padEnd(30)} ${received.twice}`);
await weex.close();
rmSync(folder, { recursive: true, force: true });
process.exit(verdicts.every(([, holds]) => holds) ? 0 : 1);
