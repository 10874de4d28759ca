import { crc32 } from 'node:zlib';
import { CRC_MARK, CRC_TAIL_BYTES, RECORD_KINDS, type RecordKind } from './records';

const KIND_START = '{"kind":"'.length;
const QUOTE = 34;
const BACKSLASH = 92;
const ZERO = 48;
const NINE = 57;
const LONGEST_KIND = 9;
const KINDS: ReadonlyMap<string, RecordKind> = new Map(RECORD_KINDS.map((kind) => [kind, kind]));

const KIND_PREFIX = Buffer.from('{"kind":"');
const SEQ = Buffer.from('","seq":');
const AT = Buffer.from(',"at":');
const PREV = Buffer.from(',"prev":"');
const HASH_LENGTH = 64;

/** The first bytes of a line, read without parsing it. */
export interface LineHead {
  readonly kind: RecordKind;
  readonly seq: number;
  readonly atMillis: number;
  readonly prev: string;
  /** Where the record's own fields begin: at a comma. */
  readonly fieldsFrom: number;
}

/** Reads numbers and literals off a line, one after the other. */
export class LineReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  position: number;

  constructor(bytes: Buffer, from: number, end: number) {
    this.#bytes = bytes;
    this.position = from;
    this.#end = end;
  }

  /** Steps over `expected`; false, and no step, when something else stands there. */
  skip(expected: Buffer): boolean {
    const { position } = this;
    if (position + expected.length > this.#end) return false;
    for (let index = 0; index < expected.length; index += 1) {
      if (this.#bytes[position + index] !== expected[index]) return false;
    }
    this.position = position + expected.length;
    return true;
  }

  /** Digits as a number; -1 when there are none. */
  digits(): number {
    let value = -1;
    for (; this.position < this.#end; this.position += 1) {
      const byte = this.#bytes[this.position] ?? 0;
      if (byte < ZERO || byte > NINE) break;
      value = Math.max(value, 0) * 10 + (byte - ZERO);
    }
    return value;
  }

  /** Steps to behind the closing quote of a JSON string; stays when there is none near. */
  skipString(longest: number): void {
    let escaped = false;
    const last = Math.min(this.#end, this.position + longest);
    for (let at = this.position; at < last; at += 1) {
      const byte = this.#bytes[at];
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        this.position = at + 1;
        return;
      }
    }
  }

  latin1(length: number): string {
    const from = this.position;
    this.position = from + length;
    return this.#bytes.toString('latin1', from, this.position);
  }
}

/** The head of a whole, undamaged line that stands in `bytes` from `from` to `end` (no newline). */
export function readLineHead(bytes: Buffer, from: number, end: number): LineHead | undefined {
  if (!hasRightCrc(bytes, from, end)) return undefined;
  const reader = new LineReader(bytes, from, end);
  if (!reader.skip(KIND_PREFIX)) return undefined;
  const kindEnd = bytes.indexOf(QUOTE, from + KIND_START);
  const kindLength = kindEnd - reader.position;
  if (kindEnd < 0 || kindEnd >= end || kindLength > LONGEST_KIND) return undefined;
  const kind = KINDS.get(reader.latin1(kindLength));
  if (kind === undefined || !reader.skip(SEQ)) return undefined;
  const seq = reader.digits();
  if (seq < 0 || !reader.skip(AT)) return undefined;
  const atMillis = reader.digits();
  if (!reader.skip(PREV)) return undefined;
  const prev = reader.latin1(HASH_LENGTH);
  reader.position += 1;
  return { kind, seq, atMillis, prev, fieldsFrom: reader.position };
}

const CRC = Buffer.from(CRC_MARK);
const CLOSE_BRACE = 125;
const LETTER_A = 97;
const LETTER_F = 102;

/** Whether the line carries the checksum of its own bytes. */
export function hasRightCrc(bytes: Buffer, from: number, end: number): boolean {
  const crcFrom = end - CRC_TAIL_BYTES;
  if (crcFrom <= from || bytes[end - 2] !== QUOTE || bytes[end - 1] !== CLOSE_BRACE) return false;
  for (let at = 0; at < CRC.length; at += 1) if (bytes[crcFrom + at] !== CRC[at]) return false;
  return hexAt(bytes, crcFrom + CRC.length, end - 2) === crc32(bytes.subarray(from, crcFrom));
}

/** -1 for anything but digits and small letters, as the checksum is written. */
function hexAt(bytes: Buffer, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const digit =
      byte >= ZERO && byte <= NINE
        ? byte - ZERO
        : byte >= LETTER_A && byte <= LETTER_F
          ? byte - LETTER_A + 10
          : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
