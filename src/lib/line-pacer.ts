import type { Clock, Timer } from './clock';
import type { Log } from './log';

/** Lets few lines of one kind through, and never keeps back the last one for good. */
export interface LinePacer {
  offer(level: keyof Log, text: string): void;
  /** Says what is held back, for nothing will be said later. */
  close(): void;
}

export interface LinePacerOptions {
  readonly log: Log;
  readonly clock: Pick<Clock, 'monotonicMillis' | 'schedule'>;
  /** So many lines go through at once. */
  readonly burst: number;
  /** What is counted in `(3 more ... since the last line)`. */
  readonly noun: string;
}

const FIRST_GAP_MILLIS = 60_000;
const LONGEST_GAP_MILLIS = 3_600_000;
/** So long without a line, and it is quiet again. */
const CALM_MILLIS = 600_000;

/**
 * After the burst one line goes out when a gap is over, the newest with a count of those before it. The gap
 * doubles from a minute to an hour while lines keep coming; when it has been calm, all is as in the beginning.
 */
export function createLinePacer({ log, clock, burst, noun }: LinePacerOptions): LinePacer {
  let free = burst;
  let gapMillis = FIRST_GAP_MILLIS;
  let saidAt = Number.NEGATIVE_INFINITY;
  let offeredAt = Number.NEGATIVE_INFINITY;
  let held: { readonly level: keyof Log; readonly newest: string; readonly count: number } | undefined;
  let timer: Timer | undefined;

  function sayHeld(): void {
    timer?.cancel();
    timer = undefined;
    if (held === undefined) return;
    const { level, newest, count } = held;
    held = undefined;
    saidAt = clock.monotonicMillis();
    gapMillis = Math.min(gapMillis * 2, LONGEST_GAP_MILLIS);
    log[level](count > 1 ? `${newest} (${count - 1} more ${noun} since the last line)` : newest);
  }

  return {
    offer(level, text) {
      const now = clock.monotonicMillis();
      if (now - offeredAt >= Math.max(CALM_MILLIS, gapMillis)) {
        free = burst;
        gapMillis = FIRST_GAP_MILLIS;
      }
      offeredAt = now;
      if (free > 0 && held === undefined) {
        free -= 1;
        saidAt = now;
        log[level](text);
        return;
      }
      held = { level, newest: text, count: (held?.count ?? 0) + 1 };
      const wait = saidAt + gapMillis - now;
      if (wait <= 0) sayHeld();
      else timer ??= clock.schedule(wait, sayHeld);
    },
    close: sayHeld,
  };
}
