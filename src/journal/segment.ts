import type { FileSystem } from './file-system';
import { CHAIN_START, type ChainPlace, type LineEncoder } from './line-encoder';
import type { UnplacedRecord } from './records';
import type { ArchiveMark } from './segment-name';

/** What a file already holds when it is taken over. */
export interface SegmentState {
  readonly size: number;
  readonly place: ChainPlace;
  /** The file does not end with a newline. */
  readonly torn: boolean;
}

export const EMPTY_SEGMENT: SegmentState = { size: 0, place: CHAIN_START, torn: false };

/** Where a written record stands. */
export interface Written {
  readonly offset: number;
  readonly length: number;
  readonly seq: number;
}

/** Beyond this, what only helps to understand a delivery is no longer kept for a disk that takes nothing. */
const MAX_QUEUED_RECORDS = 200_000;
/** What one write takes of them: a full queue must not hold up the event loop. */
const QUEUED_PER_WRITE = 1_000;

/**
 * One file of the journal, and the only writer of it.
 *
 * Entries go through `append`: one write, before it returns. What happens to entries may be queued and goes
 * with the next write, in order.
 *
 * After a short or failed write the file may end in the middle of a line. The next write then starts with a
 * newline and uses the same sequence number again, so that whatever did land is known to be void.
 */
export class Segment {
  /** Its number in the positions; never 0. */
  readonly id: number;
  readonly base: string;
  /** Where it stands now. */
  path: string;
  /** Entries in it that are open. */
  openCount = 0;
  /** Sequence numbers of entries that were rejected or invalid and that nobody has settled. */
  readonly unsettled = new Set<number>();
  readonly marks = new Set<ArchiveMark>();
  /** It holds more than the names of those who wrote to it. */
  hasContent = false;
  /** It was removed or renamed under us: nothing can be written, what is open has to move. */
  gone = false;
  /** A sync of it failed: what is open has to move, and its end may be noted here. */
  unsafe = false;
  readonly bornMonotonic: number;

  readonly #files: FileSystem;
  readonly #encoder: LineEncoder;
  readonly #queue: UnplacedRecord[] = [];
  #fd: number | undefined;
  #syncing = false;
  #closeAfterSync = false;
  #size: number;
  #place: ChainPlace;
  #torn: boolean;

  constructor(
    files: FileSystem,
    encoder: LineEncoder,
    fields: {
      readonly id: number;
      readonly base: string;
      readonly path: string;
      readonly fd: number;
      readonly state: SegmentState;
      readonly bornMonotonic: number;
    },
  ) {
    this.#files = files;
    this.#encoder = encoder;
    this.id = fields.id;
    this.base = fields.base;
    this.path = fields.path;
    this.bornMonotonic = fields.bornMonotonic;
    this.#fd = fields.fd;
    this.#size = fields.state.size;
    this.#place = fields.state.place;
    this.#torn = fields.state.torn;
  }

  get size(): number {
    return this.#size;
  }

  /** The next record's place: its `prev` is the hash of the last line. */
  get place(): ChainPlace {
    return this.#place;
  }

  get hasQueued(): boolean {
    return this.#queue.length > 0;
  }

  /** The open file; opens it again when it was closed to save descriptors. Throws as `open` does. */
  fd(): number {
    this.#fd ??= this.#files.openExisting(this.path);
    return this.#fd;
  }

  /** Takes a record for the next write. `optional` ones are dropped when very many wait. */
  enqueue(record: UnplacedRecord, optional = false): void {
    if (this.gone || (optional && this.#queue.length >= MAX_QUEUED_RECORDS)) return;
    this.#queue.push(record);
  }

  /** Writes what is queued, or the first thousand of it; throws when that is not wholly written. */
  flush(): void {
    if (this.#queue.length > 0) this.#write(undefined);
  }

  /** Writes what is queued and then the record, in one write; throws when that is not wholly written. */
  append(record: UnplacedRecord): Written {
    return this.#write(record);
  }

  read(into: Buffer, length: number, offset: number): number {
    return this.#files.read(this.fd(), into, length, offset);
  }

  /** False when the file is no longer where this process put it. */
  isInPlace(): boolean {
    try {
      return this.#files.isStillAt(this.#fd, this.path);
    } catch {
      return false;
    }
  }

  /** Rejects when the disk does. */
  async datasync(): Promise<void> {
    const fd = this.fd();
    this.#syncing = true;
    try {
      await this.#files.datasync(fd);
    } finally {
      this.#syncing = false;
      if (this.#closeAfterSync) this.closeFile();
    }
  }

  /** Saves a descriptor; whatever needs the file opens it again. */
  closeFile(): void {
    // A descriptor that a sync still waits for must not be given to another file.
    this.#closeAfterSync = this.#syncing;
    if (this.#syncing || this.#fd === undefined) return;
    const fd = this.#fd;
    this.#fd = undefined;
    try {
      this.#files.close(fd);
    } catch {
      // The descriptor is gone either way, and a sync has told of trouble with the data.
    }
  }

  #write(last: UnplacedRecord | undefined): Written {
    const encoder = this.#encoder;
    const queued = Math.min(this.#queue.length, QUEUED_PER_WRITE);
    const ends: number[] = [];
    const places: ChainPlace[] = [];
    encoder.clear();
    if (this.#torn) encoder.newline();
    let place = this.#place;
    let lastFrom = encoder.length;
    const add = (record: UnplacedRecord): void => {
      lastFrom = encoder.length;
      place = encoder.add(record, place);
      ends.push(encoder.length);
      places.push(place);
    };
    for (let index = 0; index < queued; index += 1) {
      const record = this.#queue[index];
      if (record !== undefined) add(record);
    }
    if (last !== undefined) add(last);
    const base = this.#size;
    const total = encoder.length;
    let done = 0;
    try {
      const fd = this.fd();
      while (done < total) {
        const taken = this.#files.write(fd, encoder.bytes, done, total - done);
        if (taken <= 0) throw new Error('the disk took nothing');
        done += taken;
      }
    } catch (error) {
      this.#landed(done, ends, places);
      throw error;
    }
    this.#torn = false;
    this.#size = base + total;
    this.#place = place;
    this.#queue.splice(0, queued);
    queueMicrotask(() => void place.prev);
    return { offset: base + lastFrom, length: total - lastFrom - 1, seq: place.seq - 1 };
  }

  /** After a failed write: whole lines that landed stand; the rest is void and will be written again. */
  #landed(done: number, ends: readonly number[], places: readonly ChainPlace[]): void {
    let whole = 0;
    while (whole < ends.length && (ends[whole] ?? 0) <= done) whole += 1;
    this.#queue.splice(0, whole);
    this.#place = places[whole - 1] ?? this.#place;
    this.#torn = true;
    try {
      this.#size = this.#files.size(this.fd());
    } catch {
      this.#size += done;
    }
  }
}
