// @ts-check
// One command, one table: what this package costs, as ratios against a baseline in the same run.
//   npm run bench             the table, about four minutes
//   npm run bench -- --json   the same as JSON
//   npm run bench -- --short  fewer rounds and no outages, under a minute: to see that the benches work
// A figure beyond its budget fails nothing: machines are noisy. A bench that crashes does.
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { tableOf } from './figures.mjs';

/** Each measurement has a process of its own, so that none runs in the other's compiled code and memory. */
const MEASUREMENTS = [
  { file: 'span-end.mjs', args: ['2000', '3000', '9'], short: ['2000', '2000', '3'] },
  { file: 'span-end.mjs', args: ['200000', '200', '9'], short: ['200000', '100', '3'] },
  { file: 'other-span.mjs', args: ['20000', '15'], short: ['20000', '7'] },
  { file: 'delivery.mjs', args: ['5000', '7'], short: ['2000', '2'] },
  { file: 'outage.mjs', args: ['100000'], short: undefined },
  { file: 'outage.mjs', args: ['1000000'], short: undefined },
  { file: 'import.mjs', args: ['15'], short: ['3'] },
  { file: 'size.mjs', args: [], short: [] },
];

const isShort = process.argv.includes('--short');
const isJson = process.argv.includes('--json');

/** @type {import('./figures.mjs').Row[]} */
const rows = [];
for (const { file, args, short } of MEASUREMENTS) {
  const given = isShort ? short : args;
  if (given === undefined) continue;
  if (!isJson) console.error(`... ${file} ${given.join(' ')}`);
  const out = execFileSync(process.execPath, ['--expose-gc', join(import.meta.dirname, file), ...given], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, OTEL_LOG_LEVEL: 'none' },
  });
  rows.push(...JSON.parse(out));
}

const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGigabytes: Math.round(totalmem() / 1e9),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};
if (isJson) console.log(JSON.stringify({ machine, rows }, undefined, 2));
else {
  const { processor, cores, memoryGigabytes, platform, node } = machine;
  console.log(`${processor}, ${cores} cores, ${memoryGigabytes} GB, ${platform}, Node ${node}\n`);
  console.log(tableOf(rows));
  if (isShort) console.log('\nA few rounds show that the benches work, and are no basis for a judgement.');
}
