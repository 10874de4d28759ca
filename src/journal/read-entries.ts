import type { SealedEntry } from '../entry/sealed-entry';
import type { AttemptRecord, Rejection, WeexReceipt } from './journal';
import { type JournalFile, type JournalRecord, listFiles, readLines } from './read-journal';
import { attemptOf, linkOf, reasonOf, receiptOf, rejectionOf } from './record-contents';

export type EntryState = 'waiting' | 'pending' | 'delivered' | 'rejected' | 'invalid' | 'skipped' | 'settled';

/** Everything that the journal knows of one entry. */
export interface EntryHistory {
  readonly file: JournalFile;
  /** Its number in the file. */
  readonly seq: number;
  readonly writtenMillis: number;
  /** As written, with the order id linked since. */
  readonly entry: SealedEntry;
  readonly state: EntryState;
  /** Why it is linked, rejected, invalid, skipped or settled. */
  readonly reason: string | undefined;
  readonly linkReason: string | undefined;
  readonly receipt: WeexReceipt | undefined;
  readonly rejection: Rejection | undefined;
  readonly attempts: readonly AttemptRecord[];
  /** Attempts that began, whatever came of them. */
  readonly begun: number;
}

interface Events {
  state?: EntryState;
  moved?: boolean;
  released?: boolean;
  reason?: string;
  link?: { readonly orderId: string; readonly reason: string };
  receipt?: WeexReceipt;
  rejection?: Rejection;
  attempts: AttemptRecord[];
  begun: number;
}

/**
 * All entries of an account, file by file, oldest file first, each with what became of it. Every file is read
 * twice, so that no file's entries have to be in memory at once: what happens to an entry stands behind it.
 *
 * Rejects when the folder cannot be read.
 *
 * @param onOther is shown the records that are about no entry of their file (notes, pauses, openings), each file's
 * before its entries
 * @param onEach is shown every record with the bytes of its line, each file's before its entries; the bytes are good
 * until it returns
 */
export async function* readEntries(
  folder: string,
  onOther: (record: JournalRecord, file: JournalFile) => void = () => {},
  onEach: (record: JournalRecord, file: JournalFile, bytes: Buffer) => void = () => {},
): AsyncGenerator<EntryHistory, void> {
  const files = listFiles(folder);
  const settled = new Map<string, string>();
  for (const file of files) {
    if (file.isArchived && !file.marks.includes('settled')) continue;
    for await (const { record } of readLines(folder, file)) {
      const of = record?.kind === 'settled' ? record.fields['of'] : undefined;
      if (record !== undefined && typeof of === 'string') settled.set(of, reasonOf(record));
    }
  }
  for (const file of files) {
    const events = new Map<number, Events>();
    /** Which line holds the entry of a number. */
    const lines = new Map<number, number>();
    let last: JournalRecord | undefined;
    for await (const { record, line, bytes } of readLines(folder, file)) {
      if (record === undefined) continue;
      onEach(record, file, bytes);
      // Written again after a failed write: an entry that had landed just before was never acknowledged.
      if (last?.entry !== undefined && record.seq <= last.seq) lines.delete(last.seq);
      last = record;
      if (record.about !== undefined) take(record, record.about, events);
      else if (record.entry === undefined) onOther(record, file);
      else if (!lines.has(record.seq)) {
        lines.set(record.seq, line);
        const replaced = record.fields['replaces'];
        if (typeof replaced === 'number') eventsOf(replaced, events).moved = true;
      }
    }
    for await (const { record, line } of readLines(folder, file)) {
      if (record?.entry === undefined || lines.get(record.seq) !== line) continue;
      const event = events.get(record.seq);
      if (event?.moved !== true) yield history(file, record, record.entry, event, settled);
    }
  }
}

function eventsOf(seq: number, events: Map<number, Events>): Events {
  const event = events.get(seq) ?? { attempts: [], begun: 0 };
  events.set(seq, event);
  return event;
}

function take(record: JournalRecord, about: number, events: Map<number, Events>): void {
  const event = eventsOf(about, events);
  switch (record.kind) {
    case 'link':
      event.link = linkOf(record);
      if (record.fields['waits'] !== true) event.released = true;
      return;
    case 'released':
      event.released = true;
      return;
    case 'sending':
      event.begun += 1;
      return;
    case 'attempt':
      event.attempts.push(attemptOf(record));
      return;
    case 'accepted':
      event.state = 'delivered';
      event.receipt = receiptOf(record);
      return;
    case 'rejected':
      event.state = 'rejected';
      event.rejection = rejectionOf(record);
      event.reason = event.rejection.reason;
      return;
    case 'invalid':
    case 'settled':
      event.state = record.kind;
      event.reason = reasonOf(record);
      return;
    case 'skip':
      event.state = 'skipped';
      event.reason = reasonOf(record);
      return;
    case 'moved':
      event.moved = true;
      return;
    case 'open':
    case 'entry':
    case 'paused':
    case 'resumed':
    case 'claim':
    case 'note':
    case 'span':
    case 'close':
  }
}

function history(
  file: JournalFile,
  record: JournalRecord,
  entry: SealedEntry,
  event: Events | undefined,
  settled: ReadonlyMap<string, string>,
): EntryHistory {
  const closedAtOnce: Partial<Record<JournalRecord['kind'], EntryState>> = {
    invalid: 'invalid',
    skip: 'skipped',
    settled: 'settled',
  };
  const settledBecause = settled.get(`${file.base}:${record.seq}`);
  const open = entry.waiting === true && event?.released !== true ? 'waiting' : 'pending';
  const state = event?.state ?? closedAtOnce[record.kind] ?? open;
  const reason = event?.reason ?? (record.kind === 'entry' ? undefined : reasonOf(record));
  const isSettled = settledBecause !== undefined && state !== 'delivered';
  return {
    file,
    seq: record.seq,
    writtenMillis: record.atMillis,
    entry: event?.link === undefined ? entry : { ...entry, orderId: event.link.orderId },
    state: isSettled ? 'settled' : state,
    reason: isSettled ? settledBecause : reason,
    linkReason: event?.link?.reason,
    receipt: event?.receipt,
    rejection: event?.rejection,
    attempts: event?.attempts ?? [],
    begun: event?.begun ?? 0,
  };
}
