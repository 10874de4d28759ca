// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './run.mjs';

/** @typedef {{ version: string, binary: string }} NodeBinary */
/** @typedef {typeof import('opentelemetry-exporter-weex/emulator').startWeexEmulator} StartWeex */
/** @typedef {{ nodes: ReadonlyMap<number, NodeBinary>, pnpm: string, startWeexEmulator: StartWeex }} Tools */

const RUNNING_MAJOR = Number.parseInt(process.versions.node, 10);
const WINDOWS = process.platform === 'win32';
// The newest major that runs on every Node of the matrix.
const PNPM = 'pnpm@10';

/**
 * What the matrix needs and the machine may lack: the emulator out of the tarball, pnpm, and each Node but the running
 * one, from npm. Of Node these are the packages that hold the binaries themselves: they need no install script.
 *
 * @param {string} folder
 * @param {readonly number[]} majors
 * @param {string} tarball
 * @returns {Promise<Tools>}
 */
export async function installTools(folder, majors, tarball) {
  const others = majors.filter((major) => major !== RUNNING_MAJOR);
  const system = WINDOWS ? 'win' : process.platform;
  const aliases = others.map((major) => `node-${major}@npm:node-${system}-${process.arch}@${major}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', tarball, PNPM, ...aliases], {
    cwd: folder,
    timeoutMillis: 600_000,
  });
  /** @type {Map<number, NodeBinary>} */
  const nodes = new Map([[RUNNING_MAJOR, { version: process.versions.node, binary: process.execPath }]]);
  for (const major of others) {
    const binary = join(folder, 'node_modules', `node-${major}`, WINDOWS ? 'bin/node.exe' : 'bin/node');
    const { stdout } = await run(binary, ['--version'], { cwd: folder });
    nodes.set(major, { version: stdout.trim().slice(1), binary });
  }
  const require = createRequire(join(folder, 'package.json'));
  const { startWeexEmulator } = require('opentelemetry-exporter-weex/emulator');
  return { nodes, startWeexEmulator, pnpm: join(folder, 'node_modules/pnpm/bin/pnpm.cjs') };
}
