/** A started timer. */
export interface Timer {
  cancel(): void;
}

/** The only source of time and chance: everything that waits, stamps or rolls dice takes one. */
export interface Clock {
  /** Milliseconds since 1970, as the machine believes. May jump either way; never used to measure a wait. */
  wallMillis(): number;
  /** Milliseconds on a clock that never jumps. Its zero means nothing. */
  monotonicMillis(): number;
  /** Runs `work` once after `delayMillis`. Never keeps the process alive. */
  schedule(delayMillis: number, work: () => void): Timer;
  /** At least 0, below 1. */
  random(): number;
}

/** setTimeout runs anything longer than this at once. */
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallMillis: () => Date.now(),
  monotonicMillis: () => performance.now(),
  schedule(delayMillis, work) {
    const timer = setTimeout(work, Math.min(Math.max(delayMillis, 0), LONGEST_TIMER_MILLIS));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  random: () => Math.random(),
};

export interface Hold extends Timer {
  /** The time begins anew. */
  refresh(): void;
}

/** Keeps the process alive until it is cancelled, but for at most `maxMillis`. */
export function keepAlive(maxMillis: number): Hold {
  const timer = setTimeout(() => {}, Math.min(Math.max(maxMillis, 0), LONGEST_TIMER_MILLIS));
  return { cancel: () => clearTimeout(timer), refresh: () => timer.refresh() };
}
