import type { Clock, Timer } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import type { FileSystem } from './file-system';
import type { Segment } from './segment';

/** A sync begins this long after a write at the latest, give or take what a busy event loop adds. */
const DELAY_MILLIS = 40;

export interface SyncerOptions {
  readonly files: Pick<FileSystem, 'syncFolder'>;
  readonly clock: Clock;
  /** Written to since the last sync began; the syncer empties it. */
  readonly dirty: Set<Segment>;
  /** These are on the disk now. */
  onSynced(segments: readonly Segment[]): void;
  /** What was written to this file may not survive a power cut. */
  onFailed(segment: Segment, error: unknown): void;
  /** The file system knows no such thing. Told once. */
  onUnsupported(): void;
}

/**
 * Brings what was written to the disk: one sync at a time, off the main thread, so that no `end()` waits for
 * a disk. After a power cut, what was written since the last completed round began may be missing.
 */
export interface Syncer {
  /** Something was written. */
  wake(): void;
  /** A file was made, renamed or removed in the folder. */
  folderChanged(folder: string): void;
  /** Resolves when a round that begins after the call is complete. Never rejects. */
  sync(): Promise<void>;
  stop(): void;
}

const UNSUPPORTED: ReadonlySet<unknown> = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

const isUnsupported = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && UNSUPPORTED.has(error.code);

export function createSyncer(options: SyncerOptions): Syncer {
  const { files, clock, dirty } = options;
  const folders = new Set<string>();
  let timer: Timer | undefined;
  let round: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let stopped = false;
  let saidUnsupported = false;

  const syncFiles = async (): Promise<void> => {
    const done: Segment[] = [];
    for (const segment of [...dirty]) {
      dirty.delete(segment);
      if (segment.gone) continue;
      try {
        await segment.datasync();
        done.push(segment);
      } catch (error) {
        if (isUnsupported(error)) {
          done.push(segment);
          if (!saidUnsupported) options.onUnsupported();
          saidUnsupported = true;
        } else {
          options.onFailed(segment, error);
        }
      }
    }
    options.onSynced(done);
  };

  const syncFolders = async (): Promise<void> => {
    const changed = [...folders];
    folders.clear();
    for (const folder of changed) {
      try {
        await files.syncFolder(folder);
      } catch {
        // The folder went away; whoever writes next finds out.
      }
    }
  };

  const run = (): Promise<void> => {
    timer?.cancel();
    timer = undefined;
    round = withoutTracing(syncFolders)
      .then(() => withoutTracing(syncFiles))
      .finally(() => {
        round = undefined;
        if (dirty.size > 0 || folders.size > 0) wake();
      });
    return round;
  };

  const wake = (): void => {
    if (timer !== undefined || round !== undefined || stopped) return;
    timer = clock.schedule(DELAY_MILLIS, () => {
      timer = undefined;
      void run();
    });
  };

  const sync = (): Promise<void> => {
    if (round === undefined) return dirty.size > 0 || folders.size > 0 ? run() : Promise.resolve();
    next ??= round.then(() => {
      next = undefined;
      return sync();
    });
    return next;
  };

  return {
    wake,
    folderChanged(folder) {
      folders.add(folder);
      wake();
    },
    sync,
    stop() {
      stopped = true;
      timer?.cancel();
      timer = undefined;
    },
  };
}
