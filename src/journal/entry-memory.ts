import type { SealedEntry } from '../entry/sealed-entry';
import type { Slot } from './journal';

/** What an entry costs beside its texts: the object, its short strings and its place in the tables. */
const ENTRY_OVERHEAD_BYTES = 512;

/** A fair upper bound of what the entry holds in memory. */
const entryBytes = (entry: SealedEntry): number =>
  ENTRY_OVERHEAD_BYTES +
  Buffer.byteLength(entry.payload) +
  (entry.fullExplanation === undefined ? 0 : Buffer.byteLength(entry.fullExplanation));

/** Open entries that no disk holds, bounded by bytes. */
export class EntryMemory {
  readonly #entries = new Map<Slot, SealedEntry>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#entries.size;
  }

  /** `otherBytes`: what else shares the bound. */
  hasRoomFor(entry: SealedEntry, otherBytes = 0): boolean {
    return this.#bytes + otherBytes + entryBytes(entry) <= this.#maxBytes;
  }

  keep(slot: Slot, entry: SealedEntry): void {
    this.take(slot);
    this.#entries.set(slot, entry);
    this.#bytes += entryBytes(entry);
  }

  read(slot: Slot): SealedEntry | undefined {
    return this.#entries.get(slot);
  }

  link(slot: Slot, orderId: string): void {
    const entry = this.#entries.get(slot);
    if (entry !== undefined)
      this.#entries.set(slot, { ...entry, orderId, ...(entry.waiting === true && { waiting: false }) });
  }

  released(slot: Slot): void {
    const entry = this.#entries.get(slot);
    if (entry?.waiting === true) this.#entries.set(slot, { ...entry, waiting: false });
  }

  /** Removes and returns the entry. */
  take(slot: Slot): SealedEntry | undefined {
    const entry = this.#entries.get(slot);
    if (entry === undefined) return undefined;
    this.#entries.delete(slot);
    this.#bytes -= entryBytes(entry);
    return entry;
  }

  /** Slots in the order in which they came. */
  slots(): IterableIterator<Slot> {
    return this.#entries.keys();
  }
}
