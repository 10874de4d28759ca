import type { FileSystem } from './file-system';
import { type ChainPlace, lineHash } from './line-encoder';
import { type LineHead, LineReader, readLineHead } from './line-head';
import { type LineChunk, lineChunks } from './line-stream';
import { nextBackgroundTurn } from './next-turn';
import { NO_HASH } from './records';
import { EntryTable } from './scanned-entries';
import type { SegmentState } from './segment';
import type { ArchiveMark } from './segment-name';

const REFERENCE = Buffer.from(',"entry":');
const START = Buffer.from(',"start":');
const END = Buffer.from(',"end":');
const ORDER_ID = Buffer.from(',"orderId":"');
const CLIENT_ORDER_ID = Buffer.from(',"clientOrderId":"');
const NO_ORDER = Buffer.from(',"noOrder":true');
const RECORD_ONLY = Buffer.from(',"recordOnly":true');
const WAITING = Buffer.from(',"waiting":true');
const WAITS = Buffer.from(',"waits":true');
const REPLACES = Buffer.from(',"replaces":');
const UNCERTAIN = Buffer.from(',"uncertain":true');
const SETTLES_ELSEWHERE = Buffer.from(',"of":"');
const LONGEST_ORDER_ID = 19;
const LONGEST_CLIENT_ORDER_ID = 4_096;
const QUOTE = 34;

/**
 * What a journal file says, line by line: which entries are still open, and where the chain goes on.
 *
 * A line is taken only with the right checksum. A line whose hash is not what the next one says, though
 * nothing between them is damaged, was changed on purpose: an entry in it is not sent.
 */
export class SegmentScan implements SegmentState {
  readonly entries = new EntryTable();
  readonly unsettled = new Set<number>();
  readonly marks = new Set<ArchiveMark>();
  /** Lines that were torn, damaged or changed; they stay in the file and mean nothing. */
  damagedLines = 0;
  /** The last line closes the file: its writer ended in order. */
  endedInOrder = false;
  lastMillis = 0;
  /** There is more than the names of those who wrote to it. */
  hasContent = false;

  size = 0;
  torn = false;

  #seq = -1;
  #hash = NO_HASH;
  #gap = false;
  #afterEntry = false;

  get place(): ChainPlace {
    return { seq: this.#seq + 1, prev: this.#hash };
  }

  chunk({ bytes, bounds, offset, skippedLine, torn }: LineChunk): void {
    if (skippedLine) this.damaged();
    for (let at = 0; at < bounds.length; at += 2) {
      const from = bounds[at] ?? 0;
      this.line(bytes, from, bounds[at + 1] ?? from, offset + from);
    }
    this.torn = torn;
  }

  /** Takes the line that stands in `bytes` from `from` to `end`, and in the file at `offset`. */
  line(bytes: Buffer, from: number, end: number, offset: number): void {
    if (from === end) return;
    const head = readLineHead(bytes, from, end);
    if (head === undefined) {
      this.damaged();
      return;
    }
    this.#follow(head);
    this.#seq = head.seq;
    this.#hash = lineHash(bytes.subarray(from, end));
    this.#gap = false;
    this.#afterEntry = head.kind === 'entry';
    this.lastMillis = Math.max(this.lastMillis, head.atMillis);
    this.endedInOrder = head.kind === 'close';
    this.#take(head, bytes, from, end, offset);
  }

  damaged(): void {
    this.damagedLines += 1;
    this.#gap = true;
    this.hasContent = true;
    this.marks.add('damaged');
  }

  #follow(head: LineHead): void {
    if (head.seq <= this.#seq) {
      // Written again after a failed write. An entry is the last record of a write, so only the line just
      // before can be one that landed although nobody was told so; it was written again elsewhere.
      if (this.#afterEntry) this.entries.void(this.#seq);
    } else if (!this.#gap && head.prev !== this.#hash) {
      this.damaged();
      if (head.seq === this.#seq + 1) this.entries.close(this.#seq);
    }
  }

  #take(head: LineHead, bytes: Buffer, from: number, end: number, offset: number): void {
    const reader = new LineReader(bytes, head.fieldsFrom, end);
    if (head.kind !== 'open' && head.kind !== 'claim' && head.kind !== 'close') this.hasContent = true;
    switch (head.kind) {
      case 'entry':
        this.#entry(head.seq, reader, offset, end - from);
        return;
      case 'open':
      case 'claim':
      case 'close':
      case 'note':
      case 'span':
      case 'paused':
      case 'resumed':
        return;
      case 'settled':
        if (reader.skip(SETTLES_ELSEWHERE)) this.marks.add('settled');
    }
    const about = reader.skip(REFERENCE) ? reader.digits() : -1;
    if (about < 0) {
      if (head.kind === 'invalid') this.unsettled.add(head.seq);
      return;
    }
    switch (head.kind) {
      case 'link': {
        const waits = reader.skip(WAITS);
        if (!reader.skip(ORDER_ID)) return;
        this.marks.add('orders');
        this.entries.link(about, quoted(reader, bytes, LONGEST_ORDER_ID), waits);
        return;
      }
      case 'released':
        this.entries.released(about);
        return;
      case 'sending':
        this.entries.began(about);
        return;
      case 'attempt':
        this.entries.failed(about, bytes.subarray(reader.position, end).includes(UNCERTAIN));
        return;
      case 'rejected':
      case 'invalid':
        if (this.entries.close(about)) this.unsettled.add(about);
        return;
      case 'accepted':
      case 'skip':
      case 'settled':
      case 'moved':
        this.entries.close(about);
        this.unsettled.delete(about);
    }
  }

  #entry(seq: number, reader: LineReader, offset: number, length: number): void {
    if (!reader.skip(START)) return;
    const startedMillis = reader.digits();
    if (!reader.skip(END)) return;
    const endedMillis = reader.digits();
    const linked = reader.skip(ORDER_ID);
    if (linked) {
      this.marks.add('orders');
      reader.digits();
      reader.position += 1;
    }
    const clientOrderId = reader.skip(CLIENT_ORDER_ID);
    if (clientOrderId) reader.skipString(LONGEST_CLIENT_ORDER_ID);
    const noOrder = reader.skip(NO_ORDER);
    const recordOnly = reader.skip(RECORD_ONLY);
    const waiting = reader.skip(WAITING);
    const replaced = reader.skip(REPLACES) ? reader.digits() : -1;
    const entry = {
      seq,
      offset,
      length,
      startedMillis,
      endedMillis,
      linked,
      clientOrderId,
      noOrder,
      recordOnly,
      waiting,
    };
    if (!this.entries.add(entry)) this.damaged();
    else if (replaced >= 0) this.entries.close(replaced);
  }
}

function quoted(reader: LineReader, bytes: Buffer, longest: number): string {
  const end = bytes.indexOf(QUOTE, reader.position);
  return reader.latin1(Math.min(Math.max(end - reader.position, 0), longest));
}

/** Scans a whole file; what it gives is incomplete once `isWanted` said no. Rejects when the disk does. */
export async function scanFile(
  files: Pick<FileSystem, 'readLater' | 'size'>,
  fd: number,
  isWanted: () => boolean = () => true,
): Promise<SegmentScan> {
  const scan = new SegmentScan();
  for await (const chunk of lineChunks(files, fd, nextBackgroundTurn)) {
    if (!isWanted()) return scan;
    scan.chunk(chunk);
  }
  scan.size = files.size(fd);
  return scan;
}
