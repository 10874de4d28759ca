import type { StartedSpan } from './trace-store';

/** More than this are not held back: a bot that never ends its spans must not fill the memory. */
const MOST_HELD = 4_096;
/** Of so many traces that were one span of no interest it is known that they have ended. A power of two. */
const ENDED_ROOTS = 128;

/**
 * Holds back the spans that started last. Nearly all spans of a bot are of no interest and end before anything else
 * happens in their trace; these leave no trace of themselves, and cost next to nothing.
 *
 * Whoever looks at a trace takes its fresh span out first.
 */
export class FreshSpans {
  /** The one that started last of all needs no look-up. */
  #last: StartedSpan | undefined;
  /** The one before it in each trace. */
  readonly #byTrace = new Map<string, StartedSpan>();
  readonly #start: (span: StartedSpan) => void;
  /** A ring: writing to it costs nothing, and only a trace that begins anew is looked for. */
  readonly #endedRoots: string[] = Array(ENDED_ROOTS).fill('');
  #nextRoot = 0;

  /** @param start for a span that something else happens beside */
  constructor(start: (span: StartedSpan) => void) {
    this.#start = start;
  }

  add(span: StartedSpan): void {
    const former = this.#last;
    this.#last = span;
    if (former === undefined) return;
    const earlier = this.#byTrace.get(former.traceId);
    if (earlier !== undefined) this.#start(earlier);
    else if (this.#byTrace.size >= MOST_HELD) this.#startOldest();
    this.#byTrace.set(former.traceId, former);
  }

  /** The span, if it is fresh still; it is held no longer. */
  take(traceId: string, spanId: string): StartedSpan | undefined {
    const last = this.#last;
    if (last?.spanId === spanId && last.traceId === traceId) {
      this.#last = undefined;
      return last;
    }
    const fresh = this.#byTrace.get(traceId);
    // What started after it in its trace may lie below it.
    if (fresh?.spanId !== spanId || last?.traceId === traceId) return undefined;
    this.#byTrace.delete(traceId);
    return fresh;
  }

  /** A fresh span has ended, and nothing else is known of its trace. */
  ended({ traceId, localParentSpanId }: StartedSpan): void {
    if (localParentSpanId !== undefined) return;
    this.#endedRoots[this.#nextRoot] = traceId;
    this.#nextRoot = (this.#nextRoot + 1) & (ENDED_ROOTS - 1);
  }

  /** Whether the first span of the trace has ended, and left nothing else. */
  hasEnded(traceId: string): boolean {
    return this.#endedRoots.includes(traceId);
  }

  /** Something happens in this trace, or may. */
  startIn(traceId: string): void {
    const fresh = this.#byTrace.get(traceId);
    if (fresh !== undefined) {
      this.#byTrace.delete(traceId);
      this.#start(fresh);
    }
    if (this.#last?.traceId !== traceId) return;
    const last = this.#last;
    this.#last = undefined;
    this.#start(last);
  }

  startAll(): void {
    for (const fresh of this.#byTrace.values()) this.#start(fresh);
    this.#byTrace.clear();
    if (this.#last !== undefined) this.#start(this.#last);
    this.#last = undefined;
  }

  #startOldest(): void {
    for (const [traceId, oldest] of this.#byTrace) {
      this.#byTrace.delete(traceId);
      this.#start(oldest);
      return;
    }
  }
}
