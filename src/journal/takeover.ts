import { join } from 'node:path';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import type { FileSystem } from './file-system';
import type { RecoveredEntry } from './journal';
import type { Liveness } from './liveness';
import { nextTurn } from './next-turn';
import { claim, lookAround } from './orphans';
import type { OwnSegments } from './own-segments';
import type { Positions } from './positions';
import type { Segment } from './segment';
import { type SegmentName, segmentFile, socketFile } from './segment-name';
import { type SegmentScan, scanFile } from './segment-scan';
import { troubleOf } from './trouble';

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
  /** One look, and all that follows from it. Looks never overlap. Never rejects. */
  look(): Promise<void>;
  stop(): void;
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

  const recover = async (name: SegmentName): Promise<void> => {
    const claimed = claim(folder, name, writer, files);
    if (claimed.kind === 'taken') return;
    if (claimed.kind === 'foreign') return refuse(name, claimed.reason);
    options.folderChanged(folder);
    const scan = await scanFile(files, claimed.fd, () => !stopped).catch((error) => {
      files.close(claimed.fd);
      throw error;
    });
    if (stopped) {
      // Half read is not ours: whoever comes next finds it as it was.
      files.close(claimed.fd);
      return files.rename(claimed.path, join(folder, segmentFile(name)));
    }
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
    await handOver(segment, scan);
  };

  const handOver = async (segment: Segment, scan: SegmentScan): Promise<void> => {
    let slice: RecoveredEntry[] = [];
    const give = async (): Promise<void> => {
      const given = slice;
      slice = [];
      if (given.length > 0) options.guard(() => onRecovered?.(given));
      await nextTurn();
    };
    for (const entry of scan.entries.left()) {
      if (stopped) return;
      const slot = positions.add(segment.id, entry.offset, entry.length, entry.seq);
      if (entry.orderId !== undefined) positions.link(slot, entry.orderId);
      slice.push({
        slot,
        startedMillis: entry.startedMillis,
        endedMillis: entry.endedMillis,
        linked: entry.linked,
        attempts: entry.attempts,
        uncertain: entry.uncertain,
        noOrder: entry.noOrder,
        clientOrderId: entry.clientOrderId,
        leftMillis: scan.lastMillis,
      });
      if (slice.length === SLICE) await give();
    }
    if (slice.length > 0) await give();
  };

  const lookOnce = async (): Promise<void> => {
    await liveness.check();
    const found = await lookAround(folder, writer, liveness, files, clock.wallMillis());
    liveWriters = found.liveWriters;
    if (onRecovered === undefined) return;
    for (const name of found.orphans) {
      if (stopped) return;
      try {
        await recover(name);
      } catch (error) {
        refuse(name, troubleOf(error));
      }
    }
    for (const dead of found.deadSockets) files.remove(join(folder, socketFile(dead)));
  };

  return {
    get liveWriters() {
      return liveWriters;
    },
    get damagedLines() {
      return damagedLines;
    },
    look() {
      looking ??= lookOnce()
        .catch(() => undefined)
        .finally(() => {
          looking = undefined;
        });
      return looking;
    },
    stop() {
      stopped = true;
    },
  };
}
