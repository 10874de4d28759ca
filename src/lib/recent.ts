/**
 * Remembers the latest values by key, between `capacity` and twice as many.
 *
 * Two generations instead of evicting one by one: the oldest key of a Map is only found by walking over all
 * that were deleted before it, and that is paid in the bot's own thread.
 */
export class Recent<V> {
  readonly #capacity: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** All that are remembered, in no order that matters. */
  *values(): Generator<V> {
    for (const [key, value] of this.#old) if (!this.#young.has(key)) yield value;
    yield* this.#young.values();
  }

  set(key: string, value: V): void {
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
