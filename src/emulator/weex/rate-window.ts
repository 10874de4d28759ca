/** At most `requests` within any `windowMillis`. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMillis: number;
}

/** Counts by key: WEEX's limit holds for each IP address and account. */
export interface RateWindow {
  /** True when the request is within the limit; a request that is not does not count. */
  take(key: string, nowMillis: number): boolean;
}

/** Keys come from requests, so there may be any number of them. */
const MAX_KEYS = 100;

export function rateWindow(limit: RateLimit | false): RateWindow {
  if (limit === false) return { take: () => true };
  /** For each key, when each of the last `requests` requests came: a ring. */
  const rings = new Map<string, { readonly times: Float64Array; next: number }>();
  return {
    take(key, nowMillis) {
      let ring = rings.get(key);
      if (ring === undefined) {
        if (rings.size >= MAX_KEYS) rings.clear();
        ring = { times: new Float64Array(limit.requests).fill(Number.NEGATIVE_INFINITY), next: 0 };
        rings.set(key, ring);
      }
      const oldest = ring.times[ring.next] ?? Number.NEGATIVE_INFINITY;
      if (nowMillis - oldest < limit.windowMillis) return false;
      ring.times[ring.next] = nowMillis;
      ring.next = (ring.next + 1) % limit.requests;
      return true;
    },
  };
}
