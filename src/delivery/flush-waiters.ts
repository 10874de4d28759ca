import type { Slot } from '../journal/journal';
import type { Clock } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';
import type { Lanes } from './lanes';

interface Waiter {
  /** Entries added later do not hold it up. */
  readonly lastAdded: number;
  left: number;
  readonly finish: () => void;
}

/** Those who wait until what was pending when they came is settled, or can get no further. */
export interface FlushWaiters {
  wait(timeoutMillis: number): Promise<void>;
  /** Called before the lanes forget the slot. */
  settled(slot: Slot): void;
  /** Nothing moves any more: the account is paused or down, or delivery was closed. */
  stuck(): void;
}

export function createFlushWaiters(lanes: Lanes, clock: Clock): FlushWaiters {
  const waiters = new Set<Waiter>();
  return {
    wait(timeoutMillis) {
      if (lanes.pending === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const letProcessEnd = holdProcess();
        const finish = (): void => {
          timer.cancel();
          letProcessEnd();
          waiters.delete(waiter);
          resolve();
        };
        const timer = clock.schedule(timeoutMillis, finish);
        const waiter: Waiter = { lastAdded: lanes.lastAdded, left: lanes.pending, finish };
        waiters.add(waiter);
      });
    },
    settled(slot) {
      for (const waiter of waiters) {
        if (!lanes.addedUpTo(slot, waiter.lastAdded)) continue;
        waiter.left -= 1;
        if (waiter.left <= 0) waiter.finish();
      }
    },
    stuck() {
      for (const waiter of waiters) waiter.finish();
    },
  };
}
