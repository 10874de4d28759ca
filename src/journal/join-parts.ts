import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import { withoutTracing } from '../lib/suppress-tracing';
import { type AcceptanceMark, createAcceptanceMark } from './acceptance-mark';
import { createArchive } from './archive';
import { DiskState } from './disk-state';
import { EntryMemory } from './entry-memory';
import { EntryReader } from './entry-reader';
import { EntryStore } from './entry-store';
import { type FileSystem, nodeFileSystem } from './file-system';
import { type FolderCheck, foldersAbove, prepareFolder } from './folder';
import { type Housekeeping, startHousekeeping } from './housekeeping';
import type { PauseRecord, RecoveredEntry, RecoveredSpan, Slot } from './journal';
import { createLiveness, type Liveness } from './liveness';
import { DEFAULT_MEMORY_BYTES } from './memory-journal';
import { OwnSegments } from './own-segments';
import { createPauseFile, type PauseFile } from './pause-file';
import { Positions } from './positions';
import { restore } from './restore';
import type { Segment } from './segment';
import { createSyncer, type Syncer } from './syncer';
import { createTakeover, type Takeover } from './takeover';
import { troubleOf } from './trouble';
import { TurnWriter } from './turn-writer';
import { UnwrittenHistory } from './unwritten-history';
import { newWriter } from './writer-name';

const SEGMENT_BYTES = 64 * 1_048_576;

export interface FileJournalOptions {
  /** The account's own folder; made when it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Archived files go when all files together are larger. */
  readonly maxBytes: number;
  readonly retentionDays: number;
  /** JSON-safe facts for the first line of each file: versions, self-check. Never a secret. */
  readonly about?: Readonly<Record<string, unknown>> | undefined;
  /** Bound of what is kept while the disk cannot be used. @default 64 MiB */
  readonly memoryBytes?: number | undefined;
  /** @default 64 MiB */
  readonly segmentBytes?: number | undefined;
  /**
   * Entries of dead processes, oldest first, in slices, from the next turn of the event loop on. Without it
   * nothing is taken over.
   */
  readonly onRecovered?: ((entries: readonly RecoveredEntry[]) => void) | undefined;
  /**
   * Of traces in which entries still waited, every span that the files tell of. Without it such entries are handed
   * over as all others.
   */
  readonly onWaiting?: ((spans: readonly RecoveredSpan[]) => void) | undefined;
  readonly onPausedElsewhere?: ((pause: PauseRecord) => void) | undefined;
  readonly onResumedElsewhere?: (() => void) | undefined;
  readonly onDegraded?: ((reason: string) => void) | undefined;
  readonly onRestored?: (() => void) | undefined;
  readonly files?: FileSystem | undefined;
}

/** The parts of one file journal, joined and running. */
export interface JournalParts {
  readonly segments: OwnSegments;
  readonly positions: Positions;
  readonly memory: EntryMemory;
  readonly store: EntryStore;
  readonly disk: DiskState;
  readonly syncer: Syncer;
  readonly pause: PauseFile;
  readonly acceptance: AcceptanceMark;
  readonly takeover: Takeover;
  readonly housekeeping: Housekeeping;
  readonly liveness: Liveness;
  /** Writes everything that is queued, as far as the disk takes it. */
  flushAll(): void;
}

