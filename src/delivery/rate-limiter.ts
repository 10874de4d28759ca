/** How much of a second may go out at once. It also makes up for timers that fire late. */
const BURST_SECONDS = 0.025;

export interface RateLimiter {
  /** Takes a token and returns 0, or takes nothing and returns how long it is until there is one. */
  take(nowMillis: number, perSecond: number): number;
}

/** A token bucket. The rate is an argument because it changes with the number of live processes. */
export function createRateLimiter(): RateLimiter {
  let tokens = Number.POSITIVE_INFINITY;
  let atMillis = 0;
  return {
    take(nowMillis, perSecond) {
      const gained = (Math.max(nowMillis - atMillis, 0) / 1_000) * perSecond;
      tokens = Math.min(1 + perSecond * BURST_SECONDS, tokens + gained);
      atMillis = nowMillis;
      if (tokens < 1) return Math.max(1, Math.ceil(((1 - tokens) / perSecond) * 1_000));
      tokens -= 1;
      return 0;
    },
  };
}
