// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** @typedef {{ version: string, binary: string }} NodeBinary */

const MAJORS = [20, 22, 24, 26];

/** @type {NodeBinary} */
export const RUNNING_NODE = { version: process.versions.node, binary: process.execPath };

/**
 * The other Nodes from npm, by the packages that hold the binaries themselves: they need no install script.
 *
 * @param {string} folder
 * @returns {Promise<NodeBinary[]>} with the running one first
 */
export async function installNodes(folder) {
  const running = Number.parseInt(RUNNING_NODE.version, 10);
  const others = MAJORS.filter((major) => major !== running);
  const system = process.platform === 'win32' ? 'win' : process.platform;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const aliases = others.map((major) => `node-${major}@npm:node-${system}-${process.arch}@${major}`);
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', ...aliases], {
    cwd: folder,
    timeoutMillis: 300_000,
  });
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return [
    RUNNING_NODE,
    ...(await Promise.all(
      others.map(async (major) => {
        const binary = join(folder, 'node_modules', `node-${major}`, file);
        const { stdout } = await run(binary, ['--version'], { cwd: folder });
        return { version: stdout.trim().slice(1), binary };
      }),
    )),
  ];
}
