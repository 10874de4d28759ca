import type { SealedEntry } from '../entry/sealed-entry';

/**
 * A small number that stands for an open entry. Dense and reused, so that whoever schedules a million of
 * them can keep what it needs in typed arrays.
 */
export type Slot = number;

/** What has to outlive a crash of a span, beside its entry. */
export interface KeptSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** The text of a JSON object, as in `SealedEntry`. */
  readonly known?: string | undefined;
  /** The bot named this order for the span's entry while it waited. */
  readonly namedOrderId?: string | undefined;
}

/** What scheduling needs of an entry. */
export interface OpenEntry {
  readonly slot: Slot;
  readonly startedMillis: number;
  readonly endedMillis: number;
  /** Has an order id: goes first among those with the same deadline. */
  readonly linked: boolean;
  /** Attempts that were begun before this process had the entry. */
  readonly attempts?: number;
  /** One of them may have reached WEEX: it ended without an answer, or with the process. */
  readonly uncertain?: boolean;
}

/** An entry that a process left behind when it ended. */
export interface RecoveredEntry extends OpenEntry {
  readonly attempts: number;
  readonly uncertain: boolean;
  /** The bot said that there is no order. */
  readonly noOrder: boolean;
  /** Has a client order id, by which its order may still be found. */
  readonly clientOrderId: boolean;
  /** Mode `record`: not to be sent. */
  readonly recordOnly: boolean;
  /** The last sign of life in the entry's file, milliseconds since 1970. */
  readonly leftMillis: number;
}

/** One that waited for its trace. */
export interface WaitingEntry extends RecoveredEntry {
  /** `undefined` when it cannot be read. */
  readonly entry: SealedEntry | undefined;
}

/** A span of a trace in which entries waited when their process ended. */
export interface RecoveredSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** JSON value of what was kept; `undefined` when nothing was, or only an order's name. */
  readonly known: unknown;
  readonly namedOrderId: string | undefined;
  /** Its entry, the first of several. */
  readonly entry: SealedEntry | undefined;
  /** Of its entries that still wait, in the order of their order ids. */
  readonly waiting: readonly WaitingEntry[];
  /** What was decided of its entry before the end. */
  readonly decided: 'sent' | 'dropped' | undefined;
}

/** WEEX's acceptance, as recorded and as given to the bot. */
export interface WeexReceipt {
  readonly entryId: string;
  /** WEEX's code, as text: `00000` or `0`. */
  readonly code: string;
  readonly msg: string;
  /** WEEX's own clock at the answer, milliseconds since 1970; the v3 API sends none. */
  readonly requestTime?: number;
  /** Our clock at the answer, milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly attempts: number;
  /** An earlier attempt ended without an answer after the body was sent, so WEEX may hold the entry twice. */
  readonly possibleDuplicate: boolean;
  readonly orderId?: string;
}

/** One try that was not accepted. */
export interface AttemptRecord {
  readonly attempt: number;
  readonly atMillis: number;
  readonly durationMillis: number;
  readonly disposition: 'retry' | 'clock' | 'hold' | 'reject';
  readonly httpStatus: number | undefined;
  readonly weexCode: string | undefined;
  /** WEEX's words, or the name of the network error; never a header or a key. */
  readonly reason: string;
  /** The body may have reached WEEX. */
  readonly uncertain: boolean;
}

/** Why an entry will not be sent (again) by itself. */
export interface Rejection {
  readonly httpStatus: number | undefined;
  readonly weexCode: string | undefined;
  readonly reason: string;
}

export interface PauseRecord {
  readonly httpStatus?: number | undefined;
  readonly sinceMillis: number;
  readonly reason: string;
  readonly weexCode: string | undefined;
}

/**
 * Why an entry is in the journal but never goes to WEEX. `settled`: a person decided so; unlike the others it
 * asks for nobody's attention any more.
 */
export type Closed =
  | { readonly state: 'invalid'; readonly reason: string }
  | { readonly state: 'skipped'; readonly reason: string }
  | { readonly state: 'settled'; readonly reason: string };

/**
 * The record of every entry and of all that happens to it.
 *
 * No method throws: what cannot be written is kept in memory, and what cannot be kept is told by the
 * return value.
 */
export interface Journal {
  /** Where entries appended now are kept. */
  readonly kind: 'disk' | 'memory';
  /**
   * Keeps the entry before it returns. `undefined` means that it is lost: neither disk nor memory took it.
   */
  append(entry: SealedEntry): Slot | undefined;
  /** Keeps an entry that will not be sent, with the reason; false means that it is lost. */
  appendClosed(entry: SealedEntry, closed: Closed): boolean;
  /**
   * The entry of an open slot, with the order id linked since. `undefined`: the slot is not open, or the entry
   * cannot be read; `isLost` tells whether trying again makes sense. The slot stays open all the same: only
   * its owner closes it.
   */
  read(slot: Slot): SealedEntry | undefined;
  /** The entry of this open slot can never be read: it was damaged or changed on disk, or its file is gone. */
  isLost(slot: Slot): boolean;
  /** The entry waits no longer. */
  released(slot: Slot): void;
  /** The slot's entry gets other words, its trace having lent them; it waits no longer. */
  amend(slot: Slot, entry: SealedEntry): void;
  /** Keeps what a span without an entry says, as far as the disk takes it. */
  keepSpan(span: KeptSpan): void;
  /**
   * It waits no longer. `orderId`: digits from 1 to 9223372036854775807; any other text is ignored.
   *
   * @param waits it is about to be closed: a process that ends before must not leave it to be sent
   */
  link(slot: Slot, orderId: string, reason: string, waits?: boolean): void;
  /**
   * An attempt is about to begin. Should the process die before its outcome is recorded, the entry comes back
   * as `uncertain`.
   */
  sending(slot: Slot): void;
  attempted(slot: Slot, attempt: AttemptRecord): void;
  /** Closes the slot: its number may be used again. */
  accepted(slot: Slot, receipt: WeexReceipt): void;
  /** Closes the slot. */
  rejected(slot: Slot, rejection: Rejection): void;
  /** Closes the slot of an entry that shall not be sent after all. */
  closed(slot: Slot, closed: Closed): void;
  paused(pause: PauseRecord): void;
  resumed(atMillis: number): void;
  /** How many live processes share the account's rate, this one included. */
  liveProcesses(): number;
  /** Resolves when everything written so far is as safe as this journal can make it. */
  sync(): Promise<void>;
  close(): Promise<void>;
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
  /** Ended entries whose records are lost. */
  readonly forgotten: number;
  /** Torn, damaged or changed lines found by this process. */
  readonly damagedLines: number;
}

/** An entry of any file of the account, as `readEntries` names it. */
export interface EntryPlace {
  /** The file's base name. */
  readonly file: string;
  readonly seq: number;
  readonly id: string;
}

/** A journal that other processes of the account share, and that outlives this one. */
export interface FileJournal extends Journal {
  /** The pause that holds now for the account, also one from before a restart. */
  readonly pause: PauseRecord | undefined;
  /** WEEX has accepted something of this account, in this process or an earlier one. */
  readonly acceptedBefore: boolean;
  facts(): JournalFacts;
  /** Looks for what dead processes left; resolves when all of it was handed over. */
  recoverNow(): Promise<void>;
  /** Closes a rejected or invalid entry for good, in whatever file it is. False when the disk refuses. */
  settle(place: EntryPlace, reason: string, details?: Readonly<Record<string, unknown>>): boolean;
  /** Keeps a fact about this process, for `doctor`. */
  note(name: string, facts: Readonly<Record<string, unknown>>): void;
}
