import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { CRC_MARK, NO_HASH, PAYLOAD_MARK, type UnplacedRecord, wholeMillis } from './records';

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

/**
 * The place after a line, whose hash is made when it is first asked for. It takes about as long as the write
 * itself, and no bot has to wait for it in `span.end()`.
 *
 * The line stands in the encoder's buffer: the hash has to be asked for before that is used again.
 */
class PlaceAfter implements ChainPlace {
  readonly seq: number;
  #line: Buffer | undefined;
  #prev = NO_HASH;

  constructor(seq: number, line: Buffer) {
    this.seq = seq;
    this.#line = line;
  }

  get prev(): string {
    if (this.#line !== undefined) {
      this.#prev = lineHash(this.#line);
      this.#line = undefined;
    }
    return this.#prev;
  }
}

export const lineCrc = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(8, '0');

/** Turns records into chained lines in one reused buffer, ready for one write. */
export class LineEncoder {
  #bytes = Buffer.allocUnsafeSlow(START_BYTES);
  #end = 0;
  /** Whose line may still have to be hashed. Earlier ones of the buffer are: the next line holds their hash. */
  #last: ChainPlace | undefined;

  get bytes(): Buffer {
    return this.#bytes;
  }

  get length(): number {
    return this.#end;
  }

  /** Begins anew. What was written before has its hash then. */
  clear(): void {
    void this.#last?.prev;
    this.#last = undefined;
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
    const at = wholeMillis(record.atMillis);
    const { payload } = record;
    const head = `{"kind":"${record.kind}","seq":${place.seq},"at":${at},"prev":"${place.prev}"${record.fields}${payload === undefined ? '' : PAYLOAD_MARK}`;
    this.#reserve((head.length + (payload?.length ?? 0)) * 3 + 64);
    const from = this.#end;
    let end = from + this.#bytes.write(head, from, 'utf8');
    if (payload !== undefined) end += this.#bytes.write(payload, end, 'utf8');
    const crc = lineCrc(this.#bytes.subarray(from, end));
    end += this.#bytes.write(`${CRC_MARK}${crc}"}\n`, end, 'latin1');
    this.#end = end;
    this.#last = new PlaceAfter(place.seq + 1, this.#bytes.subarray(from, end - 1));
    return this.#last;
  }

  #reserve(more: number): void {
    const needed = this.#end + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#end);
    this.#bytes = grown;
  }
}
