import type { FileSystem } from './file-system';
import { MAX_LINE_BYTES } from './records';

const NEWLINE = 10;
/** Small enough that the lines of one read never hold up the event loop. */
const CHUNK_BYTES = 256 * 1024;

export interface LineReceiver {
  /** A line without its newline; the bytes are only good during the call. */
  line(bytes: Buffer, from: number, end: number, offset: number): void;
  /** A line too long to be one of ours; it was not kept. */
  damaged(): void;
}

/** How a file ended. */
export interface FileEnd {
  readonly size: number;
  /** The last line has no newline. It was given to the receiver all the same. */
  readonly torn: boolean;
}

/**
 * Reads a file's lines without keeping the file in memory or the event loop busy. A process with nothing else
 * to do may end in between.
 *
 * Rejects when the disk does; stops early, between two reads, when `isWanted` says no.
 */
export async function streamLines(
  files: Pick<FileSystem, 'readLater'>,
  fd: number,
  receiver: LineReceiver,
  isWanted: () => boolean = () => true,
): Promise<FileEnd> {
  let bytes = Buffer.allocUnsafeSlow(2 * CHUNK_BYTES);
  /** Bytes of an unfinished line at the front of the buffer, and where they stand in the file. */
  let kept = 0;
  let keptAt = 0;
  let skipping = false;
  while (isWanted()) {
    if (bytes.length - kept < CHUNK_BYTES) {
      const grown = Buffer.allocUnsafeSlow(bytes.length * 2);
      bytes.copy(grown, 0, 0, kept);
      bytes = grown;
    }
    const target = bytes.subarray(kept, kept + CHUNK_BYTES);
    const count = await files.readLater(fd, target, target.length, keptAt + kept);
    if (count === 0) break;
    const end = kept + count;
    const filled = bytes.subarray(0, end);
    let from = 0;
    for (let at = filled.indexOf(NEWLINE, kept); at >= 0; at = filled.indexOf(NEWLINE, from)) {
      if (skipping) receiver.damaged();
      else receiver.line(bytes, from, at, keptAt + from);
      skipping = false;
      from = at + 1;
    }
    bytes.copyWithin(0, from, end);
    keptAt += from;
    kept = end - from;
    if (kept > MAX_LINE_BYTES) {
      skipping = true;
      keptAt += kept;
      kept = 0;
    }
    await nextTurn();
  }
  const torn = kept > 0 || skipping;
  if (skipping) receiver.damaged();
  else if (kept > 0) receiver.line(bytes, 0, kept, keptAt);
  return { size: keptAt + kept, torn };
}

/** Lets the bot's work go first, and a process that has none end. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve).unref();
  });
