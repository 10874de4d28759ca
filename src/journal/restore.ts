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
 */
export async function restore(parts: RestoreParts): Promise<void> {
  const { clock, segments, positions, memory, history } = parts;
  let since = clock.monotonicMillis();
  const breathe = async (): Promise<void> => {
    if (clock.monotonicMillis() - since < BUSY_MILLIS) return;
    await nextTurn();
    since = clock.monotonicMillis();
  };
  for (const segment of [...segments.all()]) {
    if (!segment.gone) continue;
    await moveOut(segment, parts, breathe);
    segments.release(segment);
  }
  for (const slot of memory.slots()) {
    const entry = memory.read(slot);
    if (entry === undefined) continue;
    const fields = entryFields(entry);
    const { segment, written } = segments.append({ kind: 'entry', atMillis: clock.wallMillis(), fields });
    segment.openCount += 1;
    segment.hasContent = true;
    if (entry.orderId !== undefined) segment.marks.add('orders');
    positions.move(slot, segment.id, written.offset, written.length, written.seq);
    memory.take(slot);
    await breathe();
  }
  while (history.count > 0) {
    writeOldest(parts);
    await breathe();
  }
  for (const segment of segments.all()) {
    while (segment.hasQueued) {
      segments.flush(segment);
      await breathe();
    }
  }
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
  const { clock, segments, positions, reader } = parts;
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
    const fields = entryFields({ ...reading.entry, orderId });
    const atMillis = clock.wallMillis();
    const { segment, written } = segments.append({ kind: 'entry', atMillis, fields });
    segment.openCount += 1;
    segment.hasContent = true;
    if (orderId !== undefined) segment.marks.add('orders');
    positions.move(slot, segment.id, written.offset, written.length, written.seq);
    if (isReachable) noteMove(gone, position.seq, atMillis);
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
