import type { EntryHistory, EntryState } from '../journal/read-entries';

/** WEEX wants a log within one minute of the decision. */
export const PUNCTUAL_MILLIS = 60_000;

/** What an audit keeps of an entry. No text of its payload: an account may have a million entries. */
export interface EntryFacts {
  readonly id: string;
  readonly stage: string;
  readonly state: EntryState;
  /** The order id that the entry has: its own or the linked one. */
  readonly orderId: string | undefined;
  /** Why it is linked, when the id is not the entry's own. */
  readonly linkReason: string | undefined;
  /** The bot said that there is no order. */
  readonly noOrder: boolean;
  readonly symbol: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly startedMillis: number;
  /** The decision's time. */
  readonly endedMillis: number;
  readonly acceptedMillis: number | undefined;
  /** Attempts that began, the accepted one too. */
  readonly attempts: number;
  readonly possibleDuplicate: boolean;
  /** Why it was rejected, is invalid, was skipped or settled. */
  readonly reason: string | undefined;
  /** Its output says to do nothing: HOLD, WAIT and the like. */
  readonly holds: boolean;
}

/** The facts of one entry of the journal. */
export function factsOf(history: EntryHistory, holds: boolean): EntryFacts {
  const { entry, receipt } = history;
  return {
    id: entry.id,
    stage: entry.stage,
    state: history.state,
    orderId: entry.orderId,
    linkReason: history.linkReason,
    noOrder: entry.noOrder,
    symbol: entry.symbol,
    traceId: entry.origin?.traceId,
    spanId: entry.origin?.spanId,
    parentSpanId: entry.origin?.parentSpanId,
    startedMillis: entry.startedMillis,
    endedMillis: entry.endedMillis,
    acceptedMillis: receipt?.acceptedAt,
    attempts: receipt?.attempts ?? Math.max(history.begun, history.attempts.length),
    possibleDuplicate: receipt?.possibleDuplicate ?? false,
    reason: history.reason,
    holds,
  };
}

/**
 * How an entry stands against the minute: `overdue` is not accepted yet and older than a minute; `set-aside` will not
 * be sent (again) by itself.
 */
export type Timeliness = 'in-time' | 'late' | 'waiting' | 'overdue' | 'set-aside';

export function timelinessOf(
  { state, endedMillis, acceptedMillis }: Pick<EntryFacts, 'state' | 'endedMillis' | 'acceptedMillis'>,
  nowMillis: number,
): Timeliness {
  if (state === 'delivered') {
    return (acceptedMillis ?? endedMillis) - endedMillis > PUNCTUAL_MILLIS ? 'late' : 'in-time';
  }
  if (state !== 'pending') return 'set-aside';
  return nowMillis - endedMillis > PUNCTUAL_MILLIS ? 'overdue' : 'waiting';
}

/** `cmt_btcusdt`, `BTC-USDT` and `BTCUSDT` are one symbol. */
export const plainSymbol = (symbol: string): string =>
  symbol
    .toUpperCase()
    .replace(/^CMT_/, '')
    .replace(/[^A-Z0-9]/g, '');

/** False only where both are stated and differ. */
export function sameSymbol(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || plainSymbol(one) === plainSymbol(other);
}
