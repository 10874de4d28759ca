// @ts-check
// Does this package, as npm would publish it, install beside each SDK line by each package manager in either order, and
// do the decisions of a bot reach WEEX on each Node? `--short`: the corners.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../examples/support/table.mjs';
import { runSampled, runWithCode, runWithRegister } from './bot-runs.mjs';
import { CORNERS, everyCombination } from './combinations.mjs';
import { installBot } from './installation.mjs';
import { installTools } from './tools.mjs';
import { checkTypes } from './types.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
/** Installing and running take a core each. */
const AT_ONCE = 2;

/** @typedef {import('./combinations.mjs').Combination} Combination */
/** @typedef {import('./bot-runs.mjs').Bot} Bot */

/** In this order; all but the first need what the first made. @type {Record<string, (bot: Bot) => Promise<unknown>>} */
const CHECKS = {
  types: ({ folder, line }) => checkTypes(folder, line.tracePackage),
  esm: (bot) => runWithCode(bot, 'code.mjs'),
  commonjs: (bot) => runWithCode(bot, 'code.cjs'),
  'register esm': (bot) => runWithRegister(bot, 'trader.mjs'),
  'register cjs': (bot) => runWithRegister(bot, 'trader.cjs'),
  '1 %: WEEX, other': runSampled,
};
const HEADER = ['SDK', 'Node', 'by', 'ours', 'api', ...Object.keys(CHECKS)];

/** @type {string[]} */
const failures = [];

/**
 * Fills one cell of the table.
 *
 * @param {string} what
 * @param {() => Promise<unknown>} check
 */
async function tried(what, check) {
  try {
    return String((await check()) ?? 'ok');
  } catch (error) {
    failures.push(`${what}\n${error instanceof Error ? error.message : String(error)}`);
    return 'FAILED';
  }
}

/**
 * @param {Combination} combination
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./tools.mjs').Tools} tools
 * @returns {Promise<string[]>} a row
 */
async function rowOf(combination, folder, tarball, { nodes, pnpm, startWeexEmulator }) {
  const { line, node, manager, ours } = combination;
  const found = nodes.get(node);
  if (found === undefined) throw new Error(`there is no Node ${node}`);
  const { version, binary } = found;
  const title = `${line.name}, Node ${version}, ${manager}, ours ${ours}`;
  const api = await tried(`${title}: install`, () =>
    installBot(folder, tarball, combination, { binary, pnpm }),
  );
  const row = [line.name, version, manager, ours, api];
  for (const [name, check] of api === 'FAILED' ? [] : Object.entries(CHECKS))
    row.push(await tried(`${title}: ${name}`, () => check({ binary, folder, line, startWeexEmulator })));
  // Thousands of files, while the bot of another row waits for its collector here.
  await rm(folder, { recursive: true, force: true });
  return row;
}

const startedAt = performance.now();
const combinations = process.argv.includes('--short') ? CORNERS : everyCombination();
const folder = mkdtempSync(join(tmpdir(), 'weex-matrix-'));
/** @type {string[][]} */
const rows = [];
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  const majors = [...new Set(combinations.map(({ node }) => node))];
  const tools = await installTools(join(folder, 'tools'), majors, join(folder, tarball));
  const waiting = [...combinations.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, combination] = next;
      rows[index] = await rowOf(combination, join(folder, `bot-${index}`), join(folder, tarball), tools);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.log(table(HEADER, rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(`\nFAILED ${failure}`);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(`${rows.length} combinations, ${failures.length} failures, ${seconds} s`);
if (failures.length > 0) process.exitCode = 1;
