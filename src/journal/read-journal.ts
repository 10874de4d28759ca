import { closeSync, constants, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SealedEntry } from '../entry/sealed-entry';
import { entryOf, readLineFields } from './entry-line';
import { nodeFileSystem } from './file-system';
import { archiveFolder } from './folder';
import { lineHash } from './line-encoder';
import { readLineHead } from './line-head';
import { lineChunks } from './line-stream';
import type { RecordKind } from './records';
import { type ArchiveMark, parseArchivedFile, parseSegmentFile } from './segment-name';

/** One file of an account, wherever it stands. */
export interface JournalFile {
  /** Its lasting name: begin, first writer, number. */
  readonly base: string;
  readonly path: string;
  readonly isArchived: boolean;
  /** Who owns it now; archived files belong to nobody. */
  readonly owner: string | undefined;
  readonly marks: readonly ArchiveMark[];
}

/** A whole, undamaged line. */
export interface JournalRecord {
  readonly kind: RecordKind;
  readonly seq: number;
  readonly atMillis: number;
  readonly prev: string;
  /** The SHA-256 of this line: the next one's `prev`. */
  readonly hash: string;
  /** The number, in the same file, of the entry that the record is about. */
  readonly about: number | undefined;
  /** The entry that the line holds. */
  readonly entry: SealedEntry | undefined;
  /** All fields of the line as JSON values, without the payload. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface JournalLine {
  /** Counted from 1, as editors do; empty lines count. */
  readonly line: number;
  /** `undefined`: torn or damaged. */
  readonly record: JournalRecord | undefined;
  /** The file ends in the middle of this line, or at least before its newline. */
  readonly isUnfinished: boolean;
  /** The line without its newline, good until the next one is asked for; empty when it was too long to be ours. */
  readonly bytes: Buffer;
}

const NO_BYTES = Buffer.alloc(0);

/** The account's files, oldest first. An account without a folder has none. */
export function listFiles(folder: string): JournalFile[] {
  const found = new Map<string, JournalFile>();
  // In this order: files are moved from here to the archive, and one that moves meanwhile must not be missed.
  for (const file of namesIn(folder)) {
    const name = parseSegmentFile(file);
    if (name === undefined) continue;
    const path = join(folder, file);
    found.set(name.base, { base: name.base, path, isArchived: false, owner: name.owner, marks: [] });
  }
  for (const file of namesIn(archiveFolder(folder))) {
    const name = parseArchivedFile(file);
    if (name === undefined) continue;
    const path = join(archiveFolder(folder), file);
    found.set(name.base, { base: name.base, path, isArchived: true, owner: undefined, marks: name.marks });
  }
  return [...found.values()].sort((one, other) => (one.base < other.base ? -1 : 1));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * The lines of one file, in order; empty ones are left out. Reads only: nothing is claimed, changed or kept,
 * and a live process may go on writing. Rejects when the file cannot be read.
 */
export async function* readLines(folder: string, file: JournalFile): AsyncGenerator<JournalLine, void> {
  const fd = openToRead(folder, file);
  if (fd === undefined) return;
  try {
    let line = 0;
    for await (const { bytes, bounds, skippedLine, torn } of lineChunks(nodeFileSystem, fd)) {
      if (skippedLine) {
        line += 1;
        yield { line, record: undefined, isUnfinished: torn, bytes: NO_BYTES };
      }
      for (let at = 0; at < bounds.length; at += 2) {
        line += 1;
        const [from = 0, end = 0] = [bounds[at], bounds[at + 1]];
        if (from === end) continue;
        const text = bytes.subarray(from, end);
        yield { line, record: readRecord(text), isUnfinished: torn, bytes: text };
      }
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Between the listing and now, a live process may have taken the file over, put it away, or removed it because it
 * held nothing or was old: then there is nothing to read.
 */
function openToRead(folder: string, file: JournalFile): number | undefined {
  let path: string | undefined = file.path;
  while (path !== undefined) {
    try {
      return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      path = listFiles(folder).find(({ base }) => base === file.base)?.path;
    }
  }
  return undefined;
}

/** The record of one line without its newline; `undefined` when the line is torn or damaged. */
export function readRecord(line: Buffer): JournalRecord | undefined {
  const head = readLineHead(line, 0, line.length);
  const read = head === undefined ? undefined : readLineFields(line);
  if (head === undefined || read === undefined) return undefined;
  const about = read.fields['entry'];
  return {
    kind: head.kind,
    seq: head.seq,
    atMillis: head.atMillis,
    prev: head.prev,
    hash: lineHash(line),
    about: typeof about === 'number' ? about : undefined,
    entry: entryOf(read),
    fields: read.fields,
  };
}
