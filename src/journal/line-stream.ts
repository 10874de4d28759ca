import type { FileSystem } from './file-system';
import { nextTurn } from './next-turn';
import { MAX_LINE_BYTES } from './records';

const NEWLINE = 10;
/** Small enough that the lines of one read never hold up the event loop. */
const CHUNK_BYTES = 256 * 1024;

/** One read's worth of whole lines. The bytes are only good until the next chunk is asked for. */
export interface LineChunk {
  readonly bytes: Buffer;
  /** Begin and end of each line in `bytes`, one after the other; newlines are left out. */
  readonly bounds: readonly number[];
  /** Where `bytes` begins in the file. */
  readonly offset: number;
  /** A line before the first of these was too long to be one of ours, and was not kept. */
  readonly skippedLine: boolean;
  /** The last line has no newline: the file ends in the middle of it. */
  readonly torn: boolean;
}

/**
 * A file's lines, without keeping the file in memory or the event loop busy. A process with nothing else to do
 * may end in between. Rejects when the disk does.
 */
export async function* lineChunks(
  files: Pick<FileSystem, 'readLater'>,
  fd: number,
): AsyncGenerator<LineChunk, void, undefined> {
  let bytes = Buffer.allocUnsafeSlow(2 * CHUNK_BYTES);
  /** Bytes of an unfinished line at the front of the buffer, and where they stand in the file. */
  let kept = 0;
  let offset = 0;
  let skipping = false;
  for (;;) {
    if (bytes.length - kept < CHUNK_BYTES) {
      const grown = Buffer.allocUnsafeSlow(bytes.length * 2);
      bytes.copy(grown, 0, 0, kept);
      bytes = grown;
    }
    const count = await files.readLater(fd, bytes.subarray(kept), CHUNK_BYTES, offset + kept);
    if (count === 0) break;
    const end = kept + count;
    const filled = bytes.subarray(0, end);
    const bounds: number[] = [];
    let from = 0;
    let skippedLine = false;
    for (let at = filled.indexOf(NEWLINE, kept); at >= 0; at = filled.indexOf(NEWLINE, from)) {
      if (skipping) skippedLine = true;
      else bounds.push(from, at);
      skipping = false;
      from = at + 1;
    }
    yield { bytes, bounds, offset, skippedLine, torn: false };
    bytes.copyWithin(0, from, end);
    offset += from;
    kept = end - from;
    if (kept > MAX_LINE_BYTES) {
      skipping = true;
      offset += kept;
      kept = 0;
    }
    await nextTurn();
  }
  if (kept === 0 && !skipping) return;
  const bounds = skipping ? [] : [0, kept];
  yield { bytes, bounds, offset, skippedLine: skipping, torn: true };
}
