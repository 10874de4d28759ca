// @ts-check

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
