import { systemClock } from '../lib/clock';

const TURNS_PER_REST = 16;
let turns = 0;

/**
 * Lets the bot's work go first. Now and then it waits in a way that does not keep the process alive, so that a
 * process that has nothing else to do may end in the middle of our long work.
 *
 * Not a wait for time to pass, so it takes no `Clock`. (An immediate that does not keep the process alive would
 * not do: an idle event loop never comes round to it.)
 */
export function nextTurn(): Promise<void> {
  turns = (turns + 1) % TURNS_PER_REST;
  return new Promise((resolve) => {
    if (turns === 0) systemClock.schedule(0, resolve);
    else setImmediate(resolve);
  });
}
