// @ts-check
// What loading costs, in fresh processes that take turns.
//   node test/bench/import.mjs <rounds>
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, report, spread } from './figures.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const [rounds = 11] = process.argv.slice(2).map(Number);

/** @param {string} name */
const loadMillis = (name) =>
  Number(
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const t = performance.now(); await import('${name}'); console.log(performance.now() - t);`,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    ),
  );

/** @type {number[]} */
const ours = [];
/** @type {number[]} */
const undici = [];
for (let round = 0; round < rounds; round++) {
  ours.push(loadMillis('opentelemetry-exporter-weex'));
  undici.push(loadMillis('undici'));
}
const ratios = ours.map((millis, round) => millis / (undici[round] ?? Number.NaN));
report([
  {
    what: 'import of the package, against import of undici',
    value: median(ratios),
    unit: 'x',
    budget: 0.7,
    spread: spread(ratios),
    detail: `${median(ours).toFixed(0)} ms against ${median(undici).toFixed(0)} ms`,
  },
]);