/** Joins the parts and starts what runs by itself. Never throws, and calls no listener before it returns. */
export function joinParts(options: FileJournalOptions): JournalParts {
  const { folder, clock, log, files = nodeFileSystem } = options;
  const writer = newWriter(clock);
  const about = { pid: process.pid, thread: threadId, host: hostname(), ...options.about };
  const segmentBytes = options.segmentBytes ?? SEGMENT_BYTES;
  const positions = new Positions();
  const memory = new EntryMemory(options.memoryBytes ?? DEFAULT_MEMORY_BYTES);
  const history = new UnwrittenHistory();
  const folderChanged = (changed: string): void => syncer.folderChanged(changed);
  const segments = new OwnSegments({ folder, writer, files, clock, segmentBytes, about, folderChanged });
  const reader = new EntryReader(segments);
  const liveness = createLiveness(folder, writer, clock);

  /** What the owner makes of our news is no reason for the journal to fail. */
  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      log.error(`journal ${folder}: a listener failed: ${troubleOf(error)}`);
    }
  };

  const useFolder = (): FolderCheck => {
    const check = prepareFolder(folder);
    // A new folder must survive a power cut too, with those above it that were made for it.
    if (check.kind === 'ready' && check.isNew) for (const above of foldersAbove(folder)) folderChanged(above);
    return check;
  };

  const tryAgain = async (well: () => void): Promise<void> => {
    if (useFolder().kind !== 'ready') return;
    liveness.ensure();
    pause.restore();
    // On a full disk, the archive is what we can give.
    await archive.tidy();
    // What is being handed over now has to have its slots before its file may be left.
    await takeover.idle();
    const onLost = (slot: Slot): void => store.giveUp(slot);
    try {
      await restore({ clock, segments, positions, reader, memory, history, onLost }, well);
    } catch {
      // Not yet.
    }
    syncer.wake();
  };
  const disk = new DiskState({
    folder,
    clock,
    log,
    tryAgain: (well) => withoutTracing(() => tryAgain(well)),
    // Later, because it may be known before the owner has the journal in its hands.
    onDegraded: (reason) => queueMicrotask(() => guard(() => options.onDegraded?.(reason))),
    onRestored() {
      guard(() => options.onRestored?.());
      void takeover.look();
    },
  });
  const syncer = createSyncer({
    files,
    clock,
    dirty: segments.dirty,
    onSynced(synced) {
      if (disk.trouble === undefined) housekeeping.checkPlaces(synced);
      for (const segment of synced) housekeeping.consider(segment);
    },
    onFailed(segment, error) {
      segment.unsafe = true;
      disk.failed(`what was written cannot be made safe: ${troubleOf(error)}`);
    },
    onUnsupported() {
      log.warn(`journal ${folder}: this file system cannot sync; a power cut may lose what was written last`);
    },
  });
  const flush = (segment: Segment): boolean => {
    if (disk.trouble !== undefined || segment.gone) return false;
    if (!segment.hasQueued) return true;
    try {
      segments.flush(segment);
      return true;
    } catch (error) {
      disk.failed(troubleOf(error));
      return false;
    } finally {
      syncer.wake();
    }
  };
  const turns = new TurnWriter(flush);
  const store = new EntryStore({
    folder,
    clock,
    log,
    segments,
    positions,
    reader,
    memory,
    history,
    disk,
    turns,
    wrote: () => syncer.wake(),
  });
  const archive = createArchive({
    folder,
    files,
    clock,
    log,
    maxBytes: options.maxBytes,
    retentionDays: options.retentionDays,
    folderChanged,
  });
  const pause = createPauseFile(folder, writer, {
    pausedElsewhere: (found) => guard(() => options.onPausedElsewhere?.(found)),
    resumedElsewhere: () => guard(() => options.onResumedElsewhere?.()),
  });
  const acceptance = createAcceptanceMark(folder);
  const takeover = createTakeover({
    folder,
    writer,
    files,
    clock,
    log,
    liveness,
    segments,
    positions,
    onRecovered: options.onRecovered,
    onWaiting:
      options.onWaiting ?? ((spans) => options.onRecovered?.(spans.flatMap(({ waiting }) => waiting))),
    reader,
    guard,
    onAdopted(segment) {
      if (segment.hasQueued) turns.wake(segment);
      housekeeping.consider(segment);
    },
    folderChanged,
  });
  const housekeeping = startHousekeeping({
    clock,
    files,
    segments,
    liveness,
    pause,
    archive,
    takeover,
    disk,
  });

  const check = useFolder();
  if (check.kind === 'ready') {
    liveness.ensure();
    pause.load();
    acceptance.load();
    setImmediate(() => void withoutTracing(() => takeover.look()));
  } else {
    disk.failed(check.reason);
  }

  const flushAll = (): void => {
    for (const segment of segments.all()) {
      while (segment.hasQueued && flush(segment));
    }
  };

  return {
    segments,
    positions,
    memory,
    store,
    disk,
    syncer,
    pause,
    acceptance,
    takeover,
    housekeeping,
    liveness,
    flushAll,
  };
}
