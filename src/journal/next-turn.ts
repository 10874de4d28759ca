import { systemClock } from '../lib/clock';

const TURNS_PER_REST = 16;
let turns = 0;

/** Lets other work go first. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * The same for long work that nobody awaits: now and then it waits in a way that does not keep the process
 * alive, so that a process with nothing else to do may end in the middle.
 *
 * Not a wait for time to pass, so it takes no `Clock`. (An immediate that does not keep the process alive would
 * not do: an idle event loop never comes round to it.)
 */
export function nextBackgroundTurn(): Promise<void> {
  turns = (turns + 1) % TURNS_PER_REST;
  if (turns > 0) return nextTurn();
  return new Promise((resolve) => {
    systemClock.schedule(0, resolve);
  });
}
