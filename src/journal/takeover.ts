import { join } from 'node:path';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import type { EntryReader } from './entry-reader';
import type { FileSystem } from './file-system';
import type { RecoveredEntry, RecoveredSpan } from './journal';
import type { Liveness } from './liveness';
import { nextBackgroundTurn } from './next-turn';
import { claim, lookAround } from './orphans';
import type { OwnSegments } from './own-segments';
import type { Positions } from './positions';
import type { Segment } from './segment';
import { type SegmentName, segmentFile, socketFile } from './segment-name';
import { type SegmentScan, scanFile } from './segment-scan';
import { troubleOf } from './trouble';
import { WaitingTraces } from './waiting-traces';

/** Entries handed over at once: what their owner does with them must not hold up the event loop either. */
const SLICE = 500;

export interface TakeoverOptions {
  readonly folder: string;
  readonly writer: string;
  readonly files: FileSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly liveness: Liveness;
  readonly segments: OwnSegments;
  readonly positions: Positions;
  /** Without it nothing is taken over. */
  readonly onRecovered: ((entries: readonly RecoveredEntry[]) => void) | undefined;
  /** Of traces in which entries waited, all spans that the files tell of; after everything else. */
  readonly onWaiting: (spans: readonly RecoveredSpan[]) => void;
  readonly reader: EntryReader;
  onAdopted(segment: Segment): void;
  /** Runs work of the owner's, which may throw. */
  guard(work: () => void): void;
  folderChanged(folder: string): void;
}

/** Finds what dead processes left and makes it ours, file by file, oldest first. */
export interface Takeover {
  /** As of the last look. */
  readonly liveWriters: number;
  /** Lines found torn, damaged or changed so far. */
  readonly damagedLines: number;
  /** One look, and all that follows from it. Looks never overlap: a running one counts. Never rejects. */
  look(): Promise<void>;
  /** A look that begins after the call. */
  lookAnew(): Promise<void>;
  /** Resolves when no look is running. */
  idle(): Promise<void>;
  /** No further look; resolves when a running one has ended, early. */
  stop(): Promise<void>;
}

export function createTakeover(options: TakeoverOptions): Takeover {
  const { folder, writer, files, clock, log, liveness, segments, positions, onRecovered } = options;
  /** Files that are not for us, so that each is told of once. */
  const refused = new Set<string>();
  let liveWriters = 1;
  let damagedLines = 0;
  let looking: Promise<void> | undefined;
  let stopped = false;

  const refuse = (name: SegmentName, reason: string): void => {
    if (refused.has(name.base)) return;
    refused.add(name.base);
    log.warn(`journal ${folder}: ${segmentFile(name)} was left alone: ${reason}`);
  };

  const recover = async (name: SegmentName, traces: WaitingTraces): Promise<void> => {
    const claimed = claim(folder, name, writer, files);
    if (claimed.kind === 'taken') return;
    if (claimed.kind === 'foreign') return refuse(name, claimed.reason);
    options.folderChanged(folder);
    // Half read is not ours: whoever looks next finds it as it was.
    const giveBack = (): void => {
      files.close(claimed.fd);
      files.rename(claimed.path, join(folder, segmentFile(name)));
    };
    const scan = await scanFile(files, claimed.fd, () => !stopped).catch((error) => {
      giveBack();
      throw error;
    });
    if (stopped) return giveBack();
    damagedLines += scan.damagedLines;
    if (scan.damagedLines > 0) {
      log.warn(
        `journal ${folder}: ${scan.damagedLines} torn or damaged lines in ${name.base} were skipped; they stay in the file`,
      );
    }
    const segment = segments.adopt(claimed.base, claimed.path, claimed.fd, scan);
    for (const mark of scan.marks) segment.marks.add(mark);
    for (const seq of scan.unsettled) segment.unsettled.add(seq);
    segment.hasContent = scan.hasContent;
    segment.openCount = scan.entries.openCount;
    if (segment.openCount > 0) {
      segment.enqueue({ kind: 'claim', atMillis: clock.wallMillis(), fields: `,"writer":"${writer}"` });
    }
    options.onAdopted(segment);
    traces.adopted(segment);
    await handOver(segment, scan, traces);
  };

  const handOver = async (segment: Segment, scan: SegmentScan, traces: WaitingTraces): Promise<void> => {
    let slice: RecoveredEntry[] = [];
    const give = async (): Promise<void> => {
      const given = slice;
      slice = [];
      if (given.length > 0) options.guard(() => onRecovered?.(given));
      await nextBackgroundTurn();
    };
    for (const entry of scan.entries.left()) {
      if (stopped) return;
      const slot = positions.add(segment.id, entry.offset, entry.length, entry.seq);
      if (entry.orderId !== undefined) positions.link(slot, entry.orderId);
      const recovered: RecoveredEntry = {
        slot,
        startedMillis: entry.startedMillis,
        endedMillis: entry.endedMillis,
        linked: entry.linked,
        attempts: entry.attempts,
        uncertain: entry.uncertain,
        noOrder: entry.noOrder,
        clientOrderId: entry.clientOrderId,
        recordOnly: entry.recordOnly,
        leftMillis: scan.lastMillis,
      };
      if (entry.waiting) traces.add(segment, entry.seq, recovered);
      else slice.push(recovered);
      if (slice.length === SLICE) await give();
    }
    if (slice.length > 0) await give();
  };

  const lookOnce = async (): Promise<void> => {
    await liveness.check();
    const found = await lookAround(folder, writer, liveness, files, clock.wallMillis());
    liveWriters = found.liveWriters;
    if (onRecovered === undefined) return;
    const traces = new WaitingTraces(positions, options.reader, files);
    for (const name of found.orphans) {
      if (stopped) return;
      try {
        await recover(name, traces);
      } catch (error) {
        refuse(name, troubleOf(error));
      }
    }
    const spans = await traces.spans(() => !stopped);
    if (stopped) return;
    if (spans.length > 0) options.guard(() => options.onWaiting(spans));
    for (const dead of found.deadSockets) files.remove(join(folder, socketFile(dead)));
  };

  const look = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    looking ??= lookOnce()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  const idle = async (): Promise<void> => {
    while (looking !== undefined) await looking;
  };

  return {
    get liveWriters() {
      return liveWriters;
    },
    get damagedLines() {
      return damagedLines;
    },
    look,
    async lookAnew() {
      await looking;
      await look();
    },
    idle,
    stop() {
      stopped = true;
      return idle();
    },
  };
}
