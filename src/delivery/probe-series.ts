import type { Slot } from '../journal/journal';

/** How the waits between probes grow. */
export interface ProbeRhythm {
  readonly firstMillis: number;
  longestMillis(sinceMillis: number): number;
  /** The part of a wait that chance may take away, so that bots which went down together come back apart. */
  readonly spread: number;
}

export const BREAKER_RHYTHM: ProbeRhythm = { firstMillis: 1_000, longestMillis: () => 60_000, spread: 0.2 };

const EARLY_MILLIS = 20 * 60_000;

export const PAUSE_RHYTHM: ProbeRhythm = {
  firstMillis: 5_000,
  // A new key takes up to 15 minutes to work everywhere, and whoever has just made one is waiting for it.
  longestMillis: (sinceMillis) => (sinceMillis < EARLY_MILLIS ? 60_000 : 5 * 60_000),
  spread: 0,
};

/** One probe at a time, each after a longer wait than the one before. */
export interface ProbeSeries {
  /** The probe that is out. */
  readonly probe: Slot | undefined;
  readonly nextMillis: number;
  begun(slot: Slot): void;
  /** An answer that ends nothing: of the probe, or of a straggler sent before the series. */
  failed(slot: Slot, nowMillis: number): void;
  /** The probe came back without an answer. */
  returned(slot: Slot, untilMillis: number): void;
  /** An entry has come that was never tried. */
  fresh(nowMillis: number): void;
  forget(slot: Slot): void;
}

/**
 * @param since when the trouble began; the first wait counts from `nowMillis`
 * @param only the entry that alone has failed so far: it may be the entry, so a fresh one need not wait for
 *   the long end of the series, since the first wait of it is enough
 */
export function createProbeSeries(
  rhythm: ProbeRhythm,
  since: number,
  nowMillis: number,
  only: Slot | undefined,
  chance: () => number,
): ProbeSeries {
  let sole = only;
  let probe: Slot | undefined;
  let delay = rhythm.firstMillis;
  let lastMillis = nowMillis;
  let nextMillis = nowMillis + delay;
  return {
    get probe() {
      return probe;
    },
    get nextMillis() {
      return nextMillis;
    },
    begun(slot) {
      probe = slot;
    },
    failed(slot, now) {
      if (slot !== sole) sole = undefined;
      if (slot !== probe) return;
      probe = undefined;
      lastMillis = now;
      delay = Math.min(delay * 2, rhythm.longestMillis(now - since));
      nextMillis = now + delay * (1 - rhythm.spread * chance());
    },
    returned(slot, untilMillis) {
      if (slot !== probe) return;
      probe = undefined;
      nextMillis = Math.max(nextMillis, untilMillis);
    },
    fresh(now) {
      if (sole === undefined) return;
      nextMillis = Math.min(nextMillis, Math.max(now, lastMillis + rhythm.firstMillis));
    },
    forget(slot) {
      if (sole === slot) sole = undefined;
    },
  };
}
