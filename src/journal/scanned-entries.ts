/** An entry's line, as far as its first bytes tell. */
export interface ScannedEntry {
  readonly seq: number;
  readonly offset: number;
  readonly length: number;
  readonly startedMillis: number;
  readonly endedMillis: number;
  readonly linked: boolean;
  readonly clientOrderId: boolean;
  readonly noOrder: boolean;
  readonly recordOnly: boolean;
  readonly waiting: boolean;
}

/** An entry that was still open at the end of its file. */
export interface LeftEntry extends ScannedEntry {
  /** The order id of a later record. */
  readonly orderId: string | undefined;
  readonly attempts: number;
  /** An attempt had begun without a recorded outcome, or ended without an answer. */
  readonly uncertain: boolean;
}

const OPEN = 1;
const LINKED = 2;
const CLIENT_ORDER_ID = 4;
const NO_ORDER = 8;
const IN_FLIGHT = 16;
const UNCERTAIN = 32;
const WAITING = 64;
const RECORD_ONLY = 128;

const START_ENTRIES = 1_024;
/** Beyond this a sequence number cannot be one of ours; it also bounds the table that finds them. */
const LARGEST_SEQ = 2 ** 22;

const grown = <T extends Float64Array | Uint32Array | Uint8Array>(from: T, into: T): T => {
  into.set(from);
  return into;
};

/** The entries of one file while it is scanned, in typed arrays: a file may hold half a million. */
export class EntryTable {
  #rowBySeq = new Uint32Array(START_ENTRIES);
  #seq = new Uint32Array(START_ENTRIES);
  #offset = new Uint32Array(START_ENTRIES);
  #length = new Uint32Array(START_ENTRIES);
  #started = new Float64Array(START_ENTRIES);
  #ended = new Float64Array(START_ENTRIES);
  #attempts = new Uint32Array(START_ENTRIES);
  #flags = new Uint8Array(START_ENTRIES);
  readonly #orderIds = new Map<number, string>();
  #rows = 0;
  #open = 0;

  get openCount(): number {
    return this.#open;
  }

  /** False for a second line of one number: a copy must not open again what was closed. */
  add(entry: ScannedEntry): boolean {
    if (entry.seq >= LARGEST_SEQ || (this.#rowBySeq[entry.seq] ?? 0) !== 0) return false;
    const row = this.#rows;
    this.#makeRoom(entry.seq);
    this.#rows += 1;
    this.#seq[row] = entry.seq;
    this.#offset[row] = entry.offset;
    this.#length[row] = entry.length;
    this.#started[row] = entry.startedMillis;
    this.#ended[row] = entry.endedMillis;
    this.#attempts[row] = 0;
    this.#flags[row] =
      OPEN |
      (entry.linked ? LINKED : 0) |
      (entry.clientOrderId ? CLIENT_ORDER_ID : 0) |
      (entry.noOrder ? NO_ORDER : 0) |
      (entry.waiting ? WAITING : 0) |
      (entry.recordOnly ? RECORD_ONLY : 0);
    this.#rowBySeq[entry.seq] = row + 1;
    this.#open += 1;
    return true;
  }

  /** The line was never acknowledged: another one may take its number. */
  void(seq: number): void {
    this.close(seq);
    if (seq < this.#rowBySeq.length) this.#rowBySeq[seq] = 0;
  }

  link(seq: number, orderId: string, waits: boolean): void {
    const row = this.#openRow(seq);
    if (row < 0) return;
    this.#orderIds.set(row, orderId);
    this.#set(row, LINKED, waits ? 0 : WAITING);
  }

  released(seq: number): void {
    const row = this.#openRow(seq);
    if (row >= 0) this.#set(row, 0, WAITING);
  }

  began(seq: number): void {
    const row = this.#openRow(seq);
    if (row < 0) return;
    this.#attempts[row] = (this.#attempts[row] ?? 0) + 1;
    this.#set(row, IN_FLIGHT, 0);
  }

  failed(seq: number, uncertain: boolean): void {
    const row = this.#openRow(seq);
    if (row < 0) return;
    if (((this.#flags[row] ?? 0) & IN_FLIGHT) === 0) this.#attempts[row] = (this.#attempts[row] ?? 0) + 1;
    this.#set(row, uncertain ? UNCERTAIN : 0, IN_FLIGHT);
  }

  /** False when no such entry was open. */
  close(seq: number): boolean {
    const row = this.#openRow(seq);
    if (row < 0) return false;
    this.#set(row, 0, OPEN);
    this.#orderIds.delete(row);
    this.#open -= 1;
    return true;
  }

  /** Those still open, in the order they were written. */
  *left(): Generator<LeftEntry> {
    for (let row = 0; row < this.#rows; row += 1) {
      const flags = this.#flags[row] ?? 0;
      if ((flags & OPEN) === 0) continue;
      yield {
        seq: this.#seq[row] ?? 0,
        offset: this.#offset[row] ?? 0,
        length: this.#length[row] ?? 0,
        startedMillis: this.#started[row] ?? 0,
        endedMillis: this.#ended[row] ?? 0,
        linked: (flags & LINKED) !== 0,
        clientOrderId: (flags & CLIENT_ORDER_ID) !== 0,
        noOrder: (flags & NO_ORDER) !== 0,
        waiting: (flags & WAITING) !== 0,
        recordOnly: (flags & RECORD_ONLY) !== 0,
        orderId: this.#orderIds.get(row),
        attempts: this.#attempts[row] ?? 0,
        uncertain: (flags & (IN_FLIGHT | UNCERTAIN)) !== 0,
      };
    }
  }

  #openRow(seq: number): number {
    if (seq < 0 || seq >= this.#rowBySeq.length) return -1;
    const row = (this.#rowBySeq[seq] ?? 0) - 1;
    return row >= 0 && ((this.#flags[row] ?? 0) & OPEN) !== 0 ? row : -1;
  }

  #set(row: number, add: number, clear: number): void {
    this.#flags[row] = ((this.#flags[row] ?? 0) | add) & ~clear;
  }

  #makeRoom(seq: number): void {
    const seqs = this.#rowBySeq.length;
    if (seq >= seqs) {
      this.#rowBySeq = grown(this.#rowBySeq, new Uint32Array(Math.max(seqs * 2, seq + 1)));
    }
    const rows = this.#seq.length;
    if (this.#rows < rows) return;
    this.#seq = grown(this.#seq, new Uint32Array(rows * 2));
    this.#offset = grown(this.#offset, new Uint32Array(rows * 2));
    this.#length = grown(this.#length, new Uint32Array(rows * 2));
    this.#started = grown(this.#started, new Float64Array(rows * 2));
    this.#ended = grown(this.#ended, new Float64Array(rows * 2));
    this.#attempts = grown(this.#attempts, new Uint32Array(rows * 2));
    this.#flags = grown(this.#flags, new Uint8Array(rows * 2));
  }
}
