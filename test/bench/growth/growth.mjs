// @ts-check
// Cost grows as work grows: three curves, each point the best of several processes, drawn into docs/growth.svg.
//   npm run bench:growth [-- --short]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { drawing } from './drawing.mjs';

const isShort = process.argv.includes('--short');
const ROUNDS = isShort ? 1 : 5;

const CURVES = [
  {
    kind: 'traces',
    title: 'a stage, by traces open at once',
    xUnit: 'traces',
    yUnit: 'µs',
    xs: [1, 10, 100, 1_000],
    grows: 0,
  },
  {
    kind: 'size',
    title: 'span.end(), by size of the entry',
    xUnit: 'bytes',
    yUnit: 'µs',
    xs: [500, 2_000, 20_000, 200_000],
    grows: 1,
  },
  {
    kind: 'journal',
    title: 'restart, by records in the journal',
    xUnit: 'records',
    yUnit: 'ms',
    xs: isShort ? [10, 100, 1_000, 10_000] : [10, 100, 1_000, 10_000, 100_000, 1_000_000],
    grows: 1,
  },
];

/** @param {string} kind @param {number} x */
function point(kind, x) {
  // The largest journal takes minutes to write, and its time hardly varies.
  const rounds = x >= 1_000_000 ? 1 : ROUNDS;
  const values = Array.from({ length: rounds }, () =>
    Number(
      execFileSync(process.execPath, [join(import.meta.dirname, 'point.mjs'), kind, String(x)], {
        encoding: 'utf8',
        env: { ...process.env, OTEL_LOG_LEVEL: 'none' },
      }),
    ),
  );
  return Math.min(...values);
}

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`;
console.log(machine);
const curves = CURVES.map((curve) => {
  const points = curve.xs.map((x) => ({ x, y: point(curve.kind, x) }));
  console.log(`\n${curve.title}`);
  for (const { x, y } of points) {
    const each = curve.grows === 1 ? `, ${((y / x) * 1_000).toFixed(y / x < 0.01 ? 3 : 1)} for 1,000` : '';
    console.log(
      `  ${x.toLocaleString('en-US').padStart(9)} ${curve.xUnit.padEnd(8)} ${y.toFixed(1).padStart(8)} ${curve.yUnit}${each}`,
    );
  }
  return { ...curve, points };
});
if (!isShort) writeFileSync(join(import.meta.dirname, '../../../docs/growth.svg'), drawing(curves, machine));
