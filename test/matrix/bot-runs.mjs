// @ts-check
import { join } from 'node:path';
import { run } from './run.mjs';

/** Variables of the machine that runs the matrix must not steer the bots. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|WEEX_|XDG_|NODE_OPTIONS$|HTTPS?_PROXY$)/i.test(name),
  ),
);

/** A bot must meet no deprecation that was not there without us. */
const FLAGS = ['--throw-deprecation', '--pending-deprecation'];

// Above 2^53, where a double loses digits; each run has its own.
let lastOrderId = 9_223_372_036_854_770_001n;

/**
 * One bot under one Node in one installation. The name is that of the run, for its journals.
 *
 * @typedef {object} BotRun
 * @property {string} name
 * @property {string} binary
 * @property {string} folder
 * @property {import('./sdk-lines.mjs').SdkLine} line
 * @property {Awaited<ReturnType<typeof import('./receivers.mjs').startReceivers>>} receivers
 */

/**
 * A bot that sets up the SDK itself, with our processor, and with our exporter behind the SDK's processors.
 *
 * @param {BotRun} bot
 * @param {string} file
 */
export async function runWithCode({ name, binary, folder, line }, file) {
  const env = { ...CLEAN, MATRIX_JOURNALS: join(folder, 'journals', name) };
  const { stdout } = await run(binary, [...FLAGS, join('bots', file), line.tracePackage], {
    cwd: folder,
    env,
  });
  if (stdout !== 'delivered processor batch simple\n') throw new Error(`${file} printed ${stdout}`);
}

/**
 * A bot that knows nothing of this package, beside another backend.
 *
 * @param {BotRun} bot
 * @param {string} file
 */
export async function runWithRegister({ name, binary, folder, receivers }, file) {
  lastOrderId += 1n;
  const orderId = String(lastOrderId);
  const env = {
    ...CLEAN,
    ...receivers.environmentOf(orderId),
    OTEL_EXPORTER_WEEX_JOURNAL_DIR: join(folder, 'journals', `${name}-${file}`),
  };
  const args = [...FLAGS, '--import', 'opentelemetry-exporter-weex/register', join('bots', file), orderId];
  const { stderr } = await run(binary, args, { cwd: folder, env });
  const logs = receivers.logsOf(orderId);
  if (logs !== 1) throw new Error(`${file}: expected one log of order ${orderId}, got ${logs}\n${stderr}`);
  if (!receivers.hasCollected(orderId)) throw new Error(`${file}: nothing came to the collector\n${stderr}`);
}
