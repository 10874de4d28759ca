// @ts-check

/**
 * One figure of the table. `budget` is the most, or with `better: 'higher'` the least, that it may be.
 *
 * @typedef {{
 *   what: string, value: number, unit: 'x' | 'ms' | 'MB' | 'packages', spread?: string, detail?: string,
 *   budget?: number | undefined, better?: 'lower' | 'higher',
 * }} Row
 */

/** @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @param {readonly number[]} ratios */
export const spread = (ratios) => `${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}`;

/** @param {number} micros */
export const micros = (micros) => `${micros.toFixed(1)} us`;

/** For a measurement in a process of its own: the rows go to whoever started it. @param {readonly Row[]} rows */
export function report(rows) {
  console.log(JSON.stringify(rows));
}

/** What the work takes: time on the clock, and processor time of all threads of this process. @param {() => Promise<void>} work */
export async function cost(work) {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { millis: performance.now() - begun, cpuMillis: (user + system) / 1_000 };
}

/** @param {Row} row */
export const isWithin = ({ value, budget, better = 'lower' }) =>
  budget === undefined || (better === 'lower' ? value <= budget : value >= budget);

/** @param {readonly Row[]} rows */
export function tableOf(rows) {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map((row) => {
    const { what, value, unit, budget, better = 'lower', spread: range = '', detail = '' } = row;
    const shown = unit === 'x' ? value.toFixed(2) : value.toFixed(unit === 'MB' ? 1 : 0);
    const limit = budget === undefined ? '' : `${better === 'lower' ? '<=' : '>='} ${budget}`;
    const verdict = budget === undefined ? '    ' : isWithin(row) ? 'pass' : 'FAIL';
    const figure = `${shown} ${unit}`.padStart(11);
    return `${verdict}  ${what.padEnd(width)} ${figure}  ${limit.padEnd(8)} ${range.padEnd(13)} ${detail}`.trimEnd();
  });
  return lines.join('\n');
}
