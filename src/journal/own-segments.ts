import { join } from 'node:path';
import type { Clock } from '../lib/clock';
import type { FileSystem } from './file-system';
import { LineEncoder } from './line-encoder';
import { FORMAT_VERSION, factFields, type UnplacedRecord } from './records';
import { EMPTY_SEGMENT, Segment, type SegmentState, type Written } from './segment';
import { newBase, segmentFile } from './segment-name';

const DAY_MILLIS = 86_400_000;
/** So many files stay open; others are opened again when needed. */
const OPEN_FILES = 64;

export interface OwnSegmentsOptions {
  readonly folder: string;
  readonly writer: string;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly segmentBytes: number;
  /** Who writes: versions, process, self-check; part of each file's first line. */
  readonly about: Readonly<Record<string, unknown>>;
  folderChanged(folder: string): void;
}

/**
 * The files that this process owns: the one that takes new entries, former ones, and those taken over. Only
 * their owner writes to them, and what happens to an entry is written to the file that holds it, so no two
 * files ever have to agree.
 */
export class OwnSegments {
  readonly #options: OwnSegmentsOptions;
  readonly #encoder = new LineEncoder();
  readonly #segments = new Map<number, Segment>();
  /** Open files, the one used longest ago first. */
  readonly #openFiles = new Set<Segment>();
  /** Written to since the last sync began. */
  readonly dirty = new Set<Segment>();
  #active: Segment | undefined;
  #nextId = 1;
  #nextIndex = 1;

  constructor(options: OwnSegmentsOptions) {
    this.#options = options;
  }

  get(id: number): Segment | undefined {
    return this.#segments.get(id);
  }

  all(): IterableIterator<Segment> {
    return this.#segments.values();
  }

  get bytes(): number {
    let bytes = 0;
    for (const segment of this.#segments.values()) bytes += segment.size;
    return bytes;
  }

  isActive(segment: Segment): boolean {
    return segment === this.#active;
  }

  /** Writes a record to the file for new entries, which is begun or changed when it is time. Throws. */
  append(record: UnplacedRecord | ((into: Segment) => UnplacedRecord)): {
    readonly segment: Segment;
    readonly written: Written;
  } {
    const segment = this.#activeSegment();
    const placed = typeof record === 'function' ? record(segment) : record;
    const written = this.#writing(segment, () => segment.append(placed));
    return { segment, written };
  }

  /** Writes what is queued for a file. Throws. */
  flush(segment: Segment): void {
    this.#writing(segment, () => segment.flush());
  }

  /** Reads from a file. Throws. */
  read(segment: Segment, into: Buffer, length: number, offset: number): number {
    const count = segment.read(into, length, offset);
    this.#used(segment);
    return count;
  }

  /** The file for new entries takes no more; the next one begins a new file. */
  endActive(): void {
    this.#active = undefined;
  }

  adopt(base: string, path: string, fd: number, state: SegmentState): Segment {
    const segment = new Segment(this.#options.files, this.#encoder, {
      id: this.#nextId,
      base,
      path,
      fd,
      state,
      bornMonotonic: this.#options.clock.monotonicMillis(),
    });
    this.#nextId += 1;
    this.#segments.set(segment.id, segment);
    this.#used(segment);
    return segment;
  }

  /** It is no longer ours: put away, removed, or gone. */
  release(segment: Segment): void {
    segment.closeFile();
    this.#segments.delete(segment.id);
    this.#openFiles.delete(segment);
    this.dirty.delete(segment);
    if (this.#active === segment) this.#active = undefined;
  }

  #activeSegment(): Segment {
    const former = this.#active;
    const { clock, segmentBytes } = this.#options;
    if (former !== undefined && !former.gone && !former.unsafe) {
      const age = clock.monotonicMillis() - former.bornMonotonic;
      if (former.size < segmentBytes && age < DAY_MILLIS) return former;
    }
    const segment = this.#begin(former);
    this.#active = segment;
    return segment;
  }

  #begin(former: Segment | undefined): Segment {
    const { folder, writer, files, clock, about } = this.#options;
    const atMillis = clock.wallMillis();
    const base = newBase(atMillis, writer, this.#nextIndex);
    const path = join(folder, segmentFile({ base, owner: writer }));
    const fd = files.create(path);
    this.#nextIndex += 1;
    this.#options.folderChanged(folder);
    const segment = this.adopt(base, path, fd, EMPTY_SEGMENT);
    const previous =
      former === undefined
        ? {}
        : { previous: { file: former.base, seq: former.place.seq - 1, hash: former.place.prev } };
    try {
      const fields = `,"format":${FORMAT_VERSION}${factFields({ writer, ...previous, about })}`;
      this.#writing(segment, () => segment.append({ kind: 'open', atMillis, fields }));
    } catch (error) {
      // An empty or torn file says nothing; leaving it would make the next try leave another.
      this.release(segment);
      try {
        files.remove(path);
      } catch {
        // It stays, and holds nothing.
      }
      throw error;
    }
    return segment;
  }

  #writing<T>(segment: Segment, write: () => T): T {
    try {
      return write();
    } finally {
      this.dirty.add(segment);
      this.#used(segment);
    }
  }

  #used(segment: Segment): void {
    if (this.#openFiles.has(segment)) {
      if (this.#openFiles.size < OPEN_FILES) return;
      this.#openFiles.delete(segment);
    }
    this.#openFiles.add(segment);
    for (const other of this.#openFiles) {
      if (this.#openFiles.size <= OPEN_FILES) return;
      if (other === segment || this.isActive(other) || other.gone || other.unsafe || this.dirty.has(other))
        continue;
      this.#openFiles.delete(other);
      other.closeFile();
    }
  }
}
