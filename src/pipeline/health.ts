import type { DeliveryState } from '../delivery/delivery';
import { type Tally, totalSkipped } from './tally';

/** What `health()` tells: a bot can ask it before it opens a position. */
export interface WeexHealth {
  /** Journal on disk, not paused, nothing lost, and nothing pending for more than 45 seconds. */
  readonly ready: boolean;
  /** Entries held until their trace tells the order. */
  readonly waiting: number;
  readonly pending: number;
  readonly delivered: number;
  readonly rejected: number;
  readonly invalid: number;
  readonly skipped: number;
  readonly lost: number;
  readonly oldestPendingMillis: number;
  readonly paused?: { readonly since: number; readonly reason: string; readonly nextProbeAt: number };
  /** Milliseconds since 1970. */
  readonly lastReceiptAt?: number;
  readonly journal: 'disk' | 'memory';
}

/** Three quarters of the minute that the competition allows: after this, a person should look. */
const READY_AGE_MILLIS = 45_000;

export function healthOf(
  tally: Tally,
  state: DeliveryState,
  journal: 'disk' | 'memory',
  waiting: number,
): WeexHealth {
  return {
    ready:
      journal === 'disk' &&
      state.paused === undefined &&
      tally.lost === 0 &&
      state.oldestPendingMillis <= READY_AGE_MILLIS,
    waiting,
    pending: state.pending,
    delivered: tally.delivered,
    rejected: tally.rejected,
    invalid: tally.invalid,
    skipped: totalSkipped(tally),
    lost: tally.lost,
    oldestPendingMillis: state.oldestPendingMillis,
    ...(state.paused === undefined ? {} : { paused: state.paused }),
    ...(tally.lastReceiptAt === undefined ? {} : { lastReceiptAt: tally.lastReceiptAt }),
    journal,
  };
}
