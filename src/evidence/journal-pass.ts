import type { AuditedOrder } from '../audit/audit';
import { createOrderAudit } from '../audit/order-audit';
import { lateOrderOf } from '../audit/read-audit';
import { readEntries } from '../journal/read-entries';
import type { JournalFile, JournalRecord } from '../journal/read-journal';
import { pauseOf, reasonOf } from '../journal/record-contents';
import type { Redriven, StoryRecord, Writer } from './bundle';
import type { Sequel } from './make-story';
import { AccountHistory, timeOf } from './outages';

/** What is known after the journal was read once. */
export interface Survey {
  readonly orders: readonly AuditedOrder[];
  readonly history: AccountHistory;
  /** By `file:seq` of the entry. */
  readonly sequels: ReadonlyMap<string, Sequel>;
  /** By entry id: notes that name its order. */
  readonly lateNotes: ReadonlyMap<string, readonly StoryRecord[]>;
  readonly writers: readonly Writer[];
  /** By the id of an entry that a person sent again: the id of the one before. */
  readonly predecessors: ReadonlyMap<string, string>;
}

export interface Window {
  readonly sinceMillis: number | undefined;
  readonly untilMillis: number | undefined;
}

export const placeOf = (file: JournalFile, seq: number): string => `${file.base}:${seq}`;

export const recordOf = (record: JournalRecord, file: JournalFile, bytes: Buffer): StoryRecord => ({
  kind: record.kind,
  file: file.base,
  seq: record.seq,
  at: timeOf(record.atMillis),
  sha256: record.hash,
  line: bytes.toString('utf8'),
});

/** Reads everything once and keeps what concerns the account as a whole, and what stands far from its entry. */
export async function surveyJournal(
  folder: string,
  window: Window,
  nowMillis: number,
  progress: (entries: number) => void,
): Promise<Survey> {
  const audit = createOrderAudit(window);
  const history = new AccountHistory();
  const sequels = new Map<string, Sequel>();
  const lateNotes = new Map<string, StoryRecord[]>();
  const writers: Writer[] = [];
  const predecessors = new Map<string, string>();
  const onEach = (record: JournalRecord, file: JournalFile, bytes: Buffer): void => {
    switch (record.kind) {
      case 'open':
        writers.push(writerOf(record, file));
        return;
      case 'paused': {
        const { sinceMillis, weexCode, reason } = pauseOf(record);
        history.paused(sinceMillis, [weexCode, reason].filter((part) => part !== undefined).join(' '));
        return;
      }
      case 'resumed':
        history.resumed(record.atMillis);
        return;
      case 'settled': {
        const { of, id } = record.fields;
        if (typeof of !== 'string') return;
        const redriven = redrivenOf(record);
        if (redriven !== undefined && typeof id === 'string') predecessors.set(redriven.as, id);
        const before = sequels.get(of);
        sequels.set(of, {
          records: [...(before?.records ?? []), recordOf(record, file, bytes)],
          redriven: redriven ?? before?.redriven,
        });
        return;
      }
      case 'note': {
        const late = lateOrderOf(record);
        if (late === undefined) return;
        audit.takeLateOrder(late);
        const notes = lateNotes.get(late.entryId) ?? [];
        lateNotes.set(late.entryId, [...notes, recordOf(record, file, bytes)]);
      }
    }
  };
  let read = 0;
  for await (const entry of readEntries(folder, undefined, onEach)) {
    read += 1;
    if (read % 10_000 === 0) progress(read);
    audit.take(entry);
    for (const attempt of entry.attempts) history.attempted(attempt);
    if (entry.receipt !== undefined) history.accepted(entry.receipt.acceptedAt, entry.receipt.requestTime);
  }
  return { orders: audit.finish(nowMillis).orders, history, sequels, lateNotes, writers, predecessors };
}

/** Not the machine's name, nor anything else about it that a stranger need not know. */
function writerOf({ fields, atMillis }: JournalRecord, file: JournalFile): Writer {
  const stated: unknown = fields['about'];
  const about: Readonly<Record<string, unknown>> =
    typeof stated === 'object' && stated !== null ? { ...stated } : {};
  const text = (name: string): string | undefined =>
    typeof about[name] === 'string' ? about[name] : undefined;
  return {
    file: file.base,
    at: timeOf(atMillis),
    version: text('version'),
    node: text('node'),
    mode: text('mode') ?? text('command'),
  };
}

function redrivenOf(record: JournalRecord): Redriven | undefined {
  const { redrivenAs, changes } = record.fields;
  return typeof redrivenAs === 'string' ? { as: redrivenAs, reason: reasonOf(record), changes } : undefined;
}
