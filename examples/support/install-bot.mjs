// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** For libraries that need a newer Node than the one that runs. */
const NEWER_NODE = 'node@22.23.3';

/**
 * Installs what a bot's `package.json` names, this package among it as it is built now, into the bot's own folder.
 * Does nothing when that was done before.
 *
 * @param {string} folder
 * @param {(line: string) => void} say
 * @returns {string} the Node that the bot needs
 */
export function installBot(folder, say) {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const needed = Number(/\d+/.exec(JSON.parse(manifest).engines.node)?.[0]);
  const isOld = Number(process.versions.node.split('.')[0]) < needed;
  const mark = join(folder, 'node_modules', '.installed');
  const stamp = createHash('sha256')
    .update(`${manifest} ${isOld} ${ourFiles(join(ROOT, 'dist'))}`)
    .digest('hex');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== stamp) {
    say(`installing ${Object.keys(JSON.parse(manifest).dependencies).join(', ')}`);
    rmSync(join(folder, 'node_modules', 'opentelemetry-exporter-weex'), { recursive: true, force: true });
    const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error', '--prefer-offline'];
    const args = ['install', ...quiet, ...(isOld ? [NEWER_NODE] : [])];
    const { status } = spawnSync('npm', args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm install failed in ${folder}: is the npm registry within reach?`);
    writeFileSync(mark, stamp);
  }
  return isOld ? join(folder, 'node_modules', 'node', 'bin', 'node') : process.execPath;
}

/** @param {string} dist */
function ourFiles(dist) {
  if (!existsSync(dist)) throw new Error('this package is not built yet: npm ci && npm run build');
  const hash = createHash('sha256');
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}
