import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { packageOf } from './bot-packages';

/** With `NODE_OPTIONS`, the tools that start a bot are Node processes with the same preload. */
const PACKAGE_MANAGERS: ReadonlySet<string | undefined> = new Set(['npm', 'pnpm', 'yarn', 'corepack']);

/** Where Yarn puts itself in a project. */
const YARN_RELEASES = `${sep}.yarn${sep}releases${sep}`;

/**
 * Whether this process is a package manager or our own command line tool. It is no bot: an SDK in it would
 * trace the tool, and it would count as one more process of the account.
 */
export function isBystander(mainScript: string | undefined, ownCommand: string): boolean {
  if (mainScript === undefined) return false;
  let path = mainScript;
  try {
    path = realpathSync(mainScript);
  } catch {
    // Named without its extension: none of these is.
  }
  return path === ownCommand || path.includes(YARN_RELEASES) || PACKAGE_MANAGERS.has(packageOf(path));
}
