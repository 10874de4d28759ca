import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { packageOf } from '../host/bot-packages';

/** With `NODE_OPTIONS`, the tools that start a bot as a process are Node processes with the same preload. */
const LAUNCHERS: ReadonlySet<string | undefined> = new Set([
  'npm',
  'pnpm',
  'yarn',
  'corepack',
  'tsx',
  'nodemon',
  'cross-env',
  'concurrently',
]);

/** Where Yarn puts itself in a project. */
const YARN_RELEASES = `${sep}.yarn${sep}releases${sep}`;

/**
 * Whether this process is a tool that starts bots or our own command line tool. It is no bot: an SDK in it would
 * trace the tool, and it would count as one more process of the account.
 */
export function isBystander(mainScript: string | undefined, ownCommand: string | undefined): boolean {
  if (mainScript === undefined) return false;
  let path = mainScript;
  try {
    path = realpathSync(mainScript);
  } catch {
    // Named without its extension: none of these is.
  }
  return path === ownCommand || path.includes(YARN_RELEASES) || LAUNCHERS.has(packageOf(path));
}
