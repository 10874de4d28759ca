import type { WeexEvent } from '../events';
import type { Clock } from '../lib/clock';
import { createLinePacer, type LinePacer } from '../lib/line-pacer';
import type { Log } from '../lib/log';
import { sayOnce } from '../lib/say-once';
import { createEventQueue } from './event-queue';

/** Says changes of state: one line each for a person, one typed event each for the bot. */
export interface Announcer {
  event(event: WeexEvent): void;
  /** A change of the account's state. The first few at once; while it goes on changing, now and then the newest. */
  change(level: keyof Log, text: string): void;
  /** One of many of the same `kind`: the first at once, then now and then the newest with a count. */
  episode(level: keyof Log, kind: string, text: string): void;
  /** Once in the life of the pipeline. */
  once(level: keyof Log, kind: string, text: string): void;
  /** The bot has been told of all events so far, unless it is very slow. */
  drain(): void;
  /** Says what was held back. */
  close(): void;
}

const CHANGES_AT_ONCE = 4;

export function createAnnouncer(
  log: Log,
  clock: Clock,
  listeners: ReadonlySet<(event: WeexEvent) => unknown>,
): Announcer {
  const pacers = new Map<string, LinePacer>();
  const once = sayOnce(log);
  const queue = createEventQueue({
    listeners,
    clock,
    threw: (error) =>
      once.warn('onEvent', `onEvent threw and is called again all the same: ${nameOf(error)}`),
    dropped: (count) =>
      once.warn(
        'onEvent-slow',
        `onEvent is slower than what happens: the ${count} oldest events were dropped, further ones may be. health() counts all`,
      ),
  });

  /** At most a handful of kinds, all named in this package. */
  function pacer(kind: string, burst: number, noun: string): LinePacer {
    let found = pacers.get(kind);
    if (found === undefined) {
      found = createLinePacer({ log, clock, burst, noun });
      pacers.set(kind, found);
    }
    return found;
  }

  return {
    event: (event) => queue.push(event),
    change: (level, text) => pacer('account', CHANGES_AT_ONCE, 'changes').offer(level, text),
    episode: (level, kind, text) => pacer(kind, 1, 'of these').offer(level, text),
    once: (level, kind, text) => once[level](kind, text),
    drain: () => queue.drain(),
    close() {
      for (const each of pacers.values()) each.close();
      queue.drain();
    },
  };
}

/** The name only: a message may hold anything that the bot was working on. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
