import type { PauseRecord } from '../journal/journal';
import { createPauseFile } from '../journal/pause-file';
import { type EntryHistory, type EntryState, readEntries } from '../journal/read-entries';
import type { JournalFile, JournalRecord } from '../journal/read-journal';

/** An entry that asks for a person. */
export interface OpenMatter {
  readonly id: string;
  readonly state: 'rejected' | 'invalid';
  readonly stage: string;
  readonly orderId: string | undefined;
  readonly endedMillis: number;
  readonly weexCode: string | undefined;
  readonly reason: string;
}

/** How an account stands, from its files alone. */
export interface AccountSummary {
  readonly counts: Readonly<Record<EntryState, number>>;
  readonly possibleDuplicates: number;
  /** The decision's time of the oldest entry still to be sent. */
  readonly oldestPendingMillis: number | undefined;
  readonly lastReceiptMillis: number | undefined;
  readonly paused: PauseRecord | undefined;
  /** The newest are kept when there are very many; `counts` has all. */
  readonly matters: readonly OpenMatter[];
}

const MOST_MATTERS = 10_000;

/**
 * Reads the whole journal, whose size is no matter, and changes nothing.
 *
 * @param onOther is shown the records that are about no entry
 */
export async function summarize(
  folder: string,
  progress: (entries: number) => void,
  onOther?: (record: JournalRecord, file: JournalFile) => void,
): Promise<AccountSummary> {
  const counts = { waiting: 0, pending: 0, delivered: 0, rejected: 0, invalid: 0, skipped: 0, settled: 0 };
  let possibleDuplicates = 0;
  let oldest = Number.POSITIVE_INFINITY;
  let lastReceipt = Number.NEGATIVE_INFINITY;
  let entries = 0;
  const matters: OpenMatter[] = [];
  for await (const history of readEntries(folder, onOther)) {
    counts[history.state] += 1;
    entries += 1;
    if (entries % 10_000 === 0) progress(entries);
    if (history.state === 'pending') oldest = Math.min(oldest, history.entry.endedMillis);
    if (history.receipt !== undefined) {
      lastReceipt = Math.max(lastReceipt, history.receipt.acceptedAt);
      if (history.receipt.possibleDuplicate) possibleDuplicates += 1;
    }
    const matter = matterOf(history);
    if (matter !== undefined) matters.push(matter);
    if (matters.length > MOST_MATTERS) matters.shift();
  }
  return {
    counts,
    possibleDuplicates,
    oldestPendingMillis: Number.isFinite(oldest) ? oldest : undefined,
    lastReceiptMillis: Number.isFinite(lastReceipt) ? lastReceipt : undefined,
    paused: readPause(folder),
    matters,
  };
}

function matterOf({ state, entry, reason, rejection }: EntryHistory): OpenMatter | undefined {
  if (state !== 'rejected' && state !== 'invalid') return undefined;
  return {
    id: entry.id,
    state,
    stage: entry.stage,
    orderId: entry.orderId,
    endedMillis: entry.endedMillis,
    weexCode: rejection?.weexCode,
    reason: reason ?? '',
  };
}

/** The pause that holds now, for all processes of the account. */
export function readPause(folder: string): PauseRecord | undefined {
  const file = createPauseFile(folder, 'reader', { pausedElsewhere: () => {}, resumedElsewhere: () => {} });
  file.load();
  return file.current;
}
