const WINDOW_MILLIS = 60_000;

/** WEEX allows an address 300 new connections in 5 minutes, and the bot's trading needs some of them. */
export const CONNECTIONS_A_MINUTE = 30;

export interface ConnectionBudget {
  /** Counts one and returns 0, or counts nothing and returns how long it is until one may be opened. */
  take(nowMillis: number): number;
}

export function createConnectionBudget(perMinute: number): ConnectionBudget {
  /** A ring of the times of the last ones: the oldest stands where the next is written. */
  const opened = new Float64Array(perMinute).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    take(nowMillis) {
      const wait = (opened[next] ?? 0) + WINDOW_MILLIS - nowMillis;
      if (wait > 0) return Math.ceil(wait);
      opened[next] = nowMillis;
      next = (next + 1) % perMinute;
      return 0;
    },
  };
}
