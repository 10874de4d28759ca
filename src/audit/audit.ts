import type { EntryFacts, Timeliness } from './entry-facts';

/**
 * Whence it is known that an entry belongs to an order: the bot stated the id on the entry (`own`), it was linked
 * before it was sent (`link`), it is linked to another order of the same trade (`trade`), or the bot named the order
 * after the entry was sent (`late`). Only the first two put the id into what WEEX got.
 */
export type CreditBy = 'own' | 'link' | 'trade' | 'late';

/** One entry that an order can show for itself. */
export interface Credit {
  readonly entry: EntryFacts;
  readonly by: CreditBy;
  readonly timeliness: Timeliness;
}

/** Something in the logs that speaks against them. */
export interface Contradiction {
  readonly kind: 'hold-with-order' | 'size-differs' | 'price-differs';
  readonly orderId: string;
  readonly entryId: string;
  /** A sentence: what the log says, and what the order. */
  readonly words: string;
}

/** How the logs of one order stand. `under-way`: nothing is missing that is not about to be sent. */
export type OrderStatus = 'complete' | 'under-way' | 'gaps';

export interface AuditedOrder {
  readonly orderId: string;
  /** The first order of the trade that this one belongs to: entry, stop and take-profit have the same. */
  readonly tradeId: string;
  readonly symbol: string | undefined;
  /** The decision's time of its first entry, else when the exchange says that it was made. */
  readonly atMillis: number | undefined;
  /** It stands in the list of the exchange; `undefined` when no list was given. */
  readonly isListed: boolean | undefined;
  /** By the decision's time. */
  readonly credits: readonly Credit[];
  /** Stages with an accepted log. */
  readonly logged: readonly string[];
  /** Accepted, but more than a minute after the decision. */
  readonly late: readonly string[];
  /** Expected stages without an accepted log: nothing there, rejected, invalid, or not sent for over a minute. */
  readonly missing: readonly string[];
  /** Stages whose only log was refused by WEEX, or by us as invalid. */
  readonly rejected: readonly string[];
  /** Stages to be sent within their minute, or that may still be logged. */
  readonly waiting: readonly string[];
  readonly possibleDuplicates: number;
  readonly contradictions: readonly Contradiction[];
  readonly status: OrderStatus;
}

/** Entries that belong to no order. Many are all right: a decision to wait has none. */
export interface Unordered {
  readonly total: number;
  /** Their output says to do nothing. */
  readonly holds: number;
  /** The bot said that there is no order. */
  readonly saidNone: number;
  /** All others: decisions whose order nobody named, if there was one. */
  readonly unlinked: number;
  /** The newest of the unlinked. */
  readonly newestUnlinked: readonly EntryFacts[];
}

export interface Audit {
  readonly nowMillis: number;
  /** Entries in the time asked for. */
  readonly entries: number;
  /** What each order is expected to show. */
  readonly expectedStages: readonly string[];
  /** The stages are expected because the caller said so, and not because most orders have them. */
  readonly stagesGiven: boolean;
  /** By time; those without one last. */
  readonly orders: readonly AuditedOrder[];
  readonly unordered: Unordered;
  readonly totals: {
    readonly orders: number;
    readonly complete: number;
    readonly underWay: number;
    readonly gaps: number;
    /** Orders without a single accepted log. */
    readonly unlogged: number;
    readonly withLate: number;
    readonly contradictions: number;
    readonly possibleDuplicates: number;
  };
}
