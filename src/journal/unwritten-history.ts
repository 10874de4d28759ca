import type { SealedEntry } from '../entry/sealed-entry';
import { entryFields, type RecordKind, type UnplacedRecord } from './records';

/** How an entry ended while the disk took nothing. */
export interface Ending {
  readonly kind: RecordKind;
  readonly atMillis: number;
  /** The ending's fields, once it is known under which number the entry is written. */
  fields(entry: number): string;
}

interface Chapter {
  readonly records: (entry: number) => readonly UnplacedRecord[];
  readonly bytes: number;
}

const OVERHEAD_BYTES = 1_024;

/**
 * Entries that came and ended while the disk took nothing. They are proof and not work, so they give way when
 * memory is needed for entries that still have to be sent.
 */
export class UnwrittenHistory {
  readonly #chapters: Chapter[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#chapters.length;
  }

  addEnded(entry: SealedEntry, atMillis: number, ending: Ending): void {
    this.#add(entry, (seq) => [
      { kind: 'entry', atMillis, fields: entryFields(entry) },
      { kind: ending.kind, atMillis: ending.atMillis, fields: ending.fields(seq) },
    ]);
  }

  addClosed(entry: SealedEntry, record: UnplacedRecord): void {
    this.#add(entry, () => [record]);
  }

  /** Forgets the oldest; false when there is none. */
  dropOldest(): boolean {
    const dropped = this.#chapters.shift();
    this.#bytes -= dropped?.bytes ?? 0;
    return dropped !== undefined;
  }

  /** The records of the oldest, for an entry that will get the number `entry`. */
  oldest(entry: number): readonly UnplacedRecord[] | undefined {
    return this.#chapters[0]?.records(entry);
  }

  #add(entry: SealedEntry, records: Chapter['records']): void {
    const bytes = entry.payload.length + (entry.fullExplanation?.length ?? 0) + OVERHEAD_BYTES;
    this.#chapters.push({ records, bytes });
    this.#bytes += bytes;
  }
}
