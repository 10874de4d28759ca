import type { Clock, Timer } from '../../src/lib/clock.js';

interface Scheduled {
  readonly atMillis: number;
  readonly order: number;
  readonly work: () => void;
}

/** Enough turns of the microtask queue for a chain of promises to come to rest between two timers. */
const MICROTASK_TURNS = 12;

/** Time that stands still until it is told to go on. Timers run in order, promises in between. */
export class FakeClock implements Clock {
  #monotonic = 1_000;
  #wall: number;
  #order = 0;
  #timers: Scheduled[] = [];
  /** What `random` gives; a test may replace it. */
  chance: () => number = () => 0.5;

  constructor(wallMillis = Date.UTC(2026, 10, 22, 12)) {
    this.#wall = wallMillis;
  }

  wallMillis(): number {
    return this.#wall;
  }

  monotonicMillis(): number {
    return this.#monotonic;
  }

  random(): number {
    return this.chance();
  }

  schedule(delayMillis: number, work: () => void): Timer {
    this.#order += 1;
    const timer = { atMillis: this.#monotonic + Math.max(0, delayMillis), order: this.#order, work };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }

  get timers(): number {
    return this.#timers.length;
  }

  /** The machine's clock is set: only `wallMillis` sees it. */
  jumpWall(millis: number): void {
    this.#wall += millis;
  }

  /** Time passes without a timer being run, as for a blocked thread. */
  block(millis: number): void {
    this.#monotonic += millis;
    this.#wall += millis;
  }

  async advance(millis: number): Promise<void> {
    const until = this.#monotonic + millis;
    await settle();
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.atMillis > until) break;
      this.block(Math.max(0, next.atMillis - this.#monotonic));
      this.#timers = this.#timers.filter((other) => other !== next);
      next.work();
      await settle();
    }
    this.block(Math.max(0, until - this.#monotonic));
  }

  #next(): Scheduled | undefined {
    let next: Scheduled | undefined;
    for (const timer of this.#timers) {
      const sooner = next === undefined || timer.atMillis < next.atMillis;
      if (sooner || (timer.atMillis === next?.atMillis && timer.order < next.order)) next = timer;
    }
    return next;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < MICROTASK_TURNS; turn += 1) await undefined;
}
