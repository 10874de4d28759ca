import type { SealedEntry } from '../entry/sealed-entry';
import { WeexApiError } from '../errors';
import type { Rejection, WeexReceipt } from '../journal/journal';
import type { Clock, Timer } from '../lib/clock';

/** How an entry ended. */
export type Settled =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Which entries somebody waits for. */
export type WaitTarget = { readonly traceId: string; readonly spanId: string } | { readonly orderId: string };

interface Known {
  readonly entryId: string;
  readonly keys: readonly string[];
  settled: Settled | undefined;
}

interface Waiter {
  readonly key: string;
  readonly resolve: (receipts: readonly WeexReceipt[]) => void;
  readonly reject: (error: WeexApiError) => void;
  readonly timer: Timer;
}

/**
 * Remembers the latest entries by span and by order, for those who wait on them.
 *
 * Bounded: the oldest is forgotten first, and whoever waits for a forgotten one gets `PENDING` at the end of
 * the time they gave.
 */
export interface Outcomes {
  opened(entry: SealedEntry): void;
  settled(entryId: string, settled: Settled): void;
  wait(target: WaitTarget, timeoutMillis: number): Promise<readonly WeexReceipt[]>;
}

const spanKey = (traceId: string, spanId: string): string => `s${traceId}${spanId}`;
const orderKey = (orderId: string): string => `o${orderId}`;

export function createOutcomes(clock: Clock, capacity = 10_000): Outcomes {
  const byEntry = new Map<string, Known>();
  const byKey = new Map<string, Set<Known>>();
  const waiters = new Set<Waiter>();

  const forgetOldest = (): void => {
    for (const [entryId, known] of byEntry) {
      byEntry.delete(entryId);
      for (const key of known.keys) {
        const group = byKey.get(key);
        group?.delete(known);
        if (group?.size === 0) byKey.delete(key);
      }
      return;
    }
  };

  /** Tells the waiter if every entry under its key has ended. */
  const look = (waiter: Waiter): void => {
    const group = byKey.get(waiter.key);
    if (group === undefined) return;
    const receipts: WeexReceipt[] = [];
    for (const known of group) {
      if (known.settled === undefined) return;
      if (known.settled.kind !== 'accepted') {
        finish(waiter);
        waiter.reject(refusal(known.entryId, known.settled));
        return;
      }
      receipts.push(known.settled.receipt);
    }
    finish(waiter);
    waiter.resolve(receipts);
  };

  const finish = (waiter: Waiter): void => {
    waiters.delete(waiter);
    waiter.timer.cancel();
  };

  return {
    opened(entry) {
      const keys: string[] = [];
      if (entry.origin !== undefined) keys.push(spanKey(entry.origin.traceId, entry.origin.spanId));
      if (entry.orderId !== undefined) keys.push(orderKey(entry.orderId));
      if (keys.length === 0) return;
      const known: Known = { entryId: entry.id, keys, settled: undefined };
      byEntry.set(entry.id, known);
      for (const key of keys) {
        const group = byKey.get(key);
        if (group === undefined) byKey.set(key, new Set([known]));
        else group.add(known);
      }
      if (byEntry.size > capacity) forgetOldest();
    },
    settled(entryId, settled) {
      const known = byEntry.get(entryId);
      if (known === undefined) return;
      known.settled = settled;
      for (const waiter of [...waiters]) if (known.keys.includes(waiter.key)) look(waiter);
    },
    wait(target, timeoutMillis) {
      const key = 'orderId' in target ? orderKey(target.orderId) : spanKey(target.traceId, target.spanId);
      return new Promise((resolve, reject) => {
        const timer = clock.schedule(timeoutMillis, () => {
          waiters.delete(waiter);
          reject(
            new WeexApiError({
              code: 'PENDING',
              disposition: 'retry',
              message: `no receipt from WEEX within ${timeoutMillis} ms; the entry is kept and delivery goes on`,
            }),
          );
        });
        const waiter: Waiter = { key, resolve, reject, timer };
        waiters.add(waiter);
        look(waiter);
      });
    },
  };
}

function refusal(entryId: string, settled: Exclude<Settled, { kind: 'accepted' }>): WeexApiError {
  switch (settled.kind) {
    case 'rejected':
      return new WeexApiError({
        code: 'REJECTED',
        disposition: 'reject',
        entryId,
        httpStatus: settled.rejection.httpStatus,
        weexCode: settled.rejection.weexCode,
        message: `WEEX rejected the entry: ${settled.rejection.reason}`,
      });
    case 'invalid':
    case 'skipped':
      return new WeexApiError({
        code: 'REJECTED',
        disposition: 'reject',
        entryId,
        message: `the entry was not sent (${settled.kind}): ${settled.reason}`,
      });
  }
}
