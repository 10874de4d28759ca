import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CRC_MARK, NO_HASH, type UnplacedRecord } from './records';

const NEWLINE = 10;
const START_BYTES = 64 * 1024;
/** A buffer that one huge record has blown up is given back after the write. */
const KEEP_BYTES = 1_048_576;

/** Where the next line of a file goes in its chain. */
export interface ChainPlace {
  readonly seq: number;
  readonly prev: string;
}

export const CHAIN_START: ChainPlace = { seq: 0, prev: NO_HASH };

/** What the chain remembers of a line: the next one's `prev`. The line is given without its newline. */
export const lineHash = (line: Buffer): string => hash('sha256', line, 'hex');

export const lineCrc = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(8, '0');

/** Turns records into chained lines in one reused buffer, ready for one write. */
export class LineEncoder {
  #bytes = Buffer.allocUnsafeSlow(START_BYTES);
  #end = 0;

  get bytes(): Buffer {
    return this.#bytes;
  }

  get length(): number {
    return this.#end;
  }

  clear(): void {
    this.#end = 0;
    if (this.#bytes.length > KEEP_BYTES) this.#bytes = Buffer.allocUnsafeSlow(START_BYTES);
  }

  newline(): void {
    this.#reserve(1);
    this.#bytes[this.#end] = NEWLINE;
    this.#end += 1;
  }

  /** Adds the record's line and returns the place after it. */
  add(record: UnplacedRecord, place: ChainPlace): ChainPlace {
    const head = `{"kind":"${record.kind}","seq":${place.seq},"at":${record.atMillis},"prev":"${place.prev}"`;
    this.#reserve(head.length + record.fields.length * 3 + 32);
    const from = this.#end;
    let end = from + this.#bytes.write(head, from, 'latin1');
    end += this.#bytes.write(record.fields, end, 'utf8');
    const crc = lineCrc(this.#bytes.subarray(from, end));
    end += this.#bytes.write(`${CRC_MARK}${crc}"}\n`, end, 'latin1');
    this.#end = end;
    return { seq: place.seq + 1, prev: lineHash(this.#bytes.subarray(from, end - 1)) };
  }

  #reserve(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#end);
    this.#bytes = grown;
  }
}
