// @ts-check
// One command, one table: what this package costs, as ratios against a baseline in the same run.
//   npm run bench             the table
//   npm run bench -- --json   the same as JSON
//   npm run bench -- --short  without the two outages, which take two minutes
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureDelivery } from './delivery.mjs';
import { measureImport } from './import.mjs';
import { measureOtherSpan, measureStageEnd } from './span-end.mjs';

/** @typedef {{ what: string, budget: number | undefined, better: 'lower' | 'higher', ratio: number, spread: string, detail: string }} Row */

/** @type {Row[]} */
const rows = [];
for (const measure of [
  () => measureStageEnd(2_000),
  () => measureStageEnd(200_000),
  () => measureOtherSpan(),
  () => measureDelivery(),
  () => measureImport(),
]) {
  rows.push(...(await measure()));
}

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ machine, rows }, undefined, 2));
} else {
  console.log(`${machine}\n`);
  for (const { what, budget, better, ratio, spread, detail } of rows) {
    const within = budget === undefined || (better === 'lower' ? ratio <= budget : ratio >= budget);
    const limit = budget === undefined ? '' : `${better === 'lower' ? '<=' : '>='} ${budget}`;
    console.log(
      `${within ? 'pass' : 'FAIL'}  ${what.padEnd(58)} ${ratio.toFixed(2).padStart(6)}  ${limit.padEnd(8)} ${spread.padEnd(14)} ${detail}`,
    );
  }
}

// WEEX down for a whole run: memory, recovery and the wait of new entries. Not with --json or --short.
if (!process.argv.includes('--json') && !process.argv.includes('--short')) {
  for (const entries of ['100000', '1000000']) {
    console.log('');
    spawnSync(process.execPath, [join(import.meta.dirname, 'outage.mjs'), entries], {
      stdio: 'inherit',
      env: { ...process.env, OTEL_LOG_LEVEL: 'none' },
    });
  }
}
