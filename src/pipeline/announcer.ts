import type { WeexEvent } from '../events';
import type { Clock } from '../lib/clock';
import type { Log } from '../lib/log';
import { sayOnce } from '../lib/say-once';

/** Says changes of state: one line each for a person, one typed event each for the bot. */
export interface Announcer {
  event(event: WeexEvent): void;
  /** At most one line for each `kind` in a minute; what was held back is counted in the next one. */
  episode(level: 'info' | 'warn' | 'error', kind: string, text: string): void;
  /** Once in the life of the pipeline. */
  once(level: 'info' | 'warn' | 'error', kind: string, text: string): void;
}

const EPISODE_MILLIS = 60_000;

export function createAnnouncer(
  log: Log,
  clock: Clock,
  listeners: ReadonlySet<(event: WeexEvent) => void>,
): Announcer {
  const episodes = new Map<string, { saidAt: number; heldBack: number }>();
  const once = sayOnce(log);
  const announcer: Announcer = {
    event(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          announcer.once(
            'warn',
            'onEvent',
            `onEvent threw and is called again all the same: ${nameOf(error)}`,
          );
        }
      }
    },
    episode(level, kind, text) {
      const now = clock.monotonicMillis();
      const episode = episodes.get(kind);
      if (episode !== undefined && now - episode.saidAt < EPISODE_MILLIS) {
        episode.heldBack += 1;
        return;
      }
      const more = episode === undefined || episode.heldBack === 0 ? '' : ` (${episode.heldBack} more since)`;
      episodes.set(kind, { saidAt: now, heldBack: 0 });
      log[level](text + more);
    },
    once(level, kind, text) {
      once[level](kind, text);
    },
  };
  return announcer;
}

/** The name only: a message may hold anything that the bot was working on. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
