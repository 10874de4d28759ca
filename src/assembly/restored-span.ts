import type { EntryHandle } from './decision';
import type { Content, KnownSpan } from './known-span';

/**
 * A finished span as the journal has to keep it, so that a crash changes no decision: with the entry for a span that
 * has one, else as a note. JSON-safe.
 */
export interface JournaledSpan extends KnownSpan {
  /** Order of start in its process. */
  readonly sequence: number;
  /** Ids of the spans around it in this process, the nearest first. */
  readonly path: readonly string[];
  /** The bot had named the order by `linkOrder` before the span ended. */
  readonly namedOrderId?: string;
}

/** What is read back of it. */
export interface RestoredSpan {
  readonly span: JournaledSpan;
  /** Slots of its waiting entries; empty for a span without an entry and for one whose entry was decided. */
  readonly handles: readonly EntryHandle[];
  /** The entry was decided before the crash. */
  readonly decided?: 'sent' | 'dropped' | undefined;
  /** For a model call: the texts of its entry, which it may lend. */
  readonly content?: Content | undefined;
  /** Of the window of its entry, by the wall clock: at least 0, at most the window. */
  readonly remainingMillis: number;
  /** The bot named the order by `linkOrder` while the entry waited. */
  readonly namedOrderId?: string | undefined;
}
