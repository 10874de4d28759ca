// @ts-check
// Does this package, as npm would publish it, install beside each SDK line, and do the decisions of a bot reach
// WEEX on each Node? `--short`: the running Node, and only the oldest and the newest SDK line.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWithCode, runWithRegister } from './bot-runs.mjs';
import { installIntoBot, onlyApi, resolveInBothOrders } from './installation.mjs';
import { installNodes, RUNNING_NODE } from './nodes.mjs';
import { startReceivers } from './receivers.mjs';
import { CORNERS, SDK_LINES } from './sdk-lines.mjs';
import { checkTypes } from './types.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const COLUMNS = ['install', 'types', 'resolves', 'esm', 'commonjs', 'register esm', 'register cjs'];

/** @typedef {{ SDK: string, Node: string, [column: string]: string }} Row */

/** @type {string[]} */
const failures = [];

/**
 * Fills one field of the table.
 *
 * @param {string} what
 * @param {() => Promise<string | void>} check
 */
async function tried(what, check) {
  try {
    return (await check()) ?? 'ok';
  } catch (error) {
    failures.push(`${what}\n${error instanceof Error ? error.message : String(error)}`);
    return 'FAILED';
  }
}

/**
 * @param {string} folder
 * @param {string} tarball
 * @param {import('./sdk-lines.mjs').SdkLine} line
 * @param {readonly import('./nodes.mjs').NodeBinary[]} nodes
 * @param {Awaited<ReturnType<typeof startReceivers>>} receivers
 * @returns {Promise<Row[]>} one for each Node
 */
async function rowsOf(folder, tarball, line, nodes, receivers) {
  const install = await tried(`${line.name}: install`, async () => {
    await installIntoBot(folder, tarball, line);
    return `api ${onlyApi(folder)}`;
  });
  const types = await tried(`${line.name}: types`, () => checkTypes(folder, line.tracePackage));
  /** @type {Row[]} */
  const rows = [];
  for (const { version, binary } of nodes) {
    const bot = { name: version, binary, folder, line, receivers };
    const title = `${line.name}, Node ${version}`;
    rows.push({
      SDK: line.name,
      Node: version,
      install,
      types,
      resolves: await tried(`${title}: resolving`, async () => {
        const orders = join(`${folder}-orders`, version);
        return `api ${await resolveInBothOrders(orders, tarball, line, binary)}`;
      }),
      esm: await tried(`${title}: ESM`, () => runWithCode(bot, 'code.mjs')),
      commonjs: await tried(`${title}: CommonJS`, () => runWithCode(bot, 'code.cjs')),
      'register esm': await tried(`${title}: register, ESM`, () => runWithRegister(bot, 'trader.mjs')),
      'register cjs': await tried(`${title}: register, CommonJS`, () => runWithRegister(bot, 'trader.cjs')),
    });
  }
  return rows;
}

/** @param {readonly Row[]} rows */
function print(rows) {
  const columns = ['SDK', 'Node', ...COLUMNS];
  const table = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const widths = columns.map((_, index) => Math.max(...table.map((cells) => cells[index]?.length ?? 0)));
  for (const cells of table) {
    console.log(
      cells
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

const startedAt = performance.now();
const isShort = process.argv.includes('--short');
const folder = mkdtempSync(join(tmpdir(), 'weex-matrix-'));
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  const nodes = isShort ? [RUNNING_NODE] : await installNodes(join(folder, 'nodes'));
  const receivers = await startReceivers();
  try {
    const lines = isShort ? CORNERS : SDK_LINES;
    const rows = await Promise.all(
      lines.map((line, index) =>
        rowsOf(join(folder, `bot-${index}`), join(folder, tarball), line, nodes, receivers),
      ),
    );
    print(rows.flat());
  } finally {
    await receivers.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(`\nFAILED ${failure}`);
console.log(`${failures.length} failures, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
if (failures.length > 0) process.exitCode = 1;
