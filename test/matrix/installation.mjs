// @ts-check
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './run.mjs';

const BOTS = join(import.meta.dirname, 'bots');
const API = '@opentelemetry/api';
const QUIET = ['--no-audit', '--no-fund'];

/**
 * @param {string} folder
 * @param {string[]} args
 * @param {string} binary the Node that npm runs on: it picks versions whose `engines` fit that
 */
async function npm(folder, args, binary = process.execPath) {
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const { stderr } = await run('npm', ['install', ...QUIET, ...args], {
    cwd: folder,
    env,
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
 * Both orders in which an author may add the SDK and this package; when it is ours first, npm has to move the
 * API that it chose for us. Only lock files are written.
 *
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./sdk-lines.mjs').SdkLine} line
 * @param {string} binary
 * @returns {Promise<string>} the version of the API
 * @throws Error when npm finds no way, or more than one copy of the API
 */
export async function resolveInBothOrders(folder, tarball, { packages }, binary) {
  const withoutApi = packages.filter((name) => !name.startsWith(`${API}@`));
  const orders = { 'sdk-first': [packages, [tarball]], 'ours-first': [[tarball], withoutApi] };
  const versions = await Promise.all(
    Object.entries(orders).map(async ([name, steps]) => {
      const project = join(folder, name);
      emptyProject(project);
      for (const step of steps) await npm(project, ['--package-lock-only', ...step], binary);
      return onlyApi(project);
    }),
  );
  return [...new Set(versions)].join(' or ');
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
