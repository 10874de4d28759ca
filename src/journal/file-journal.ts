import type { Clock } from '../lib/clock';
import { holdingProcess } from '../lib/hold-process';
import { withoutTracing } from '../lib/suppress-tracing';
import { flushAtExit } from './exit-flush';
import { type FileJournalOptions, type JournalParts, joinParts } from './join-parts';
import type { FileJournal } from './journal';
import { factFields, pausedFields, spanFields } from './records';
import { settlementFields } from './settlements';

export type { FileJournalOptions } from './join-parts';

/** A disk that hangs must not hold up the end of a process. */
const LAST_SYNC_MILLIS = 2_000;

/**
 * A journal in files, for one account and one thread. Never throws, whatever the folder is like: then it keeps
 * entries in memory, says so, and tries the folder again.
 */
export function createFileJournal(options: FileJournalOptions): FileJournal {
  const parts = withoutTracing(() => joinParts(options));
  const { segments, positions, memory, store, disk, syncer, pause, acceptance, takeover, flushAll } = parts;
  const { folder } = options;
  const atExit = flushAtExit(flushAll);
  let isClosed = false;
  let closing: Promise<void> | undefined;

  return {
    get kind() {
      return disk.trouble === undefined ? 'disk' : 'memory';
    },
    get pause() {
      return pause.current;
    },
    get acceptedBefore() {
      return acceptance.isThere;
    },
    append: (entry) => (isClosed ? undefined : store.append(entry)),
    appendClosed: (entry, closed) => !isClosed && store.appendClosed(entry, closed),
    read: (slot) => (isClosed ? undefined : store.read(slot)),
    isLost: (slot) => positions.isLost(slot),
    link: (slot, orderId, reason, waits) => store.link(slot, orderId, reason, waits),
    released: (slot) => store.released(slot),
    amend: (slot, entry) => store.amend(slot, entry),
    keepSpan: (span) => void (isClosed || store.record('span', spanFields(span))),
    sending: (slot) => store.sending(slot),
    attempted: (slot, attempt) => store.attempted(slot, attempt),
    accepted(slot, receipt) {
      store.accepted(slot, receipt);
      acceptance.accepted(disk.trouble === undefined);
    },
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
      forgotten: store.forgotten,
      damagedLines: takeover.damagedLines + store.damaged,
    }),
    async recoverNow() {
      if (isClosed) return;
      await holdingProcess(disk.tryNow());
      if (disk.trouble === undefined) await holdingProcess(withoutTracing(() => takeover.lookAnew()));
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
      closing ??= holdingProcess(withoutTracing(() => closeParts(parts, options))).finally(() =>
        atExit.cancel(),
      );
      return closing;
    },
  };
}

async function closeParts(parts: JournalParts, { clock, folder, log }: FileJournalOptions): Promise<void> {
  const { segments, memory, disk, syncer, takeover, housekeeping, liveness, flushAll } = parts;
  housekeeping.stop();
  await takeover.stop();
  await disk.tryNow();
  disk.stop();
  flushAll();
  // The last line tells those who come next that nobody writes here any more.
  for (const segment of segments.all()) {
    const fields = `,"left":${segment.openCount}`;
    segment.enqueue({ kind: 'close', atMillis: clock.wallMillis(), fields });
  }
  flushAll();
  segments.endActive();
  await Promise.race([syncer.sync(), pass(clock, LAST_SYNC_MILLIS)]);
  syncer.stop();
  liveness.close();
  for (const segment of segments.all()) segments.release(segment);
  if (memory.count === 0) return;
  log.error(`journal ${folder}: ${memory.count} AI logs were only in memory and end with this process`);
}

const pass = (clock: Clock, millis: number): Promise<void> =>
  new Promise((resolve) => {
    clock.schedule(millis, resolve);
  });
