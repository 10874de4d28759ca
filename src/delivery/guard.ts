import type { Log } from '../lib/log';

/** Runs what is not ours to trust. */
export type Guard = <T>(what: string, otherwise: T, work: () => T) => T;

/** Nothing that a listener or the journal throws may stop delivery; each kind is told once. */
export function createGuard(log: Log): Guard {
  const told = new Set<string>();
  return (what, otherwise, work) => {
    try {
      return work();
    } catch (error) {
      if (!told.has(what)) {
        told.add(what);
        // The name only: a message of somebody else's error may hold anything.
        const name = error instanceof Error ? error.name : typeof error;
        log.error(`${what} threw (${name}); delivery goes on. Told once.`);
      }
      return otherwise;
    }
  };
}
