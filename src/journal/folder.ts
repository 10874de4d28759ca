import { accessSync, chmodSync, constants, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { troubleOf } from './trouble';

export type FolderCheck =
  | { readonly kind: 'ready' }
  /** `reason` is a sentence part: what is wrong, and what to do about it. */
  | { readonly kind: 'unusable'; readonly reason: string };

const READY: FolderCheck = { kind: 'ready' };
const WRITABLE_BY_OTHERS = 0o022;
const OPEN_TO_OTHERS = 0o077;

export const archiveFolder = (folder: string): string => join(folder, 'archive');

const errorCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/**
 * Makes an account's folder ready: its own, private, not a link, writable. Prompts and strategies are in it,
 * and whoever can write to it can make the bot publish things in the account's name.
 */
export function prepareFolder(folder: string): FolderCheck {
  try {
    makeFolder(folder);
    const own = checkFolder(folder);
    if (own.kind !== 'ready') return own;
    makeFolder(archiveFolder(folder));
    const archive = checkFolder(archiveFolder(folder));
    if (archive.kind !== 'ready') return archive;
    keepOutOfGit(folder);
    return READY;
  } catch (error) {
    return { kind: 'unusable', reason: troubleOf(error) };
  }
}

function makeFolder(folder: string): void {
  // What is there, of whatever kind, is looked at and not replaced.
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Closes a readable folder of ours to others; throws what the disk throws. */
function checkFolder(folder: string): FolderCheck {
  const stat = lstatSync(folder);
  if (stat.isSymbolicLink()) {
    return { kind: 'unusable', reason: `${folder} is a symbolic link; name the folder itself` };
  }
  if (!stat.isDirectory()) return { kind: 'unusable', reason: `${folder} is not a folder` };
  const user = process.geteuid?.();
  if (user !== undefined) {
    if (stat.uid !== user) {
      return {
        kind: 'unusable',
        reason: `${folder} belongs to user ${stat.uid} and this process runs as user ${user}`,
      };
    }
    if ((stat.mode & WRITABLE_BY_OTHERS) !== 0) {
      return { kind: 'unusable', reason: `other users may write to ${folder}; run chmod 700 on it` };
    }
    if ((stat.mode & OPEN_TO_OTHERS) !== 0) chmodSync(folder, 0o700);
  }
  accessSync(folder, constants.W_OK | constants.X_OK);
  return READY;
}

function keepOutOfGit(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
