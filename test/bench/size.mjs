// @ts-check
// What an installation brings beside the API, by the files that npm would pack and those of the dependencies.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { report } from './figures.mjs';

const ROOT = join(import.meta.dirname, '..', '..');

/** @param {string} folder @returns {number} */
const bytesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesOf(path) : statSync(path).size);
  }, 0);

/** A package and all that it depends on. @param {string} name @param {Set<string>} found */
function collect(name, found) {
  if (found.has(name)) return found;
  found.add(name);
  const manifest = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
  for (const other of Object.keys(manifest.dependencies ?? {})) collect(other, found);
  return found;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** @type {Set<string>} */
const others = new Set();
for (const name of Object.keys(manifest.dependencies)) collect(name, others);
const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: ROOT,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});
const own = JSON.parse(packed)[0].unpackedSize;
const total = [...others].reduce((sum, name) => sum + bytesOf(join(ROOT, 'node_modules', name)), own);
report([
  {
    what: 'installed size',
    value: total / 1_000_000,
    unit: 'MB',
    budget: 4,
    detail: `${(own / 1_000_000).toFixed(1)} MB of it ours`,
  },
  { what: 'packages beside the API', value: others.size + 1, unit: 'packages', budget: 2 },
]);
