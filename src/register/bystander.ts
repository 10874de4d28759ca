import { realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

/** With `NODE_OPTIONS`, the tools that start a bot are Node processes with the same preload. */
const TOOLS = new Set([
  'npm-cli.js',
  'npx-cli.js',
  'npm-prefix.js',
  'yarn.js',
  'yarn.cjs',
  'pnpm.cjs',
  'pnpm.mjs',
  'pnpx.cjs',
  'corepack.js',
]);

/**
 * Whether this process is a package manager or our own command line tool. It is no bot: an SDK in it would
 * trace the tool, and it would count as one more process of the account.
 */
export function isBystander(mainScript: string | undefined): boolean {
  if (mainScript === undefined) return false;
  let real = mainScript;
  try {
    real = realpathSync(mainScript);
  } catch {
    // Named without its extension: none of these is.
  }
  return TOOLS.has(basename(real)) || real === join(__dirname, '..', 'cli', 'main.js');
}
