import type { SealedEntry } from '../entry/sealed-entry';
import type { Journal, Slot } from './journal';

export interface MemoryJournalOptions {
  /** @default 64 MiB */
  readonly maxBytes?: number | undefined;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
/** What an entry costs beside its texts: the object, its short strings and its place in the tables. */
const ENTRY_OVERHEAD_BYTES = 512;

/** A fair upper bound of what the entry holds in memory. */
export const entryBytes = (entry: SealedEntry): number =>
  ENTRY_OVERHEAD_BYTES +
  Buffer.byteLength(entry.payload) +
  (entry.fullExplanation === undefined ? 0 : Buffer.byteLength(entry.fullExplanation));

/**
 * A journal that a process takes with it when it ends: for `journalDir: 'none'`, and for folders that cannot
 * be used.
 *
 * Open entries are kept, bounded by bytes. What is closed is forgotten at once, for nobody could read it.
 */
export function createMemoryJournal(options: MemoryJournalOptions = {}): Journal {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const entries: (SealedEntry | undefined)[] = [];
  const free: Slot[] = [];
  let bytes = 0;
  let closed = false;

  const forget = (slot: Slot): void => {
    const entry = entries[slot];
    if (entry === undefined) return;
    bytes -= entryBytes(entry);
    entries[slot] = undefined;
    free.push(slot);
  };

  return {
    kind: 'memory',
    append(entry) {
      const size = entryBytes(entry);
      if (closed || bytes + size > maxBytes) return undefined;
      bytes += size;
      const slot = free.pop() ?? entries.length;
      entries[slot] = entry;
      return slot;
    },
    appendClosed: () => !closed,
    read: (slot) => entries[slot],
    link(slot, orderId) {
      const entry = entries[slot];
      if (entry !== undefined) entries[slot] = { ...entry, orderId };
    },
    attempted() {},
    accepted: forget,
    rejected: forget,
    paused() {},
    resumed() {},
    liveProcesses: () => 1,
    sync: () => Promise.resolve(),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
