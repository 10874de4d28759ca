import type { SealedEntry } from '../entry/sealed-entry';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import type { DiskState } from './disk-state';
import type { EntryMemory } from './entry-memory';
import type { EntryReader } from './entry-reader';
import type { AttemptRecord, Closed, Rejection, Slot, WeexReceipt } from './journal';
import type { OwnSegments } from './own-segments';
import type { Positions } from './positions';
import {
  acceptedFields,
  attemptFields,
  closedEntryFields,
  entryContents,
  entryFields,
  linkFields,
  type RecordKind,
  referenceFields,
  rejectedFields,
  type UnplacedRecord,
} from './records';
import type { Segment } from './segment';
import { troubleOf } from './trouble';
import type { TurnWriter } from './turn-writer';
import type { UnwrittenHistory } from './unwritten-history';

export interface EntryStoreParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly segments: OwnSegments;
  readonly positions: Positions;
  readonly reader: EntryReader;
  readonly memory: EntryMemory;
  readonly history: UnwrittenHistory;
  readonly disk: DiskState;
  readonly turns: TurnWriter;
  /** Something was written. */
  wrote(): void;
}

const CLOSED_KINDS = {
  invalid: 'invalid',
  skipped: 'skip',
  settled: 'settled',
} as const satisfies Record<Closed['state'], RecordKind>;

/** Entries and what happens to them: on disk while that works, else in memory. No method throws. */
export class EntryStore {
  readonly #parts: EntryStoreParts;
  #lost = 0;
  #forgotten = 0;
  #damaged = 0;

  constructor(parts: EntryStoreParts) {
    this.#parts = parts;
  }

  /** Entries that neither disk nor memory took. */
  get lost(): number {
    return this.#lost;
  }

  /** Ended entries whose records neither disk nor memory took. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Entries that could not be read back as they were written. */
  get damaged(): number {
    return this.#damaged;
  }

