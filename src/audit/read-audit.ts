import type { EntryHistory } from '../journal/read-entries';
import { readEntries } from '../journal/read-entries';
import type { JournalRecord } from '../journal/read-journal';
import { noteOf } from '../journal/record-contents';
import type { Audit } from './audit';
import type { LateOrder } from './credits';
import type { EntryFacts } from './entry-facts';
import { type AuditOptions, createOrderAudit } from './order-audit';

/**
 * Audits an account's journal and archive. Reads only, whatever their size.
 *
 * @param onEntry is shown each entry on the way, for those who want more of it than the audit keeps
 * @throws what the disk does when the folder cannot be read
 */
export async function readAudit(
  folder: string,
  nowMillis: () => number,
  options: AuditOptions = {},
  onEntry: (facts: EntryFacts, history: EntryHistory) => void = () => {},
): Promise<Audit> {
  const audit = createOrderAudit(options);
  const onRecord = (record: JournalRecord): void => {
    const late = lateOrderOf(record);
    if (late !== undefined) audit.takeLateOrder(late);
  };
  for await (const history of readEntries(folder, onRecord)) onEntry(audit.take(history), history);
  return audit.finish(nowMillis());
}

/** The order that a `late-order` note names. */
export function lateOrderOf(record: JournalRecord): LateOrder | undefined {
  const note = noteOf(record);
  if (note?.name !== 'late-order') return undefined;
  const { entryId, orderId } = note.facts;
  return typeof entryId === 'string' && typeof orderId === 'string' ? { entryId, orderId } : undefined;
}
