/** Where a value stands in a JSON text. */
export interface JsonRange {
  readonly start: number;
  readonly end: number;
}

/** Replaces ranges, given in order, and copies what stands between them. */
export function replaceRanges(json: string, ranges: readonly JsonRange[], texts: readonly string[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const [index, { start, end }] of ranges.entries()) {
    parts.push(json.slice(copied, start), texts[index] ?? '');
    copied = end;
  }
  parts.push(json.slice(copied));
  return parts.join('');
}

/**
 * The level to which sizes have to be cut so that together they lose `excess`: those above it become it, those
 * below stay. Not below `lowest`, so the loss may be smaller than asked for.
 */
export function waterLevel(sizes: readonly number[], excess: number, lowest: number): number {
  const descending = Float64Array.from(sizes).sort().reverse();
  let sum = 0;
  for (const [index, size] of descending.entries()) {
    sum += size;
    const level = Math.floor((sum - excess) / (index + 1));
    if (level >= (descending[index + 1] ?? 0)) return Math.max(level, lowest);
  }
  return lowest;
}
