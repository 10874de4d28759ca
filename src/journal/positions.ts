import type { Slot } from './journal';

const PAGE_BITS = 13;
const PAGE_SLOTS = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_SLOTS - 1;
const FREE = 0;
const OPEN = 1;
const LOST = 2;
const NONE = 0xffffffff;
const NO_ORDER_ID = 0n;
const LARGEST_ORDER_ID = 2n ** 63n - 1n;
const ORDER_ID = /^[1-9]\d{0,18}$/;

/** Where one entry's line stands. `segment` 0 means that it is kept in memory. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly seq: number;
}

class Page {
  readonly segment = new Uint32Array(PAGE_SLOTS);
  readonly offset = new Uint32Array(PAGE_SLOTS);
  readonly length = new Uint32Array(PAGE_SLOTS);
  readonly seq = new Uint32Array(PAGE_SLOTS);
  /** Only for entries that got their order id later. */
  orderId: BigInt64Array | undefined;
  readonly open = new Uint8Array(PAGE_SLOTS);
}

/**
 * Where the open entries are: 17 bytes for each (8 more for one that got its order id later) and no object, so that a million of them fit beside a bot.
 *
 * Free slots form a list through `offset`; the one that was freed last is used first, which keeps slots dense.
 */
export class Positions {
  readonly #pages: Page[] = [];
  #used = 0;
  #firstFree = NONE;
  #count = 0;

  /** How many slots are open. */
  get count(): number {
    return this.#count;
  }

  add(segment: number, offset: number, length: number, seq: number): Slot {
    let slot = this.#firstFree;
    if (slot === NONE) {
      slot = this.#used;
      this.#used += 1;
      if (slot >>> PAGE_BITS === this.#pages.length) this.#pages.push(new Page());
    } else {
      this.#firstFree = this.#pageOf(slot).offset[slot & PAGE_MASK] ?? NONE;
    }
    const page = this.#pageOf(slot);
    page.open[slot & PAGE_MASK] = OPEN;
    if (page.orderId !== undefined) page.orderId[slot & PAGE_MASK] = NO_ORDER_ID;
    this.#count += 1;
    this.move(slot, segment, offset, length, seq);
    return slot;
  }

  move(slot: Slot, segment: number, offset: number, length: number, seq: number): void {
    const page = this.#pageOf(slot);
    const at = slot & PAGE_MASK;
    page.segment[at] = segment;
    page.offset[at] = offset;
    page.length[at] = length;
    page.seq[at] = seq;
  }

  isOpen(slot: Slot): boolean {
    return slot >= 0 && slot < this.#used && this.#pageOf(slot).open[slot & PAGE_MASK] !== FREE;
  }

  isLost(slot: Slot): boolean {
    return slot >= 0 && slot < this.#used && this.#pageOf(slot).open[slot & PAGE_MASK] === LOST;
  }

  /** What the slot stands for cannot be read any more. False when that was known. */
  lose(slot: Slot): boolean {
    if (!this.isOpen(slot) || this.isLost(slot)) return false;
    this.#pageOf(slot).open[slot & PAGE_MASK] = LOST;
    return true;
  }

  /** The position of an open slot. */
  at(slot: Slot): Position | undefined {
    if (!this.isOpen(slot)) return undefined;
    const page = this.#pageOf(slot);
    const at = slot & PAGE_MASK;
    return {
      segment: page.segment[at] ?? 0,
      offset: page.offset[at] ?? 0,
      length: page.length[at] ?? 0,
      seq: page.seq[at] ?? 0,
    };
  }

  /** False for anything that is not an order id; such a text is never sent. */
  link(slot: Slot, orderId: string): boolean {
    if (!this.isOpen(slot) || !ORDER_ID.test(orderId)) return false;
    const digits = BigInt(orderId);
    if (digits > LARGEST_ORDER_ID) return false;
    const page = this.#pageOf(slot);
    page.orderId ??= new BigInt64Array(PAGE_SLOTS);
    page.orderId[slot & PAGE_MASK] = digits;
    return true;
  }

  /** The order id linked since the entry was written. */
  orderId(slot: Slot): string | undefined {
    const digits = this.#pageOf(slot).orderId?.[slot & PAGE_MASK];
    return digits === undefined || digits === NO_ORDER_ID ? undefined : String(digits);
  }

  remove(slot: Slot): void {
    if (!this.isOpen(slot)) return;
    const page = this.#pageOf(slot);
    page.open[slot & PAGE_MASK] = FREE;
    page.offset[slot & PAGE_MASK] = this.#firstFree;
    this.#firstFree = slot;
    this.#count -= 1;
  }

  /** The first open slot of a segment at or after `from`; looks at no more than `limit` slots. */
  findIn(segment: number, from: Slot, limit: number): { slot: Slot | undefined; next: Slot } {
    const end = Math.min(this.#used, from + limit);
    for (let slot = from; slot < end; slot += 1) {
      const page = this.#pageOf(slot);
      if (page.open[slot & PAGE_MASK] === OPEN && page.segment[slot & PAGE_MASK] === segment) {
        return { slot, next: slot + 1 };
      }
    }
    return { slot: undefined, next: end };
  }

  get used(): number {
    return this.#used;
  }

  #pageOf(slot: Slot): Page {
    const page = this.#pages[slot >>> PAGE_BITS];
    if (page === undefined) throw new RangeError(`no page for slot ${slot}`);
    return page;
  }
}
