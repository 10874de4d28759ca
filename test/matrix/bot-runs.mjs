// @ts-check
import { join } from 'node:path';
import { startReceivers } from './receivers.mjs';
import { run } from './run.mjs';

/** Variables of the machine that runs the matrix must not steer the bots. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|WEEX_|XDG_|NODE_OPTIONS$|HTTPS?_PROXY$)/i.test(name),
  ),
);

/** A bot must meet no deprecation that was not there without us. */
const FLAGS = ['--throw-deprecation', '--pending-deprecation'];
const REGISTER = ['--import', 'opentelemetry-exporter-weex/register'];
const BOT_MILLIS = 120_000;

/** Above 2^53, where a double loses digits. */
const ORDER_ID = '9223372036854770001';
const MANY = 1000;
const RATIO = '0.01';

/**
 * @typedef {object} Bot
 * @property {string} binary the Node that it runs on
 * @property {string} folder
 * @property {import('./sdk-lines.mjs').SdkLine} line
 * @property {import('./tools.mjs').StartWeex} startWeexEmulator
 */

/**
 * A bot that sets up the SDK itself, with our processor, and with our exporter behind the SDK's processors.
 *
 * @param {Bot} bot
 * @param {string} file
 */
export async function runWithCode({ binary, folder, line }, file) {
  const env = { ...CLEAN, MATRIX_JOURNALS: join(folder, 'journals') };
  const args = [...FLAGS, join('bots', file), line.tracePackage];
  const { stdout } = await run(binary, args, { cwd: folder, env, timeoutMillis: BOT_MILLIS });
  if (stdout !== 'delivered processor batch simple\n') throw new Error(`${file} printed ${stdout}`);
}

/**
 * A bot that knows nothing of this package, beside another backend.
 *
 * @param {Bot} bot
 * @param {string} file
 */
export async function runWithRegister(bot, file) {
  const { stderr, logs, requests } = await runBeside(bot, file, [ORDER_ID], {});
  const ids = logs.map(({ orderId }) => orderId);
  if (ids.join() !== ORDER_ID)
    throw new Error(`${file}: expected one log of order ${ORDER_ID}, got ${ids}\n${stderr}`);
  if (requests === 0) throw new Error(`${file}: nothing came to the collector\n${stderr}`);
}

/**
 * A thousand traces under a sampler that keeps one in a hundred: the other backend gets those whole, WEEX gets all.
 *
 * @param {Bot} bot
 * @returns {Promise<string>} how many each got
 */
export async function runSampled(bot) {
  const { stdout, logs, spans } = await runBeside(
    bot,
    'many.cjs',
    [bot.line.tracePackage, String(MANY), RATIO],
    {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: RATIO,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    },
  );
  /** @type {{ traceId: string, isKept: boolean }[]} */
  const made = stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
  const kept = made.filter(({ isKept }) => isKept);
  mustBeEqual('traces made', MANY, made.length);
  mustBeEqual('traces at WEEX', idsOf(made), idsOf(logs.map(({ input }) => Object(input))));
  mustBeEqual('traces at the collector', idsOf(kept), [...new Set(idsOf(spans))]);
  // Root, stage and call.
  mustBeEqual('spans at the collector', kept.length * 3, spans.length);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const orphans = spans.filter(({ parentSpanId = '' }) => parentSpanId !== '' && !known.has(parentSpanId));
  mustBeEqual('orphans at the collector', 0, orphans.length);
  return `${logs.length}, ${kept.length}`;
}

/**
 * @param {Bot} bot
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} variables
 */
async function runBeside({ binary, folder, startWeexEmulator }, file, args, variables) {
  const receivers = await startReceivers(startWeexEmulator);
  try {
    const env = {
      ...CLEAN,
      ...receivers.environment,
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: join(folder, 'journals', file),
      ...variables,
    };
    const printed = await run(binary, [...FLAGS, ...REGISTER, join('bots', file), ...args], {
      cwd: folder,
      env,
      timeoutMillis: BOT_MILLIS,
    });
    return {
      ...printed,
      logs: receivers.logs(),
      requests: receivers.requests(),
      spans: receivers.spans(),
    };
  } finally {
    await receivers.close();
  }
}

/** @param {readonly { traceId: string }[]} traces */
const idsOf = (traces) => traces.map(({ traceId }) => traceId).sort();

/**
 * @param {string} what
 * @param {number | readonly string[]} expected
 * @param {number | readonly string[]} got
 */
function mustBeEqual(what, expected, got) {
  if (String(expected) === String(got)) return;
  const shown = (/** @type {number | readonly string[]} */ value) =>
    typeof value === 'number' ? value : `${value.length}: ${value.slice(0, 20)}`;
  throw new Error(`${what}: expected ${shown(expected)}, got ${shown(got)}`);
}