  append(entry: SealedEntry): Slot | undefined {
    const { positions, memory } = this.#parts;
    const written = this.#write({ kind: 'entry', atMillis: this.#now(), ...entryContents(entry) });
    if (written !== undefined) {
      const { segment, offset, length, seq } = written;
      segment.openCount += 1;
      if (entry.orderId !== undefined) segment.marks.add('orders');
      return positions.add(segment.id, offset, length, seq);
    }
    if (!this.#makeRoom(entry)) return undefined;
    const slot = positions.add(0, 0, 0, 0);
    memory.keep(slot, entry);
    return slot;
  }

  appendClosed(entry: SealedEntry, closed: Closed): boolean {
    const kind = CLOSED_KINDS[closed.state];
    const record = { kind, atMillis: this.#now(), fields: closedEntryFields(entry, closed.reason) };
    const written = this.#write(record);
    if (written === undefined) {
      if (!this.#makeRoom(entry)) return false;
      this.#parts.history.addClosed(entry, record);
    } else if (closed.state === 'invalid') {
      written.segment.unsettled.add(written.seq);
    }
    return true;
  }

  read(slot: Slot): SealedEntry | undefined {
    const { positions, memory, reader } = this.#parts;
    const position = positions.at(slot);
    if (position === undefined || positions.isLost(slot)) return undefined;
    if (position.segment === 0) return memory.read(slot);
    const reading = reader.read(position);
    switch (reading.kind) {
      case 'entry': {
        const orderId = positions.orderId(slot);
        return orderId === undefined ? reading.entry : { ...reading.entry, orderId };
      }
      case 'unreadable':
        return undefined;
      case 'damaged':
        this.giveUp(slot);
        return undefined;
    }
  }

  link(slot: Slot, orderId: string, reason: string, waits = false): void {
    const { positions, memory } = this.#parts;
    if (!positions.link(slot, orderId)) return;
    memory.link(slot, orderId);
    this.#note(slot, 'link', (seq) => linkFields(seq, orderId, reason, waits))?.marks.add('orders');
  }

  released(slot: Slot): void {
    this.#parts.memory.released(slot);
    this.#note(slot, 'released', (seq) => referenceFields(seq));
  }

  amend(slot: Slot, entry: SealedEntry): void {
    const { positions, segments, memory, turns } = this.#parts;
    const position = positions.at(slot);
    if (position === undefined) return;
    const former = segments.get(position.segment);
    const fields = (into: Segment): string => entryFields(entry, into === former ? position.seq : undefined);
    const atMillis = this.#now();
    const written =
      former === undefined
        ? undefined
        : this.#write((into) => ({ kind: 'entry', atMillis, fields: fields(into) }));
    if (written === undefined) {
      memory.keep(slot, entry);
      positions.move(slot, 0, 0, 0, 0);
    } else {
      written.segment.openCount += 1;
      if (entry.orderId !== undefined) written.segment.marks.add('orders');
      positions.move(slot, written.segment.id, written.offset, written.length, written.seq);
    }
    if (former === undefined) return;
    former.openCount -= 1;
    if (written?.segment === former) return;
    const moved = { kind: 'moved', atMillis, fields: referenceFields(position.seq) } as const;
    // On disk the entry stands twice until this is written, so that is not left to the end of the turn. While only
    // memory has it, the former line must go on to count.
    if (written === undefined) turns.put(former, moved);
    else turns.putNow(former, moved, false);
  }

  sending(slot: Slot): void {
    const { positions, segments, turns } = this.#parts;
    const position = positions.at(slot);
    const segment = position === undefined ? undefined : segments.get(position.segment);
    if (position === undefined || segment === undefined) return;
    // Not at the end of the turn: the request may leave within it, and a process that is killed then would come
    // back without knowing that WEEX may have the entry.
    turns.putNow(segment, { kind: 'sending', atMillis: this.#now(), fields: referenceFields(position.seq) });
  }

  attempted(slot: Slot, attempt: AttemptRecord): void {
    this.#note(slot, 'attempt', (seq) => attemptFields(seq, attempt), true);
  }

  accepted(slot: Slot, receipt: WeexReceipt): void {
    this.#finish(slot, 'accepted', (seq) => acceptedFields(seq, receipt));
  }

  rejected(slot: Slot, rejection: Rejection): void {
    this.#finish(slot, 'rejected', (seq) => rejectedFields(seq, rejection));
  }

  closed(slot: Slot, { state, reason }: Closed): void {
    this.#finish(slot, CLOSED_KINDS[state], (seq) => referenceFields(seq, reason));
  }

  /** A record about no entry of this process. False when the disk does not take it. */
  record(kind: RecordKind, fields: string): Segment | undefined {
    return this.#write({ kind, atMillis: this.#now(), fields })?.segment;
  }

  /** The entry cannot be read any more. What is left of its line stays, for people to look at. */
  giveUp(slot: Slot): void {
    const { positions, segments, log, folder } = this.#parts;
    const position = positions.at(slot);
    if (position === undefined || !positions.lose(slot)) return;
    const segment = segments.get(position.segment);
    segment?.marks.add('damaged');
    this.#damaged += 1;
    log.error(
      `journal ${folder}: entry ${position.seq} of ${segment?.base} was damaged, changed or removed on disk and cannot be sent`,
    );
  }

  /** It was sent or closed, so no log is missing at WEEX; but what proves it is gone. */
  #countForgotten(): void {
    this.#forgotten += 1;
    if (this.#forgotten > 1) return;
    this.#parts.log.error(
      `journal ${this.#parts.folder}: records of AI logs that have ended are given up, to have memory for those still to be sent: the disk cannot be used. Further ones are counted`,
    );
  }

  #countLost(): void {
    this.#lost += 1;
    if (this.#lost === 1) {
      this.#parts.log.error(
        `journal ${this.#parts.folder}: an AI log is lost: neither disk nor memory has room for it. Further ones are counted`,
      );
    }
  }

  #now(): number {
    return this.#parts.clock.wallMillis();
  }

  /** @param record may depend on the file that it goes to */
  #write(record: UnplacedRecord | ((into: Segment) => UnplacedRecord)) {
    const { disk, segments } = this.#parts;
    if (disk.trouble !== undefined) return undefined;
    try {
      const { segment, written } = segments.append(record);
      segment.hasContent = true;
      return { segment, ...written };
    } catch (error) {
      disk.failed(troubleOf(error));
      return undefined;
    } finally {
      this.#parts.wrote();
    }
  }

  /** Something happened to an entry that stays open. */
  #note(
    slot: Slot,
    kind: RecordKind,
    fields: (seq: number) => string,
    optional = false,
  ): Segment | undefined {
    const { positions, segments, turns } = this.#parts;
    const position = positions.at(slot);
    const segment = position === undefined ? undefined : segments.get(position.segment);
    if (position === undefined || segment === undefined) return undefined;
    turns.put(segment, { kind, atMillis: this.#now(), fields: fields(position.seq) }, optional);
    return segment;
  }

  #finish(slot: Slot, kind: RecordKind, fields: (seq: number) => string): void {
    const { positions, segments, turns, memory, history } = this.#parts;
    const position = positions.at(slot);
    if (position === undefined) return;
    positions.remove(slot);
    const atMillis = this.#now();
    const entry = memory.take(slot);
    if (entry !== undefined) history.addEnded(entry, atMillis, { kind, atMillis, fields });
    const segment = segments.get(position.segment);
    if (segment === undefined) return;
    segment.openCount -= 1;
    if (kind === 'rejected' || kind === 'invalid') segment.unsettled.add(position.seq);
    turns.put(segment, { kind, atMillis, fields: fields(position.seq) });
  }

  #makeRoom(entry: SealedEntry): boolean {
    const { memory, history } = this.#parts;
    while (!memory.hasRoomFor(entry, history.bytes)) {
      if (history.dropOldest()) {
        this.#countForgotten();
        continue;
      }
      this.#countLost();
      return false;
    }
    return true;
  }
}
