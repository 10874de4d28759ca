import type { WeexEvent } from '../events';
import { nextTurn } from '../journal/next-turn';
import type { Clock } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';

/** Takes events at any time and gives them to the bot's listeners in a later turn of the event loop. */
export interface EventQueue {
  push(event: WeexEvent): void;
  /** Gives what is there now, for at most a quarter of a second: before a flush or the end resolves. */
  drain(): void;
}

export interface EventQueueParts {
  readonly listeners: ReadonlySet<(event: WeexEvent) => unknown>;
  readonly clock: Pick<Clock, 'monotonicMillis'>;
  /** A listener threw, or its promise rejected. */
  readonly threw: (error: unknown) => void;
  /** So many events were dropped, since the listeners are slower than what happens. */
  readonly dropped: (count: number) => void;
}

const MOST_WAITING = 10_000;
const SLICE_MILLIS = 10;
const DRAIN_MILLIS = 250;

/**
 * A listener may be slow, and an entry is often made while an order waits: so none is called within
 * `span.end()`, and between two slices the bot's own work has its turn. Bounded: the oldest are dropped first.
 */
export function createEventQueue(parts: EventQueueParts): EventQueue {
  const { listeners, clock, threw } = parts;
  let waiting: WeexEvent[] = [];
  let isScheduled = false;

  function tell(event: WeexEvent): void {
    for (const listener of listeners) {
      try {
        // A listener that traces a stage of its own would otherwise call itself for ever.
        const returned = withoutTracing(() => listener(event));
        if (isThenable(returned)) returned.then(undefined, threw);
      } catch (error) {
        threw(error);
      }
    }
  }

  /** What a listener itself causes comes after it, in a later slice. */
  function give(limitMillis: number): void {
    const events = waiting;
    waiting = [];
    const deadline = clock.monotonicMillis() + limitMillis;
    let given = 0;
    while (given < events.length && (given === 0 || clock.monotonicMillis() < deadline)) {
      const event = events[given];
      given += 1;
      if (event !== undefined) tell(event);
    }
    if (given < events.length) waiting = [...events.slice(given), ...waiting];
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    void nextTurn().then(() => {
      isScheduled = false;
      give(SLICE_MILLIS);
      if (waiting.length > 0) schedule();
    });
  }

  return {
    push(event) {
      if (listeners.size === 0) return;
      if (waiting.length >= MOST_WAITING) {
        const excess = MOST_WAITING / 10;
        waiting = waiting.slice(excess);
        parts.dropped(excess);
      }
      waiting.push(event);
      schedule();
    },
    drain() {
      if (waiting.length > 0) give(DRAIN_MILLIS);
    },
  };
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
