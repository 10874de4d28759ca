import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import type { FileSystem } from './file-system';
import { archiveFolder } from './folder';
import type { Segment } from './segment';
import { type ArchiveMark, archivedFile, parseArchivedFile, parseSegmentFile } from './segment-name';

const DAY_MILLIS = 86_400_000;
/** The part of the disk that stays free for others. */
const FREE_PART = 0.05;

export interface ArchiveOptions {
  readonly folder: string;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxBytes: number;
  readonly retentionDays: number;
  folderChanged(folder: string): void;
}

interface ArchivedSegment {
  readonly path: string;
  readonly base: string;
  readonly marks: readonly ArchiveMark[];
  readonly bytes: number;
  readonly changedMillis: number;
}

/** Where files go that nothing is waiting in, and what becomes of them. */
export interface Archive {
  /** Something was put away since it was last tidied. */
  readonly hasGrown: boolean;
  /** Puts a finished file away, or removes it when it says nothing. False when the disk refuses. */
  putAway(segment: Segment): boolean;
  /** Removes what is too old, or too much. Never rejects. */
  tidy(): Promise<void>;
  /** Paths of archived files that settle entries of other files. */
  settlements(): Promise<readonly string[]>;
}

export function createArchive(options: ArchiveOptions): Archive {
  const { folder, files, clock, log, maxBytes, retentionDays } = options;
  const archive = archiveFolder(folder);
  const clockDifference = clock.wallMillis() - clock.monotonicMillis();
  let saidFull = false;
  let hasGrown = false;

  const list = async (): Promise<ArchivedSegment[]> => {
    const found: ArchivedSegment[] = [];
    for (const file of (await readdir(archive)).sort()) {
      const name = parseArchivedFile(file);
      if (name === undefined) continue;
      const path = join(archive, file);
      const stat = await lstat(path);
      if (!stat.isFile()) continue;
      found.push({ path, base: name.base, marks: name.marks, bytes: stat.size, changedMillis: stat.mtimeMs });
    }
    return found;
  };

  const remove = (segment: ArchivedSegment): void => {
    files.remove(segment.path);
    options.folderChanged(archive);
  };

  /** A clock that jumped must not make everything look old. */
  const isClockSteady = (): boolean =>
    Math.abs(clock.wallMillis() - clock.monotonicMillis() - clockDifference) < DAY_MILLIS;

  const removeOld = (segments: readonly ArchivedSegment[]): ArchivedSegment[] => {
    if (!isClockSteady()) return [...segments];
    const oldest = clock.wallMillis() - retentionDays * DAY_MILLIS;
    return segments.filter((segment) => {
      if (segment.changedMillis >= oldest) return true;
      remove(segment);
      return false;
    });
  };

  const bytesTooMany = async (segments: readonly ArchivedSegment[]): Promise<number> => {
    let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    for (const file of await readdir(folder)) {
      if (parseSegmentFile(file) === undefined) continue;
      const stat = await lstat(join(folder, file)).catch(() => undefined);
      bytes += stat?.size ?? 0;
    }
    const disk = await statfs(folder);
    const missingFree = (disk.blocks * FREE_PART - disk.bavail) * disk.bsize;
    return Math.max(bytes - maxBytes, missingFree);
  };

  const removeExcess = async (segments: readonly ArchivedSegment[]): Promise<void> => {
    let excess = await bytesTooMany(segments);
    const plain = segments.filter(({ marks }) => marks.length === 0);
    const damaged = segments.filter(({ marks }) => marks.length === 1 && marks[0] === 'damaged');
    for (const segment of [...plain, ...damaged]) {
      if (excess <= 0) break;
      remove(segment);
      excess -= segment.bytes;
    }
    if (excess > 0 && !saidFull) {
      log.warn(
        `journal ${folder}: over its bound (${maxBytes} bytes, or ${FREE_PART * 100} % of the disk free), and ` +
          'all that is left is waiting or proves orders, which is never removed',
      );
    }
    saidFull = excess > 0;
  };

  return {
    get hasGrown() {
      return hasGrown;
    },
    putAway(segment) {
      try {
        if (segment.hasContent) {
          const marks: readonly ArchiveMark[] = ['orders', 'settled', 'damaged'];
          const kept = marks.filter((mark) => segment.marks.has(mark));
          files.rename(segment.path, join(archive, archivedFile({ base: segment.base, marks: kept })));
          options.folderChanged(archive);
          hasGrown = true;
        } else {
          files.remove(segment.path);
        }
        options.folderChanged(folder);
        return true;
      } catch {
        return false;
      }
    },
    async tidy() {
      hasGrown = false;
      try {
        await removeExcess(removeOld(await list()));
      } catch {
        // The folder is gone or refuses; whoever writes finds out and says so.
      }
    },
    async settlements() {
      const all = await list().catch(() => []);
      return all.filter(({ marks }) => marks.includes('settled')).map(({ path }) => path);
    },
  };
}
