import type { EntryOrigin } from '../entry/entry-draft';
import { readOrderIds } from '../entry/order-id';
import type { SealedEntry } from '../entry/sealed-entry';
import { WeexApiError } from '../errors';
import type { Rejection, Slot, WeexReceipt } from '../journal/journal';
import type { Clock, Timer } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';
import { Recent } from '../lib/recent';

/** How an entry ended. */
export type Settled =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Which entries somebody waits for. */
export type WaitTarget =
  | { readonly traceId: string; readonly spanId: string }
  | { readonly orderId: string | number | bigint };

/** Whose order is named. */
export type OrderTarget =
  | { readonly traceId: string }
  | { readonly entryId: string }
  | { readonly clientOrderId: string };

type CheckedTarget = { readonly traceId: string; readonly spanId: string } | { readonly orderId: string };

interface Known {
  readonly entryId: string;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly clientOrderId: string | undefined;
  /** The bot said that there is no order. */
  readonly noOrder: boolean;
  orderId: string | undefined;
  settled: Settled | undefined;
}

interface Waiter {
  readonly target: CheckedTarget;
  readonly resolve: (receipts: readonly WeexReceipt[]) => void;
  readonly reject: (error: WeexApiError) => void;
  readonly timer: Timer;
  /** Whoever awaits must not find the process ended in the middle of it. */
  readonly letProcessEnd: () => void;
}

/**
 * Remembers the latest entries by span and by order, for those who wait on them, and so that a span is taken once.
 * At least 5,000 of them: more than twice what a BatchSpanProcessor holds back by default.
 *
 * Bounded: the oldest are forgotten first, and whoever waits for a forgotten one gets `PENDING` at the end of
 * the time they gave.
 */
export interface Outcomes {
  /**
   * Whether an entry of this span was opened or closed before: a processor and an exporter side by side both
   * offer a span, and it is logged once.
   */
  knows(origin: Pick<EntryOrigin, 'traceId' | 'spanId'> | undefined): boolean;
  opened(slot: Slot, entry: SealedEntry): void;
  settled(slot: Slot, settled: Settled): void;
  /** An open entry has got its order id. */
  linked(slot: Slot, orderId: string): void;
  /** Ids of remembered entries that lack an order and that the target means; not of those that will never go. */
  withoutOrder(target: OrderTarget): readonly string[];
  /** Kept for the next process: in this one nothing more happens to it. */
  left(entry: SealedEntry): void;
  /** Opened and settled at once. */
  closed(entry: SealedEntry, settled: Settled): void;
  wait(target: WaitTarget, timeoutMillis: number): Promise<readonly WeexReceipt[]>;
}

