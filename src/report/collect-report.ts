import { cutText } from '../entry/cut-text';
import { membersOf } from '../entry/json-scan';
import { type EntryHistory, readEntries } from '../journal/read-entries';
import { listFiles, readLines } from '../journal/read-journal';
import { pauseOf } from '../journal/record-contents';
import type { ReportEntry, ReportPause } from './report-data';

/** Which part of a journal a report is about. */
export interface ReportRange {
  /** The time of the decision, milliseconds since 1970. */
  readonly sinceMillis: number | undefined;
  readonly untilMillis: number | undefined;
  /** The most entries that the page lists: the newest. */
  readonly mostEntries: number;
}

/** What the page lists, oldest decision first. */
export interface CollectedEntries {
  readonly entries: readonly ReportEntry[];
  /** Of each entry the key of its record. */
  readonly keys: readonly string[];
  /** Of each entry the characters of its input and output. */
  readonly sizes: readonly number[];
  readonly traceIds: readonly (string | undefined)[];
  /** All entries in the time asked for. */
  readonly total: number;
}

const MOST_TRIES = 16;
const MOST_REASON = 300;

interface Collected {
  readonly entry: ReportEntry;
  readonly key: string;
  readonly size: number;
  readonly traceId: string | undefined;
}

/** An entry's record, also where a number was used twice after a failed write. */
export const recordKey = (file: string, seq: number, id: string): string => `${file}:${seq}:${id}`;

/** Reads the whole journal and keeps the newest entries, without their input and output. */
export async function collectEntries(
  folder: string,
  { sinceMillis, untilMillis, mostEntries }: ReportRange,
  each: (history: EntryHistory) => void,
): Promise<CollectedEntries> {
  let total = 0;
  let kept: Collected[] = [];
  for await (const history of readEntries(folder)) {
    each(history);
    const { endedMillis } = history.entry;
    if (endedMillis < (sinceMillis ?? Number.NEGATIVE_INFINITY)) continue;
    if (endedMillis > (untilMillis ?? Number.POSITIVE_INFINITY)) continue;
    total += 1;
    kept.push(collected(history));
    // The files of several processes lie side by side in time, so the newest are not simply the last read.
    if (kept.length >= 2 * mostEntries + 1_000) kept = newest(kept, mostEntries);
  }
  kept = newest(kept, mostEntries);
  return {
    entries: kept.map(({ entry }) => entry),
    keys: kept.map(({ key }) => key),
    sizes: kept.map(({ size }) => size),
    traceIds: kept.map(({ traceId }) => traceId),
    total,
  };
}

const newest = (all: readonly Collected[], most: number): Collected[] =>
  all
    .toSorted((one, other) => one.entry.ended - other.entry.ended || one.entry.started - other.entry.started)
    .slice(-most);

function collected(history: EntryHistory): Collected {
  const { entry, file, seq, receipt, attempts, rejection, reason, state } = history;
  const content = contentOf(entry.payload);
  const tries = attempts.slice(-MOST_TRIES);
  return {
    key: recordKey(file.base, seq, entry.id),
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

/** What a payload states. Input and output stay text, because parsing changes long numbers. */
export interface PayloadContent {
  readonly model: string;
  readonly explanation: string;
  readonly input: string;
  readonly output: string;
}

export function contentOf(payload: string): PayloadContent {
  const found: Record<string, string> = {};
  for (const { keyStart, keyEnd, start, end } of membersOf(payload, 0)) {
    found[payload.slice(keyStart + 1, keyEnd - 1)] = payload.slice(start, end);
  }
  return {
    model: textIn(found['model']),
    explanation: textIn(found['explanation']),
    input: found['input'] ?? '{}',
    output: found['output'] ?? '{}',
  };
}

function textIn(json: string | undefined): string {
  const value: unknown = json === undefined ? '' : JSON.parse(json);
  return typeof value === 'string' ? value : '';
}

/**
 * When the account was paused, oldest first. Each process writes down what it saw, so one pause may be told
 * several times.
 *
 * @param isPaused whether it is paused now
 */
export async function collectPauses(folder: string, isPaused: boolean): Promise<ReportPause[]> {
  const events: { readonly at: number; readonly pause: string | undefined }[] = [];
  for (const file of listFiles(folder)) {
    for await (const { record } of readLines(folder, file)) {
      if (record?.kind === 'paused') {
        const { sinceMillis, reason } = pauseOf(record);
        events.push({ at: sinceMillis, pause: cutText(reason, MOST_REASON) });
      } else if (record?.kind === 'resumed') {
        events.push({ at: record.atMillis, pause: undefined });
      }
    }
  }
  const pauses: ReportPause[] = [];
  let open: ReportPause | undefined;
  for (const { at, pause } of events.sort((one, other) => one.at - other.at)) {
    if (pause !== undefined) {
      open ??= { from: at, reason: pause };
    } else if (open !== undefined) {
      pauses.push({ ...open, until: at });
      open = undefined;
    }
  }
  // A pause that nobody saw end, and that does not hold any more: only its beginning is known.
  if (open !== undefined) pauses.push(isPaused ? open : { ...open, until: open.from });
  return pauses.slice(-MOST_PAUSES);
}

const MOST_PAUSES = 1_000;
