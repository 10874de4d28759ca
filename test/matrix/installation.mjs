// @ts-check
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const BOTS = join(import.meta.dirname, 'bots');
const API = '@opentelemetry/api';
const QUIET = ['--no-audit', '--no-fund'];

/**
 * @param {string} folder
 * @param {string[]} args
 */
async function npm(folder, args) {
  const { stderr } = await run('npm', ['install', ...QUIET, ...args], {
    cwd: folder,
    timeoutMillis: 300_000,
  });
  // npm goes on after a conflict of peers that it can override, with a warning.
  if (stderr.includes('ERESOLVE')) throw new Error(`npm install ${args.join(' ')}: ${stderr}`);
}

/** @param {string} folder */
function emptyProject(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
}

/**
 * A bot's folder with an SDK in it, to which this package comes later, as its author would add it.
 *
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./sdk-lines.mjs').SdkLine} line
 */
export async function installIntoBot(folder, tarball, { packages }) {
  emptyProject(folder);
  await npm(folder, packages);
  await npm(folder, [tarball]);
  cpSync(BOTS, join(folder, 'bots'), { recursive: true });
}

/**
 * This package first and the SDK after it: npm then has to move the API that it chose for us. Only resolved,
 * nothing is written but the lock file.
 *
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./sdk-lines.mjs').SdkLine} line
 */
export async function resolveBeforeSdk(folder, tarball, { packages }) {
  emptyProject(folder);
  await npm(folder, ['--package-lock-only', tarball]);
  await npm(folder, ['--package-lock-only', ...packages.filter((name) => !name.startsWith(`${API}@`))]);
}

/**
 * @param {string} folder
 * @returns {string} the version
 * @throws Error when the lock file has more than one copy of the API
 */
export function onlyApi(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${API}`));
  const [only] = copies;
  if (only === undefined || copies.length > 1) {
    throw new Error(`expected one copy of ${API}, got ${copies.length}: ${copies.join(', ')}`);
  }
  return packages[only].version;
}
