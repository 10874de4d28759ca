import { EntryMemory } from './entry-memory';
import type { Journal, Slot } from './journal';
import { Positions } from './positions';

export interface MemoryJournalOptions {
  /** @default 64 MiB */
  readonly maxBytes?: number | undefined;
}

export const DEFAULT_MEMORY_BYTES = 64 * 1_048_576;

/**
 * A journal that a process takes with it when it ends: for `journalDir: 'none'`, and for when no folder can
 * be named.
 *
 * Open entries are kept, bounded by bytes. What is closed is forgotten at once, for nobody could read it.
 */
export function createMemoryJournal(options: MemoryJournalOptions = {}): Journal {
  const memory = new EntryMemory(options.maxBytes ?? DEFAULT_MEMORY_BYTES);
  const slots = new Positions();
  let isClosed = false;

  const forget = (slot: Slot): void => {
    memory.take(slot);
    slots.remove(slot);
  };

  return {
    kind: 'memory',
    append(entry) {
      if (isClosed || !memory.hasRoomFor(entry)) return undefined;
      const slot = slots.add(0, 0, 0, 0);
      memory.keep(slot, entry);
      return slot;
    },
    appendClosed: () => !isClosed,
    read: (slot) => memory.read(slot),
    isLost: () => false,
    link(slot, orderId) {
      if (slots.link(slot, orderId)) memory.link(slot, orderId);
    },
    released() {},
    amend(slot, entry) {
      if (memory.read(slot) !== undefined) memory.keep(slot, entry);
    },
    keepSpan() {},
    sending() {},
    attempted() {},
    accepted: forget,
    rejected: forget,
    closed: forget,
    paused() {},
    resumed() {},
    liveProcesses: () => 1,
    sync: () => Promise.resolve(),
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}
