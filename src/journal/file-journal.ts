import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import { withoutTracing } from '../lib/suppress-tracing';
import { createArchive } from './archive';
import { DiskState } from './disk-state';
import { EntryMemory } from './entry-memory';
import { EntryReader } from './entry-reader';
import { EntryStore } from './entry-store';
import { flushAtExit } from './exit-flush';
import { type FileSystem, nodeFileSystem } from './file-system';
import { type FolderCheck, foldersAbove, prepareFolder } from './folder';
import { startHousekeeping } from './housekeeping';
import type { Journal, PauseRecord, RecoveredEntry } from './journal';
import { createLiveness } from './liveness';
import { DEFAULT_MEMORY_BYTES } from './memory-journal';
import { OwnSegments } from './own-segments';
import { createPauseFile } from './pause-file';
import { Positions } from './positions';
import { factFields, pausedFields } from './records';
import { restore } from './restore';
import type { Segment } from './segment';
import { settlementFields } from './settlements';
import { createSyncer } from './syncer';
import { createTakeover } from './takeover';
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
  readonly onPausedElsewhere?: ((pause: PauseRecord) => void) | undefined;
  readonly onResumedElsewhere?: (() => void) | undefined;
  readonly onDegraded?: ((reason: string) => void) | undefined;
  readonly onRestored?: (() => void) | undefined;
  readonly files?: FileSystem | undefined;
}

export interface JournalFacts {
  readonly folder: string;
  /** Why entries are kept in memory now. */
  readonly trouble: string | undefined;
  /** Bytes of the files that this process owns. */
  readonly bytes: number;
  readonly open: number;
  /** Open entries that only memory holds. */
  readonly inMemory: number;
  readonly lost: number;
  /** Torn, damaged or changed lines found by this process. */
  readonly damagedLines: number;
}

/** An entry of any file of the account, as `readJournal` names it. */
export interface EntryPlace {
  readonly file: string;
  readonly seq: number;
  readonly id: string;
}

export interface FileJournal extends Journal {
  /** The pause that holds now for the account, also one from before a restart. */
  readonly pause: PauseRecord | undefined;
  facts(): JournalFacts;
  /** Looks for what dead processes left; resolves when all of it was handed over. */
  recoverNow(): Promise<void>;
  /** Closes a rejected or invalid entry for good, in whatever file it is. False when the disk refuses. */
  settle(place: EntryPlace, reason: string, details?: Readonly<Record<string, unknown>>): boolean;
  /** Keeps a fact about this process, for `doctor`. */
  note(name: string, facts: Readonly<Record<string, unknown>>): void;
}

/**
 * A journal in files, for one account and one thread. Never throws, whatever the folder is like: then it keeps
 * entries in memory, says so, and tries the folder again.
 */
export function createFileJournal(options: FileJournalOptions): FileJournal {
  return withoutTracing(() => open(options));
}

function open(options: FileJournalOptions): FileJournal {
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

  const useFolder = (): FolderCheck => {
    const check = prepareFolder(folder);
    // A new folder must survive a power cut too, with those above it that were made for it.
    if (check.kind === 'ready' && check.isNew) for (const above of foldersAbove(folder)) folderChanged(above);
    return check;
  };

  const tryAgain = async (): Promise<boolean> => {
    if (useFolder().kind !== 'ready') return false;
    liveness.ensure();
    pause.restore();
    try {
      await restore({
        clock,
        segments,
        positions,
        reader,
        memory,
        history,
        onLost: (slot) => store.giveUp(slot),
      });
      return true;
    } catch {
      return false;
    } finally {
      syncer.wake();
    }
  };
  const disk = new DiskState({
    folder,
    clock,
    log,
    tryAgain: () => withoutTracing(tryAgain),
    onDegraded: options.onDegraded ?? (() => undefined),
    onRestored: options.onRestored ?? (() => undefined),
  });
  const syncer = createSyncer({
    files,
    clock,
    dirty: segments.dirty,
    onSynced(synced) {
      if (disk.trouble === undefined) housekeeping.checkPlaces();
      for (const segment of synced) housekeeping.consider(segment);
    },
    onFailed(segment, error) {
      segment.gone = true;
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
    pausedElsewhere: (found) => options.onPausedElsewhere?.(found),
    resumedElsewhere: () => options.onResumedElsewhere?.(),
  });
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
    setImmediate(() => void withoutTracing(() => takeover.look()));
  } else {
    disk.failed(check.reason);
  }

  const flushAll = (): void => {
    for (const segment of segments.all()) {
      while (segment.hasQueued && flush(segment));
    }
  };
  const atExit = flushAtExit(flushAll);

  let isClosed = false;
  const close = async (): Promise<void> => {
    housekeeping.stop();
    takeover.stop();
    await disk.tryNow();
    disk.stop();
    flushAll();
    for (const segment of segments.all()) {
      segment.enqueue({
        kind: 'close',
        atMillis: clock.wallMillis(),
        fields: `,"left":${segment.openCount}`,
      });
    }
    flushAll();
    segments.endActive();
    await syncer.sync();
    syncer.stop();
    liveness.close();
    for (const segment of segments.all()) segments.release(segment);
    atExit.cancel();
    const left = memory.count;
    if (left > 0)
      log.error(`journal ${folder}: ${left} AI logs were only in memory and end with this process`);
  };
  let closing: Promise<void> | undefined;

  return {
    get kind() {
      return disk.trouble === undefined ? 'disk' : 'memory';
    },
    get pause() {
      return pause.current;
    },
    append: (entry) => (isClosed ? undefined : store.append(entry)),
    appendClosed: (entry, closed) => !isClosed && store.appendClosed(entry, closed),
    read: (slot) => (isClosed ? undefined : store.read(slot)),
    isLost: (slot) => positions.isLost(slot),
    link: (slot, orderId, reason) => store.link(slot, orderId, reason),
    sending: (slot) => store.sending(slot),
    attempted: (slot, attempt) => store.attempted(slot, attempt),
    accepted: (slot, receipt) => store.accepted(slot, receipt),
    rejected: (slot, rejection) => store.rejected(slot, rejection),
    closed: (slot, closed) => store.closed(slot, closed),
    paused(found) {
      if (isClosed) return;
      pause.pause(found);
      store.record('paused', pausedFields(found));
    },
    resumed(atMillis) {
      if (isClosed) return;
      pause.resume();
      store.record('resumed', factFields({ resumedAt: atMillis }));
    },
    liveProcesses: () => takeover.liveWriters,
    facts: () => ({
      folder,
      trouble: disk.trouble,
      bytes: segments.bytes,
      open: positions.count,
      inMemory: memory.count,
      lost: store.lost,
      damagedLines: takeover.damagedLines + store.damaged,
    }),
    async recoverNow() {
      await disk.tryNow();
      if (disk.trouble === undefined) await withoutTracing(() => takeover.look());
    },
    settle(place, reason, details = {}) {
      const fields =
        settlementFields(place.file, place.seq) + factFields({ id: place.id, reason, ...details });
      const segment = isClosed ? undefined : store.record('settled', fields);
      segment?.marks.add('settled');
      for (const own of segments.all()) if (own.base === place.file) own.unsettled.delete(place.seq);
      return segment !== undefined;
    },
    note: (name, facts) => void (isClosed || store.record('note', factFields({ name, facts }))),
    async sync() {
      if (isClosed) return;
      flushAll();
      await withoutTracing(() => syncer.sync());
    },
    close() {
      isClosed = true;
      closing ??= withoutTracing(close);
      return closing;
    },
  };
}
