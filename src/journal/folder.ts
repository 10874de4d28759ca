import { accessSync, chmodSync, constants, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { troubleOf } from './trouble';

export type FolderCheck =
  | { readonly kind: 'ready'; readonly isNew: boolean }
  /** `reason` is a sentence part: what is wrong, and what to do about it. */
  | { readonly kind: 'unusable'; readonly reason: string };

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
    const isNew = makeFolder(folder);
    const trouble = folderTrouble(folder);
    if (trouble !== undefined) return { kind: 'unusable', reason: trouble };
    makeFolder(archiveFolder(folder));
    const archiveTrouble = folderTrouble(archiveFolder(folder));
    if (archiveTrouble !== undefined) return { kind: 'unusable', reason: archiveTrouble };
    keepOutOfGit(folder);
    return { kind: 'ready', isNew };
  } catch (error) {
    return { kind: 'unusable', reason: troubleOf(error) };
  }
}

/** The folders that may have been made along with an account's. */
export const foldersAbove = (folder: string): string[] => [
  dirname(folder),
  dirname(dirname(folder)),
  dirname(dirname(dirname(folder))),
];

/** False when something, of whatever kind, is there already. */
function makeFolder(folder: string): boolean {
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return false;
  makeFolders(folder);
  return true;
}

/**
 * One by one, and not `recursive`: Node 20 never returns from that where the system answers ENOENT to making a
 * folder, as below /proc.
 */
function makeFolders(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && lstatSync(parent, { throwIfNoEntry: false }) === undefined) makeFolders(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Why a folder cannot be used. One of ours that others may read is closed to them. Throws what the disk throws. */
function folderTrouble(folder: string): string | undefined {
  const stat = lstatSync(folder);
  if (stat.isSymbolicLink()) {
    return `${folder} is a symbolic link; name the folder itself`;
  }
  if (!stat.isDirectory()) return `${folder} is not a folder`;
  const user = process.geteuid?.();
  if (user !== undefined) {
    if (stat.uid !== user) {
      return `${folder} belongs to user ${stat.uid} and this process runs as user ${user}`;
    }
    if ((stat.mode & WRITABLE_BY_OTHERS) !== 0) {
      return `other users may write to ${folder}; run chmod 700 on it`;
    }
    if ((stat.mode & OPEN_TO_OTHERS) !== 0) chmodSync(folder, 0o700);
  }
  accessSync(folder, constants.W_OK | constants.X_OK);
  return undefined;
}

function keepOutOfGit(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
