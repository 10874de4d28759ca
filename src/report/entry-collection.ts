import type { EntryFacts } from '../audit/entry-facts';
import { cutText } from '../entry/cut-text';
import type { EntryHistory } from '../journal/read-entries';
import { contentOf } from './payload-content';
import type { ReportEntry } from './report-data';

/** Which part of a journal a report is about. */
export interface ReportRange {
  /** Decisions from this time on, milliseconds since 1970 ... */
  readonly sinceMillis: number | undefined;
  /** ... and before this one. */
  readonly untilMillis: number | undefined;
  /** The most entries that the page lists: the newest. */
  readonly mostEntries: number;
}

/** An entry of the page, and what is needed to group it and to find it again. */
export interface CollectedEntry {
  readonly entry: ReportEntry;
  readonly key: string;
  /** Characters of its input and output. */
  readonly size: number;
  readonly traceId: string | undefined;
}

const MOST_TRIES = 16;
const MOST_REASON = 300;
const SLACK = 1_000;

/** An entry's record, also where a number was used twice after a failed write. */
export const recordKey = ({ file, seq, entry }: EntryHistory): string => `${file.base}:${seq}:${entry.id}`;

/** The newest entries of a journal that may be far larger than memory. */
export class EntryCollection {
  readonly #range: ReportRange;
  #kept: CollectedEntry[] = [];
  #total = 0;

  constructor(range: ReportRange) {
    this.#range = range;
  }

  /** All entries in the time asked for. */
  get total(): number {
    return this.#total;
  }

  take(history: EntryHistory, facts: EntryFacts): void {
    const { sinceMillis, untilMillis, mostEntries } = this.#range;
    const { endedMillis } = history.entry;
    if (endedMillis < (sinceMillis ?? Number.NEGATIVE_INFINITY)) return;
    if (endedMillis >= (untilMillis ?? Number.POSITIVE_INFINITY)) return;
    this.#total += 1;
    this.#kept.push(collected(history, facts));
    // The files of several processes lie side by side in time, so the newest are not simply the last read.
    if (this.#kept.length >= 2 * mostEntries + SLACK) this.#kept = newest(this.#kept, mostEntries);
  }

  /** Oldest decision first. */
  finish(): readonly CollectedEntry[] {
    this.#kept = newest(this.#kept, this.#range.mostEntries);
    return this.#kept;
  }
}

const newest = (all: readonly CollectedEntry[], most: number): CollectedEntry[] =>
  all
    .toSorted((one, other) => one.entry.ended - other.entry.ended || one.entry.started - other.entry.started)
    .slice(-most);

function collected(history: EntryHistory, facts: EntryFacts): CollectedEntry {
  const { entry, receipt, attempts, rejection, reason, state } = history;
  const content = contentOf(entry.payload);
  const tries = attempts.slice(-MOST_TRIES);
  return {
    key: recordKey(history),
    size: content.input.length + content.output.length,
    traceId: entry.origin?.traceId,
    entry: {
      id: entry.id,
      stage: entry.stage,
      model: content.model,
      orderId: entry.orderId,
      symbol: entry.symbol,
      explanation: content.explanation,
      derived: entry.explanationDerived || undefined,
      holds: facts.holds || facts.noOrder || undefined,
      started: entry.startedMillis,
      ended: entry.endedMillis,
      state,
      reason: reason === undefined || reason === '' ? undefined : cutText(reason, MOST_REASON),
      code: rejection?.weexCode,
      received: receipt?.acceptedAt,
      duplicate: receipt?.possibleDuplicate || undefined,
      tries: tries.length === 0 ? undefined : tries.map((one) => [one.atMillis, one.disposition]),
      olderTries: attempts.length - tries.length || undefined,
    },
  };
}
