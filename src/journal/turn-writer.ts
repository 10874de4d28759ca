import type { UnplacedRecord } from './records';
import type { Segment } from './segment';

/**
 * Writes what happens to entries: at once when nothing was written in this turn of the event loop, else
 * together with the rest of the turn. A thousand answers in one turn cost two writes.
 *
 * `flush` must not throw; it says whether it could write.
 */
export class TurnWriter {
  readonly #flush: (segment: Segment) => boolean;
  readonly #waiting = new Set<Segment>();
  #inTurn = false;

  constructor(flush: (segment: Segment) => boolean) {
    this.#flush = flush;
  }

  put(segment: Segment, record: UnplacedRecord, optional = false): void {
    segment.enqueue(record, optional);
    this.wake(segment);
  }

  /** For what must be on disk before anything else happens; whatever waits for this file is written with it. */
  putNow(segment: Segment, record: UnplacedRecord, optional = true): void {
    if (!this.#inTurn) this.#beginTurn();
    segment.enqueue(record, optional);
    while (segment.hasQueued && this.#flush(segment));
  }

  /** Something is queued for this file. */
  wake(segment: Segment): void {
    if (this.#inTurn) {
      this.#waiting.add(segment);
      return;
    }
    this.#beginTurn();
    this.#flushNow(segment);
  }

  #beginTurn(): void {
    this.#inTurn = true;
    // Held for the rest of this turn only, so it keeps no process alive.
    setImmediate(() => this.#endTurn());
  }

  #endTurn(): void {
    this.#inTurn = false;
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#beginTurn();
    for (const segment of waiting) this.#flushNow(segment);
  }

  #flushNow(segment: Segment): void {
    const couldWrite = this.#flush(segment);
    if (couldWrite && segment.hasQueued) this.#waiting.add(segment);
  }
}
