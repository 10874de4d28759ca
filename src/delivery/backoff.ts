/**
 * Full jitter: anything from nothing to a ceiling that doubles with each failure, so that bots which failed
 * together do not come back together.
 *
 * @param failures how many there were before this wait, from 1
 * @param chance at least 0, below 1
 */
export function fullJitter(
  failures: number,
  bounds: { readonly firstMillis: number; readonly longestMillis: number },
  chance: number,
): number {
  // 2 ** 30 is beyond any ceiling; without the bound a long outage would end at Infinity.
  const ceiling = bounds.firstMillis * 2 ** Math.min(Math.max(failures - 1, 0), 30);
  return Math.floor(chance * Math.min(ceiling, bounds.longestMillis));
}
