// @ts-check
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './run.mjs';

const BOTS = join(import.meta.dirname, 'bots');
const API = '@opentelemetry/api';
const INSTALL_MILLIS = 600_000;

/**
 * A bot's folder with an SDK and this package in it, added one after the other as its author would.
 *
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./combinations.mjs').Combination} combination
 * @param {{ binary: string, pnpm: string }} tools
 * @returns {Promise<string>} the version of the API
 * @throws Error when the package manager sees a conflict, or there is more than one copy of the API
 */
export async function installBot(folder, tarball, { line, manager, ours }, { binary, pnpm }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  cpSync(BOTS, join(folder, 'bots'), { recursive: true });
  const add = (/** @type {readonly string[]} */ packages) =>
    manager === 'npm' ? npmAdd(folder, packages, binary) : pnpmAdd(folder, packages, binary, pnpm);
  if (ours === 'last') {
    await add(line.packages);
    await add([tarball]);
  } else {
    await add([tarball]);
    // npm has to move the API that it chose for us; under pnpm only what a bot names itself is there for it.
    await add(
      manager === 'pnpm' ? line.packages : line.packages.filter((name) => !name.startsWith(`${API}@`)),
    );
  }
  return onlyApi(manager === 'npm' ? copiesByNpm(folder) : copiesByPnpm(folder));
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages
 * @param {string} binary the Node that npm runs on: it picks versions whose `engines` fit that
 */
async function npmAdd(folder, packages, binary) {
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const { stderr } = await run('npm', ['install', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    env,
    timeoutMillis: INSTALL_MILLIS,
  });
  // npm goes on after a conflict of peers that it can override, with a warning.
  if (stderr.includes('ERESOLVE')) throw new Error(`npm install ${packages.join(' ')}: ${stderr}`);
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages
 * @param {string} binary
 * @param {string} pnpm
 */
async function pnpmAdd(folder, packages, binary, pnpm) {
  const { stdout } = await run(binary, [pnpm, 'add', ...packages], {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
    timeoutMillis: INSTALL_MILLIS,
  });
  // pnpm goes on too, whatever it is told of strictness.
  if (/peer dependencies found|unmet peer/.test(stdout))
    throw new Error(`pnpm add ${packages.join(' ')}: ${stdout}`);
}

/** @param {string} folder @returns {readonly string[]} versions */
function copiesByNpm(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((path) => path.endsWith(`node_modules/${API}`))
    .map((path) => packages[path].version);
}

/** @param {string} folder @returns {readonly string[]} versions */
function copiesByPnpm(folder) {
  const lock = readFileSync(join(folder, 'pnpm-lock.yaml'), 'utf8');
  const entries = lock.matchAll(/^ {2}'@opentelemetry\/api@([^'(]+)[^']*':/gm);
  // Each is listed twice: as a package and as a snapshot of it.
  return [...new Set([...entries].map(([, version = '']) => version))];
}

/** @param {readonly string[]} copies */
function onlyApi(copies) {
  const [only] = copies;
  if (only !== undefined && copies.length === 1) return only;
  throw new Error(`expected one copy of ${API}, got ${copies.length}: ${copies.join(', ')}`);
}
