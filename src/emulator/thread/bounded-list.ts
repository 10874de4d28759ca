/**
 * The newest items, numbered from 1 without gaps, within a count and a number of bytes.
 *
 * A map and not an array: dropping the oldest item must not move the others.
 */
export class BoundedList<T> {
  readonly #items = new Map<number, { readonly item: T; readonly bytes: number }>();
  #first = 1;
  #last = 0;
  #bytes = 0;
  readonly #maxItems: number;
  readonly #maxBytes: number;

  constructor(maxItems: number, maxBytes: number) {
    this.#maxItems = maxItems;
    this.#maxBytes = maxBytes;
  }

  /** The number of the oldest item that is kept; one more than the newest number when none is. */
  get first(): number {
    return this.#first;
  }

  /** The number of the newest item, kept or not; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  push(item: T, bytes: number): void {
    this.#last += 1;
    this.#items.set(this.#last, { item, bytes });
    this.#bytes += bytes;
    while (this.#items.size > this.#maxItems || this.#bytes > this.#maxBytes) this.#dropOldest();
  }

  get(number: number): T | undefined {
    return this.#items.get(number)?.item;
  }

  /** The kept items with a number above `after`, oldest first. */
  after(after: number): T[] {
    const items: T[] = [];
    for (let number = Math.max(after + 1, this.#first); number <= this.#last; number += 1) {
      const kept = this.#items.get(number);
      if (kept !== undefined) items.push(kept.item);
    }
    return items;
  }

  clear(): void {
    this.#items.clear();
    this.#first = 1;
    this.#last = 0;
    this.#bytes = 0;
  }

  #dropOldest(): void {
    this.#bytes -= this.#items.get(this.#first)?.bytes ?? 0;
    this.#items.delete(this.#first);
    this.#first += 1;
  }
}
