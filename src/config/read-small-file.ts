import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  /** `reason` follows the file's name in a message: `cannot be read (ENOENT)`. */
  | { readonly kind: 'trouble'; readonly reason: string };

/**
 * The text of a regular file of at most `maxBytes`. Never throws and never blocks: a pipe that nobody
 * writes to would hold up the start of the bot.
 */
export function readSmallFile(path: string, maxBytes: number): FileText {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(file).isFile()) return trouble('is not a regular file');
    const bytes = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      length += read;
      if (length > maxBytes) return trouble(`is larger than ${maxBytes} bytes`);
      if (read === 0) break;
    }
    const content = bytes.subarray(0, length);
    return isUtf8(content) ? { kind: 'text', text: content.toString() } : trouble('is not UTF-8 text');
  } catch (error) {
    return trouble(`cannot be read (${codeOf(error)})`);
  } finally {
    if (file !== undefined) closeQuietly(file);
  }
}

const trouble = (reason: string): FileText => ({ kind: 'trouble', reason });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // It was only read.
  }
}
