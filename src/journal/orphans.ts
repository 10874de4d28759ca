import { fstatSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSystem } from './file-system';
import type { Liveness } from './liveness';
import { FORMAT_VERSION } from './records';
import { parseSegmentFile, parseSocketFile, type SegmentName, segmentFile } from './segment-name';

/** What a look into the folder shows. */
export interface FolderLook {
  /** Writers that live, this one included. */
  readonly liveWriters: number;
  /** Files whose writers are gone, oldest first. */
  readonly orphans: readonly SegmentName[];
  /** Writers whose socket refuses and who own no file. */
  readonly deadSockets: readonly string[];
}

/** A file without a socket and without a proper end is left alone until it has been quiet for so long. */
const QUIET_MILLIS = 60_000;
const CLOSE_LINE = '{"kind":"close"';
const CLOSE_BYTES = 1_024;
const HEAD_BYTES = 512;

/** Finds out who lives and whose files are left. Rejects when the folder cannot be read. */
export async function lookAround(
  folder: string,
  self: string,
  liveness: Liveness,
  files: FileSystem,
  wallMillis: number,
): Promise<FolderLook> {
  const sockets = new Set<string>();
  const owned = new Map<string, SegmentName[]>();
  for (const file of await readdir(folder)) {
    const writer = parseSocketFile(file);
    if (writer !== undefined) sockets.add(writer);
    const name = parseSegmentFile(file);
    if (name === undefined) continue;
    const names = owned.get(name.owner);
    if (names === undefined) owned.set(name.owner, [name]);
    else names.push(name);
  }
  sockets.delete(self);
  owned.delete(self);
  let liveWriters = 1;
  const orphans: SegmentName[] = [];
  const deadSockets: string[] = [];
  for (const writer of new Set([...sockets, ...owned.keys()])) {
    const names = owned.get(writer) ?? [];
    const life = await liveness.lifeOf(writer);
    if (life === 'alive') liveWriters += 1;
    else if (life === 'dead') orphans.push(...names);
    else if (life === 'missing') {
      for (const name of names) {
        if (await wasLeft(join(folder, segmentFile(name)), files, wallMillis)) orphans.push(name);
      }
    }
    if (life === 'dead' && names.length === 0) deadSockets.push(writer);
  }
  orphans.sort((one, other) => (one.base < other.base ? -1 : 1));
  return { liveWriters, orphans, deadSockets };
}

/**
 * Whether a file without a socket has been left: its writer said goodbye, or nothing was written for a minute.
 * (A live writer makes a socket that was swept away anew within seconds.)
 */
async function wasLeft(path: string, files: FileSystem, wallMillis: number): Promise<boolean> {
  try {
    const { mtimeMs, size } = await stat(path);
    if (Math.abs(wallMillis - mtimeMs) > QUIET_MILLIS) return true;
    const fd = files.openExisting(path);
    try {
      const tail = Buffer.alloc(Math.min(size, CLOSE_BYTES));
      const count = await files.readLater(fd, tail, tail.length, size - tail.length);
      const lines = tail.toString('latin1', 0, count).trimEnd().split('\n');
      return lines.at(-1)?.startsWith(CLOSE_LINE) === true;
    } finally {
      files.close(fd);
    }
  } catch {
    return false;
  }
}

export type Claim =
  | { readonly kind: 'claimed'; readonly fd: number; readonly path: string; readonly base: string }
  /** Another process was quicker. */
  | { readonly kind: 'taken' }
  /** It is not for us; it stays as it is. */
  | { readonly kind: 'foreign'; readonly reason: string };

/** Takes a dead writer's file over, by one rename that only one process can win. Throws what the disk throws. */
export function claim(folder: string, name: SegmentName, self: string, files: FileSystem): Claim {
  const from = join(folder, segmentFile(name));
  const to = join(folder, segmentFile({ base: name.base, owner: self }));
  let fd: number;
  try {
    fd = files.openExisting(from);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return { kind: 'taken' };
    if (error.code === 'ELOOP') return { kind: 'foreign', reason: 'it is a symbolic link' };
    if (error.code === 'EACCES' || error.code === 'EISDIR')
      return { kind: 'foreign', reason: String(error.code) };
    throw error;
  }
  let claimed = false;
  try {
    const foreign = foreignReason(fd, files);
    if (foreign !== undefined) return { kind: 'foreign', reason: foreign };
    files.rename(from, to);
    claimed = true;
    return { kind: 'claimed', fd, path: to, base: name.base };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'taken' };
    throw error;
  } finally {
    if (!claimed) files.close(fd);
  }
}

function foreignReason(fd: number, files: FileSystem): string | undefined {
  const stat = fstatSync(fd);
  const user = process.geteuid?.();
  if (!stat.isFile()) return 'it is no regular file';
  if (user !== undefined && stat.uid !== user) return `it belongs to user ${stat.uid}`;
  if (stat.nlink > 1) return 'it has a second name elsewhere';
  const head = Buffer.alloc(HEAD_BYTES);
  const text = head.toString('latin1', 0, files.read(fd, head, HEAD_BYTES, 0));
  if (text !== '' && !text.startsWith('{"kind":"') && !text.startsWith('\n')) {
    // A torn or flipped first byte is our own damage; anything else that starts otherwise is not a journal.
    if (!text.includes('"kind":"') && !text.includes('"prev":"')) return 'it is not a journal';
  }
  const format = /^\{"kind":"open","seq":0,"at":\d+,"prev":"0+","format":(\d+)/.exec(text)?.[1];
  if (format !== undefined && Number(format) > FORMAT_VERSION) {
    return `a newer version of this package wrote it (format ${format}); update this one`;
  }
  return undefined;
}