export function createOutcomes(clock: Clock, capacity = 5_000): Outcomes {
  // Slots are small numbers and the low ones are used again first, so a plain array holds those in flight.
  const bySlot: (Known | undefined)[] = [];
  const bySpan = new Recent<Known[]>(capacity);
  const byOrder = new Recent<Known[]>(capacity);
  const waiters = new Set<Waiter>();

  const add = (index: Recent<Known[]>, key: string | undefined, known: Known): void => {
    if (key === undefined) return;
    const group = index.get(key);
    if (group === undefined) index.set(key, [known]);
    else group.push(known);
  };

  const groupOf = (target: CheckedTarget): readonly Known[] =>
    'orderId' in target
      ? (byOrder.get(target.orderId) ?? [])
      : (bySpan.get(target.spanId) ?? []).filter(({ traceId }) => traceId === target.traceId);

  /** Tells the waiter if every entry of its target has ended. */
  const look = (waiter: Waiter): void => {
    const group = groupOf(waiter.target);
    if (group.length === 0) return;
    const receipts: WeexReceipt[] = [];
    for (const { entryId, settled } of group) {
      if (settled === undefined) return;
      if (settled.kind !== 'accepted') {
        finish(waiter);
        waiter.reject(refusal(entryId, settled));
        return;
      }
      receipts.push(settled.receipt);
    }
    finish(waiter);
    waiter.resolve(receipts);
  };

  const finish = (waiter: Waiter): void => {
    waiters.delete(waiter);
    waiter.timer.cancel();
    waiter.letProcessEnd();
  };

  const remember = (
    { id, orderId, clientOrderId, noOrder, origin }: SealedEntry,
    settled: Settled | undefined,
  ): Known => {
    const { traceId, spanId } = origin ?? {};
    const known = { entryId: id, traceId, spanId, clientOrderId, noOrder, orderId, settled };
    add(bySpan, known.spanId, known);
    add(byOrder, orderId, known);
    return known;
  };

  const tell = (known: Known): void => {
    if (waiters.size === 0) return;
    for (const waiter of [...waiters]) if (concerns(waiter.target, known)) look(waiter);
  };

  return {
    // A span without ids cannot be told from another one; rather twice than never.
    knows: (origin) =>
      origin !== undefined &&
      (bySpan.get(origin.spanId) ?? []).some(({ traceId }) => traceId === origin.traceId),
    opened(slot, entry) {
      const known = remember(entry, undefined);
      if (slot < capacity) bySlot[slot] = known;
    },
    settled(slot, settled) {
      const known = bySlot[slot];
      if (known === undefined) return;
      bySlot[slot] = undefined;
      known.settled = settled;
      tell(known);
    },
    linked(slot, orderId) {
      const known = bySlot[slot];
      if (known === undefined) return;
      known.orderId = orderId;
      add(byOrder, orderId, known);
    },
    withoutOrder: (target) =>
      [...bySpan.values()]
        .flat()
        .filter((known) => mayHaveOrder(known) && isMeant(known, target))
        .map(({ entryId }) => entryId),
    left: (entry) => void remember(entry, undefined),
    closed(entry, settled) {
      tell(remember(entry, settled));
    },
    wait(given, timeoutMillis) {
      const target = checkedTarget(given);
      if (target === undefined) {
        return Promise.reject(
          new TypeError(
            'expected a span context, or { orderId } with the id as a string or bigint (a number beyond 2^53 has lost its last digits)',
          ),
        );
      }
      return new Promise((resolve, reject) => {
        const timer = clock.schedule(timeoutMillis, () => {
          finish(waiter);
          reject(
            new WeexApiError({
              code: 'PENDING',
              disposition: 'retry',
              message: `no receipt from WEEX within ${timeoutMillis} ms; what was kept is delivered all the same`,
            }),
          );
        });
        const waiter: Waiter = { target, resolve, reject, timer, letProcessEnd: holdProcess() };
        waiters.add(waiter);
        look(waiter);
      });
    },
  };
}

/** What plain JavaScript may hand over. */
function checkedTarget(given: unknown): CheckedTarget | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  if ('orderId' in given) {
    const reading = readOrderIds(given.orderId);
    const id = reading.kind === 'ids' ? reading.ids[0] : undefined;
    return id === undefined ? undefined : { orderId: id };
  }
  if (!('traceId' in given) || !('spanId' in given)) return undefined;
  const { traceId, spanId } = given;
  return typeof traceId === 'string' && typeof spanId === 'string' ? { traceId, spanId } : undefined;
}

const mayHaveOrder = ({ orderId, noOrder, settled }: Known): boolean =>
  orderId === undefined && !noOrder && settled?.kind !== 'skipped';

function isMeant(known: Known, target: OrderTarget): boolean {
  if ('entryId' in target) return known.entryId === target.entryId;
  if ('traceId' in target) return known.traceId === target.traceId;
  return known.clientOrderId === target.clientOrderId;
}

const concerns = (target: CheckedTarget, known: Known): boolean =>
  'orderId' in target
    ? target.orderId === known.orderId
    : target.spanId === known.spanId && target.traceId === known.traceId;

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
