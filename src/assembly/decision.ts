/** The journal's slot of a waiting entry. */
export type EntryHandle = number;

/**
 * Why an entry that was journaled is not sent after all.
 *
 * `below-own-entry`: the bot stated itself what to log, around this span.
 * `wrapper`: it repeats a call below it, which is logged.
 * `no-model`: a wrapper, and no call below it names a model.
 * `inner-call-kept`, `outer-call-kept`: the same model call, seen by two instrumentations one around the other.
 * `same-response`: the same model call, seen by two instrumentations side by side.
 * `same-span`: the span was told twice.
 * `answers-only`, `repeat`: by the settings of these names.
 */
export type SkipReason =
  | 'below-own-entry'
  | 'wrapper'
  | 'no-model'
  | 'inner-call-kept'
  | 'outer-call-kept'
  | 'same-response'
  | 'same-span'
  | 'answers-only'
  | 'repeat';

/** Whence an order id that the entry's own span did not state. */
export interface OrderLink {
  /** In words, for the journal. */
  readonly reason: string;
  /** The span that stated the id; `undefined` when none did. */
  readonly fromSpanId: string | undefined;
}

/** What an entry takes from other spans of its trace; it replaces what the entry had. */
export interface Lent {
  readonly stage?: string;
  readonly model?: string;
  readonly inputJson?: string;
  readonly outputJson?: string;
  readonly explanation?: string;
}

/** What becomes of one waiting entry. Those of one trace stand together, in order of span start. */
export type Decision =
  | {
      readonly kind: 'release';
      readonly handle: EntryHandle;
      readonly traceId: string;
      /** The entry's own or the linked one. */
      readonly orderId: string | undefined;
      /** Set when the id is not the entry's own, and has to be journaled. */
      readonly link: OrderLink | undefined;
      /** There were orders near, and none was surely this entry's. */
      readonly ambiguous: boolean;
      readonly lent: Lent;
    }
  | {
      readonly kind: 'skip';
      readonly handle: EntryHandle;
      readonly traceId: string;
      readonly reason: SkipReason;
    }
  | {
      readonly kind: 'invalid';
      readonly handle: EntryHandle;
      readonly traceId: string;
      readonly problems: readonly string[];
      /** As in `release`: a mended entry must not have lost its order. */
      readonly orderId: string | undefined;
      readonly link: OrderLink | undefined;
      readonly lent: Lent;
    };
