import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { isObject, property } from './foreign';

/** A package that the bot has installed; not loaded yet. */
export interface BotPackage {
  readonly name: string;
  /** The file that `require` loads. */
  readonly path: string;
  /** Throws what the package throws. */
  load(): unknown;
  /** Looks for another package from inside this one, so that no second copy comes in. */
  find(name: string): BotPackage | undefined;
}

/**
 * Looks for a package where the bot's main script finds its own, else from the working folder: under pm2,
 * ts-node and the like the main script is not the bot's.
 */
export function findBotPackage(
  mainScript: string | undefined,
  workingDir: string,
  name: string,
): BotPackage | undefined {
  for (const place of placesToLook(mainScript, workingDir)) {
    const found = findFrom(createRequire(place), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Files (that need not exist) in whose place `require` is to look; symbolic links are followed as Node does. */
function placesToLook(mainScript: string | undefined, workingDir: string): readonly string[] {
  const places = [join(workingDir, 'main.js')];
  if (mainScript === undefined) return places;
  let real = mainScript;
  try {
    real = realpathSync(mainScript);
    if (statSync(real).isDirectory()) real = join(real, 'main.js');
  } catch {
    // `node bot` without an extension, `[worker eval]`: the folder part is all that is needed.
  }
  return real.includes(sep) ? [real, ...places] : places;
}

function findFrom(require: NodeJS.Require, name: string): BotPackage | undefined {
  try {
    const path = require.resolve(name);
    const inside = createRequire(path);
    return { name, path, load: (): unknown => require(path), find: (other) => findFrom(inside, other) };
  } catch {
    return undefined;
  }
}

/**
 * The file that `import` loads, if it is not the one that `require` loads: the SDK's 3.x line has two copies
 * of everything in a process.
 */
export function esmTwinOf(found: BotPackage): string | undefined {
  const root = rootOf(found);
  if (root === undefined) return undefined;
  const target = importTarget(property(property(manifestAt(root), 'exports'), '.'));
  if (target === undefined) return undefined;
  const path = join(root, target);
  return path !== found.path && existsSync(path) ? path : undefined;
}

export function versionOf(found: BotPackage): string {
  const root = rootOf(found);
  const version = root === undefined ? undefined : property(manifestAt(root), 'version');
  return typeof version === 'string' ? version : 'of unknown version';
}

function rootOf({ name, path }: BotPackage): string | undefined {
  for (let dir = dirname(path); dir !== dirname(dir); dir = dirname(dir)) {
    if (property(manifestAt(dir), 'name') === name) return dir;
  }
  return undefined;
}

/** The name in the `package.json` that is nearest to a file. */
export function packageOf(path: string): string | undefined {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    const name = property(manifestAt(dir), 'name');
    if (typeof name === 'string') return name;
    if (dir === dirname(dir)) return undefined;
  }
}

function manifestAt(dir: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Conditions are tried in the order in which the manifest has them, as Node does. */
function importTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isObject(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'import' && condition !== 'node' && condition !== 'default') continue;
    const found = importTarget(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
