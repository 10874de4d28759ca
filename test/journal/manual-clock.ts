import type { Clock, Timer } from '../../src/lib/clock.js';

/** Time that passes when a test says so. Starts at the machine's own time, because files have real dates. */
export class ManualClock implements Clock {
  #wall = Date.now();
  #monotonic = 1_000;
  readonly #timers = new Map<number, { readonly due: number; readonly work: () => void }>();
  #made = 0;

  wallMillis(): number {
    return this.#wall;
  }

  monotonicMillis(): number {
    return this.#monotonic;
  }

  random(): number {
    return Math.random();
  }

  schedule(delayMillis: number, work: () => void): Timer {
    this.#made += 1;
    const id = this.#made;
    this.#timers.set(id, { due: this.#monotonic + Math.max(0, delayMillis), work });
    return { cancel: () => void this.#timers.delete(id) };
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Runs what falls due, in order, with the time it is due at. */
  advance(millis: number): void {
    const end = this.#monotonic + millis;
    for (;;) {
      let next: number | undefined;
      let due = end;
      for (const [id, timer] of this.#timers) {
        if (timer.due <= due && (next === undefined || timer.due < due)) [next, due] = [id, timer.due];
      }
      if (next === undefined) break;
      const work = this.#timers.get(next)?.work;
      this.#timers.delete(next);
      this.#pass(Math.max(0, due - this.#monotonic));
      work?.();
    }
    this.#pass(end - this.#monotonic);
  }

  /** The machine's clock is set; nothing else happens. */
  jump(millis: number): void {
    this.#wall += millis;
  }

  #pass(millis: number): void {
    this.#monotonic += millis;
    this.#wall += millis;
  }
}
