import type { SealedEntry } from '../entry/sealed-entry';
import type { Clock } from '../lib/clock';
import type { EntryMemory } from './entry-memory';
import type { EntryReader } from './entry-reader';
import type { Slot } from './journal';
import { nextTurn } from './next-turn';
import type { OwnSegments } from './own-segments';
import type { Positions } from './positions';
import { entryFields, referenceFields } from './records';
import type { Segment } from './segment';
import type { UnwrittenHistory } from './unwritten-history';

/** How long it may write before the bot's work goes first again. */
const BUSY_MILLIS = 10;
const SLOTS_AT_ONCE = 4_096;

export interface RestoreParts {
  readonly clock: Clock;
  readonly segments: OwnSegments;
  readonly positions: Positions;
  readonly reader: EntryReader;
  readonly memory: EntryMemory;
  readonly history: UnwrittenHistory;
  /** An entry whose file is gone could not be read any more. */
  onLost(slot: Slot): void;
}

/**
 * Brings everything that is not safely on disk to the disk: entries kept in memory, entries in files that were
 * removed under us (they can still be read as long as they are open), and what ended meanwhile.
 *
 * Rejects when the disk refuses again; what was brought over by then stays, and the rest is where it was.
 * `well` is called in the very step in which nothing is left, so that nothing can come in between.
 */
export async function restore(parts: RestoreParts, well: () => void): Promise<void> {
  const { clock, segments, memory, history } = parts;
  let since = clock.monotonicMillis();
  const breathe = async (): Promise<void> => {
    if (clock.monotonicMillis() - since < BUSY_MILLIS) return;
    await nextTurn();
    since = clock.monotonicMillis();
  };
  for (;;) {
    const gone = [...segments.all()].find((segment) => segment.gone);
    const [slot] = memory.slots();
    const queued = [...segments.all()].find((segment) => segment.hasQueued);
    if (gone !== undefined) {
      await moveOut(gone, parts, breathe);
      segments.release(gone);
    } else if (slot !== undefined) {
      writeEntry(slot, memory.read(slot), parts);
      memory.take(slot);
    } else if (history.count > 0) {
      writeOldest(parts);
    } else if (queued !== undefined) {
      segments.flush(queued);
    } else {
      return well();
    }
    await breathe();
  }
}

/** Writes an open entry to the file for new ones. Throws. */
function writeEntry(slot: Slot, entry: SealedEntry | undefined, parts: RestoreParts): void {
  if (entry === undefined) return;
  const { clock, segments, positions } = parts;
  const record = { kind: 'entry', atMillis: clock.wallMillis(), fields: entryFields(entry) } as const;
  const { segment, written } = segments.append(record);
  segment.openCount += 1;
  segment.hasContent = true;
  if (entry.orderId !== undefined) segment.marks.add('orders');
  positions.move(slot, segment.id, written.offset, written.length, written.seq);
}

/** The first record may be an entry that the second one closes, so its number has to be known before. */
function writeOldest({ segments, history }: RestoreParts): void {
  const first = history.oldest(0)?.[0];
  if (first === undefined) return;
  const { segment, written } = segments.append(first);
  segment.hasContent = true;
  const second = history.oldest(written.seq)?.[1];
  history.dropOldest();
  if (second !== undefined) segment.enqueue(second);
  if (first.kind === 'invalid') segment.unsettled.add(written.seq);
  if (second?.kind === 'rejected' || second?.kind === 'invalid') segment.unsettled.add(written.seq);
}

async function moveOut(gone: Segment, parts: RestoreParts, breathe: () => Promise<void>): Promise<void> {
  const { clock, positions, reader } = parts;
  const isReachable = gone.isInPlace();
  for (let from = 0; from < positions.used; ) {
    const { slot, next } = positions.findIn(gone.id, from, SLOTS_AT_ONCE);
    from = next;
    await breathe();
    const position = slot === undefined ? undefined : positions.at(slot);
    if (slot === undefined || position === undefined || position.segment !== gone.id) continue;
    const reading = reader.read(position);
    if (reading.kind !== 'entry') {
      parts.onLost(slot);
      continue;
    }
    const orderId = positions.orderId(slot) ?? reading.entry.orderId;
    writeEntry(slot, { ...reading.entry, orderId }, parts);
    if (isReachable) noteMove(gone, position.seq, clock.wallMillis());
  }
}

/** Best effort: without this line, a later recovery would send the entry a second time. */
function noteMove(gone: Segment, seq: number, atMillis: number): void {
  try {
    gone.append({ kind: 'moved', atMillis, fields: referenceFields(seq) });
  } catch {
    // The disk that failed this file still does.
  }
}
