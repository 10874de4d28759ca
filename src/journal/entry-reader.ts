import type { SealedEntry } from '../entry/sealed-entry';
import { entryOf, readLineFields } from './entry-line';
import { hasRightCrc } from './line-head';
import type { OwnSegments } from './own-segments';
import type { Position } from './positions';
import type { Segment } from './segment';

export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: SealedEntry }
  /** The bytes are not what was written. */
  | { readonly kind: 'damaged' }
  /** The file cannot be read now. */
  | { readonly kind: 'unreadable' };

const KEEP_BYTES = 1_048_576;
/** What is read at once when entries are read in the order of the file, as a backlog is. */
const AHEAD_BYTES = 65_536;
/** Records about other entries stand between. */
const NEAR_BYTES = 4_096;

/** Reads entries back from where their positions say. Lines never change, so what was read ahead stays right. */
export class EntryReader {
  readonly #segments: OwnSegments;
  #buffer = Buffer.allocUnsafeSlow(16 * 1_024);
  /** What the buffer holds: a part of one file. */
  #held = { segment: 0, from: 0, to: 0 };
  #lastEnd = { segment: 0, offset: 0 };

  constructor(segments: OwnSegments) {
    this.#segments = segments;
  }

  read(position: Position): EntryReading {
    const segment = this.#segments.get(position.segment);
    if (segment === undefined) return { kind: 'unreadable' };
    const { length, offset } = position;
    try {
      if (!this.#holds(position)) this.#fetch(segment, position);
    } catch {
      return { kind: 'unreadable' };
    }
    const from = offset - this.#held.from;
    this.#lastEnd = { segment: position.segment, offset: offset + length };
    if (!this.#holds(position) || !hasRightCrc(this.#buffer, from, from + length)) return { kind: 'damaged' };
    const line = readLineFields(this.#buffer.subarray(from, from + length));
    const entry = line === undefined ? undefined : entryOf(line);
    return entry === undefined ? { kind: 'damaged' } : { kind: 'entry', entry };
  }

  #holds({ segment, offset, length }: Position): boolean {
    const held = this.#held;
    return segment === held.segment && offset >= held.from && offset + length <= held.to;
  }

  #fetch(segment: Segment, { offset, length }: Position): void {
    const gap = offset - this.#lastEnd.offset;
    const isNext = this.#lastEnd.segment === segment.id && gap >= 0 && gap <= NEAR_BYTES;
    const wanted = isNext ? Math.max(length, AHEAD_BYTES) : length;
    if (wanted > this.#buffer.length || this.#buffer.length > KEEP_BYTES) {
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(wanted, AHEAD_BYTES));
    }
    this.#held = { segment: 0, from: 0, to: 0 };
    const count = this.#segments.read(segment, this.#buffer, wanted, offset);
    this.#held = { segment: segment.id, from: offset, to: offset + count };
  }
}
