import type { EntryOrigin } from './entry-draft';

/**
 * An entry as it is journaled and sent: checked, masked, cut to size, and never edited again.
 *
 * `payload` is the exact text of the JSON object that WEEX gets, but for the order id, which may become
 * known later and is put in front when the body is made (`wireBody`).
 */
export interface SealedEntry {
  readonly id: string;
  readonly payload: string;
  readonly stage: string;
  readonly orderId: string | undefined;
  /** The bot said that there is no order. */
  readonly noOrder: boolean;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
  /** The whole explanation, when the payload holds a shortened one. */
  readonly fullExplanation: string | undefined;
  readonly explanationDerived: boolean;
  readonly startedMillis: number;
  readonly endedMillis: number;
  readonly origin: EntryOrigin | undefined;
  /** It is not to be sent before its trace has told more. */
  readonly waiting?: boolean | undefined;
  /** The text of a JSON object: what has to be known of the entry's span to decide on its trace again. */
  readonly known?: string | undefined;
  /** The bot's `filter` keeps it back, unless its trace makes it another entry. */
  readonly keptBack?: boolean | undefined;
  /** Mode `record`: not to be sent, whoever finds it. */
  readonly recordOnly?: boolean | undefined;
}

/**
 * The body that WEEX gets. The order id goes out as bare digits: it is a Long at WEEX, and `Number` would
 * change the last digits of the 18 that are usual.
 */
export function wireBody(entry: Pick<SealedEntry, 'payload' | 'orderId'>): string {
  return entry.orderId === undefined
    ? entry.payload
    : `{"orderId":${entry.orderId},${entry.payload.slice(1)}`;
}
