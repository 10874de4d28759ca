import { accessSync, constants, lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { archiveFolder } from '../../journal/folder';
import { troubleOf } from '../../journal/trouble';
import { type Check, ok, problem, warn } from './check';
import { mountOf, whatIsWrongWith } from './mount-kind';
import type { Surroundings } from './surroundings';

const WRITABLE_BY_OTHERS = 0o022;
const OPEN_TO_OTHERS = 0o077;
/** The journal leaves this part of the disk to others. */
const FREE_PART = 0.05;
const MEBIBYTE = 1_048_576;
const LITTLE_BYTES = 100 * MEBIBYTE;

/** Whether the journal can be where it is. Looks only: nothing is made or changed. */
export function checkFolder(folder: string, surroundings: Surroundings): Check[] {
  const checks: Check[] = [];
  const existing = firstExisting(folder);
  if (existing !== folder) {
    const canMake = isWritable(existing);
    checks.push(
      canMake === undefined
        ? ok('journal folder', `${folder} is not there yet; the bot makes it at its first start`)
        : problem(
            'journal folder',
            `${folder} is not there and cannot be made: ${existing}: ${canMake}`,
            'set OTEL_EXPORTER_WEEX_JOURNAL_DIR to a folder that the bot may write to',
          ),
    );
  } else {
    checks.push(...ownChecks(folder));
  }
  return [...checks, ...mountChecks(existing, surroundings), ...spaceChecks(existing, surroundings)];
}

function ownChecks(folder: string): Check[] {
  const wrong = troubles(folder);
  // Nothing can be said of what lies in a folder that is none.
  const below = wrong.some(({ status }) => status === 'problem') ? [] : troubles(archiveFolder(folder));
  const all = [...wrong, ...below];
  return all.length > 0 ? all : [ok('journal folder', `${folder} is our own, private and writable`)];
}

function troubles(path: string): Check[] {
  const bad = (found: string, mend: string): Check[] => [problem('journal folder', found, mend)];
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isSymbolicLink())
    return bad(
      `${path} is a symbolic link, which the journal does not follow`,
      'name the folder that it points to',
    );
  if (!stat.isDirectory()) return bad(`${path} is not a folder`, 'move it away');
  const user = process.geteuid?.();
  if (user !== undefined && stat.uid !== user) {
    return bad(
      `${path} belongs to user ${stat.uid} and this runs as user ${user}`,
      'run the bot and this as one user, or chown the folder',
    );
  }
  if (user !== undefined && (stat.mode & WRITABLE_BY_OTHERS) !== 0) {
    return bad(
      `other users may write to ${path}: they could publish in your name`,
      'run chmod 700 on it, and look through what is in it',
    );
  }
  const refused = isWritable(path);
  if (refused !== undefined) return bad(`${path} cannot be written: ${refused}`, 'free or mend the disk');
  if (user !== undefined && (stat.mode & OPEN_TO_OTHERS) !== 0) {
    return [
      warn('journal folder', `other users may read ${path}`, 'run chmod 700; the bot does so when it starts'),
    ];
  }
  return [];
}

/** Why not; `undefined` when it is. */
function isWritable(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return troubleOf(error);
  }
}

function firstExisting(folder: string): string {
  let at = folder;
  while (!isThere(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a file, or in a folder that may not be entered.
    return false;
  }
}

function mountChecks(folder: string, { mounts }: Surroundings): Check[] {
  const list = mounts();
  if (list === undefined)
    return [ok('journal disk', 'the kind of file system is not known on this platform')];
  let real = folder;
  try {
    real = realpathSync(folder);
  } catch {
    // As it was named; the check of the folder tells what is wrong.
  }
  const mount = mountOf(real, list);
  if (mount === undefined) return [];
  const wrong = whatIsWrongWith(mount.type);
  const found = `${mount.type}, mounted at ${mount.point}`;
  return wrong === undefined
    ? [ok('journal disk', found)]
    : [problem('journal disk', `${found}: ${wrong.found}`, wrong.mend)];
}

function spaceChecks(folder: string, { space }: Surroundings): Check[] {
  try {
    const { freeBytes, totalBytes } = space(folder);
    const percent = totalBytes === 0 ? 100 : (freeBytes / totalBytes) * 100;
    const found = `${Math.round(freeBytes / MEBIBYTE)} MiB free, ${percent.toFixed(0)} %`;
    if (freeBytes < totalBytes * FREE_PART || freeBytes < MEBIBYTE) {
      return [
        problem(
          'disk space',
          `${found}: under 5 % archived files are removed early, and on a full disk entries are kept in memory only`,
          'free space, or move the journal by OTEL_EXPORTER_WEEX_JOURNAL_DIR',
        ),
      ];
    }
    if (freeBytes < LITTLE_BYTES) return [warn('disk space', found, 'free some space soon')];
    return [ok('disk space', found)];
  } catch (error) {
    return [warn('disk space', `cannot be told: ${troubleOf(error)}`, 'look with df')];
  }
}
