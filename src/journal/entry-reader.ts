import type { SealedEntry } from '../entry/sealed-entry';
import { entryOf, readLineFields } from './entry-line';
import { hasRightCrc } from './line-head';
import type { OwnSegments } from './own-segments';
import type { Position } from './positions';

export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: SealedEntry }
  /** The bytes are not what was written. */
  | { readonly kind: 'damaged' }
  /** The file cannot be read now. */
  | { readonly kind: 'unreadable' };

const KEEP_BYTES = 1_048_576;

/** Reads entries back from where their positions say. */
export class EntryReader {
  readonly #segments: OwnSegments;
  #buffer = Buffer.allocUnsafeSlow(16 * 1_024);

  constructor(segments: OwnSegments) {
    this.#segments = segments;
  }

  read(position: Position): EntryReading {
    const segment = this.#segments.get(position.segment);
    if (segment === undefined) return { kind: 'unreadable' };
    const { length, offset } = position;
    const buffer = length <= this.#buffer.length ? this.#buffer : Buffer.allocUnsafeSlow(length);
    if (length <= KEEP_BYTES) this.#buffer = buffer;
    let count: number;
    try {
      count = this.#segments.read(segment, buffer, length, offset);
    } catch {
      return { kind: 'unreadable' };
    }
    if (count !== length || !hasRightCrc(buffer, 0, length)) return { kind: 'damaged' };
    const line = readLineFields(buffer.subarray(0, length));
    const entry = line === undefined ? undefined : entryOf(line);
    return entry === undefined ? { kind: 'damaged' } : { kind: 'entry', entry };
  }
}
