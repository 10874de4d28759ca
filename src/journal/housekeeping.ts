import { utimesSync } from 'node:fs';
import type { Clock, Timer } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import type { Archive } from './archive';
import type { DiskState } from './disk-state';
import type { FileSystem } from './file-system';
import type { Liveness } from './liveness';
import type { OwnSegments } from './own-segments';
import type { PauseFile } from './pause-file';
import type { Segment } from './segment';
import { readSettlements } from './settlements';
import type { Takeover } from './takeover';

const TICK_MILLIS = 2_000;
/** Who died? Every six seconds, so that a busy machine too takes over within fifteen of a death. */
const TICKS_PER_LOOK = 3;
const FIRST_TIDY_TICK = 15;
const TICKS_PER_TIDY = 300;
const TICKS_PER_GROWTH = 30;

export interface HousekeepingParts {
  readonly clock: Clock;
  readonly files: FileSystem;
  readonly segments: OwnSegments;
  readonly liveness: Liveness;
  readonly pause: PauseFile;
  readonly archive: Archive;
  readonly takeover: Takeover;
  readonly disk: DiskState;
}

/** What has to be looked after while the bot does something else. */
export interface Housekeeping {
  /** Finds out whether files were removed or renamed under us. */
  checkPlaces(some: Iterable<Segment>): void;
  /** Puts a file away if nothing in it is waiting for anything. */
  consider(segment: Segment): void;
  /** Bounds, retention, and what people settled elsewhere. Never rejects. */
  tidy(): Promise<void>;
  stop(): void;
}

export function startHousekeeping(parts: HousekeepingParts): Housekeeping {
  const { clock, segments, liveness, pause, archive, takeover, disk } = parts;
  let timer: Timer | undefined;
  let ticks = 0;
  let stopped = false;

  const checkPlaces = (some: Iterable<Segment>): void => {
    for (const segment of some) {
      // One that was put away since its sync began is not ours any more, and where it is now is its own affair.
      if (segments.get(segment.id) !== segment) continue;
      if (segment.gone || segment.isInPlace()) continue;
      segment.gone = true;
      disk.failed('its files were removed or renamed');
    }
  };

  const consider = (segment: Segment): void => {
    if (
      segment.gone ||
      segment.unsafe ||
      segment.openCount > 0 ||
      segment.unsettled.size > 0 ||
      segment.hasQueued
    )
      return;
    if (segments.isActive(segment) || segments.dirty.has(segment)) return;
    if (archive.putAway(segment)) segments.release(segment);
  };

  const applySettlements = async (): Promise<void> => {
    const waiting = [...segments.all()].filter((segment) => segment.unsettled.size > 0);
    if (waiting.length === 0) return;
    const settled = await readSettlements(parts.files, await archive.settlements());
    for (const segment of waiting) {
      for (const seq of settled.get(segment.base) ?? []) segment.unsettled.delete(seq);
      consider(segment);
    }
  };

  /** Without a socket, others judge by the age of the files. */
  const showAgeOfFiles = (): void => {
    const now = clock.wallMillis() / 1_000;
    for (const segment of segments.all()) {
      try {
        if (!segment.gone) utimesSync(segment.path, now, now);
      } catch {
        // `checkPlaces` finds out.
      }
    }
  };

  const tidy = async (): Promise<void> => {
    await archive.tidy();
    await applySettlements();
  };

  const tick = (): void => {
    if (stopped) return;
    plan();
    ticks += 1;
    if (disk.trouble !== undefined) return;
    checkPlaces(segments.all());
    if (disk.trouble !== undefined) return;
    liveness.ensure();
    if (!liveness.isListening) showAgeOfFiles();
    pause.poll();
    if (ticks % TICKS_PER_LOOK === 0) {
      for (const segment of [...segments.all()]) consider(segment);
      void takeover.look();
    }
    if (ticks % TICKS_PER_TIDY === FIRST_TIDY_TICK) void tidy();
    else if (archive.hasGrown && ticks % TICKS_PER_GROWTH === FIRST_TIDY_TICK) void tidy();
  };

  const plan = (): void => {
    timer = clock.schedule(TICK_MILLIS, () => withoutTracing(tick));
  };

  plan();
  return {
    checkPlaces,
    consider,
    tidy,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
