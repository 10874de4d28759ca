// @ts-check
import { isDeepStrictEqual } from 'node:util';
import { TURNS } from './fake-model.mjs';
import { installBot } from './install-bot.mjs';
import { startOtlpReceiver } from './otlp-receiver.mjs';
import { ORDER_IDS } from './paper-exchange.mjs';
import { playBot } from './play-bot.mjs';
import { table } from './table.mjs';
import { startWeexStandIn } from './weex-stand-in.mjs';

/** @typedef {import('opentelemetry-exporter-weex/emulator').WeexEmulatorLog} WeexEmulatorLog */

/**
 * @typedef {object} BotExample
 * @property {string} folder of the bot, with `package.json` and `bot.mjs`
 * @property {string} name
 * @property {string} model what its answers are of
 * @property {string} stage
 * @property {(span: { name: string }) => boolean} isCall whether a span at the OTLP receiver is a call of the model
 * @property {Readonly<Record<string, string>>} [env] what its library needs beside the usual variables
 */

/**
 * Runs a bot, unchanged, with nothing but environment variables:
 *
 *   OTEL_TRACES_EXPORTER=otlp,weex OTEL_EXPORTER_WEEX_ORDER_ID_FROM=tool:place_order:orderId \
 *     node --import opentelemetry-exporter-weex/register bot.mjs
 *
 * against stand-ins for its model, for WEEX and for an OTLP backend. Prints what WEEX got, and sets the exit code to 1
 * when a decision is missing, doubled, or linked to an order that is not its own. `--json` is for machines.
 *
 * @param {BotExample} example
 */
export async function runBot(example) {
  const { folder, name, env: more = {} } = example;
  const isJson = process.argv.includes('--json');
  const say = isJson ? console.error : console.log;
  const node = installBot(folder, say);
  const weex = await startWeexStandIn();
  const receiver = await startOtlpReceiver();
  const env = {
    ...weex.env,
    OTEL_TRACES_EXPORTER: 'otlp,weex',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_WEEX_ORDER_ID_FROM: 'tool:place_order:orderId',
    OTEL_SERVICE_NAME: name,
    ...more,
  };
  for (const [key, value] of Object.entries(env))
    say(`${key}=${/KEY|SECRET|PASS/.test(key) ? '...' : value}`);
  say('node --import opentelemetry-exporter-weex/register bot.mjs\n');
  const exitCode = await playBot({ node, folder, preload: 'opentelemetry-exporter-weex/register', env });
  const logs = weex.emulator.logs();
  await Promise.all([weex.close(), receiver.close()]);

  const spans = receiver.spans.filter(({ service }) => service === name);
  const { rows, problems } = judge(example, logs, spans);
  if (exitCode !== 0) problems.push(`the bot ended with ${exitCode}`);
  const header = ['symbol', 'the model gave', 'stage', 'model', 'order id', 'explanation'];
  say(`\n${table(header, rows)}\n`);
  for (const problem of problems) say(`PROBLEM: ${problem}`);
  say(
    `${name} ${problems.length === 0 ? 'ok' : 'FAILED'}: ${logs.length} logs at WEEX for ${rows.length} model calls, ${spans.length} spans at the OTLP receiver`,
  );
  if (isJson) console.log(JSON.stringify({ problems, logs, spans }));
  process.exitCode = problems.length === 0 ? 0 : 1;
}

/**
 * Holds what WEEX got against what the model said.
 *
 * @param {BotExample} example
 * @param {readonly WeexEmulatorLog[]} logs
 * @param {readonly { name: string }[]} spans
 */
function judge(example, logs, spans) {
  const turns = Object.entries(TURNS).flatMap(([symbol, said]) =>
    said.map((turn, number) => ({ symbol, turn, isFirst: number === 0 })),
  );
  /** @type {string[]} */
  const problems = [];
  const rows = turns.map(({ symbol, turn, isFirst }) => {
    const same = logs.filter((log) => says(log, turn));
    const problem = problemOf(example, same, { symbol, turn, isFirst });
    const what = turn.call?.name ?? 'answer';
    if (problem !== undefined) problems.push(`${symbol}, ${what}: ${problem}`);
    const [log] = same;
    return [symbol, what, log?.stage, log?.model, log?.orderId, log?.explanation].map((cell) => cell ?? '-');
  });
  for (const log of logs)
    if (!turns.some(({ turn }) => says(log, turn)))
      problems.push(`the model never said what this log says: ${JSON.stringify(log.output)}`);
  const calls = spans.filter(example.isCall).length;
  if (calls !== turns.length) problems.push(`${calls} of ${turns.length} model calls at the OTLP receiver`);
  return { rows, problems };
}

/**
 * @param {BotExample} example
 * @param {readonly WeexEmulatorLog[]} same the logs that say what the model said in this turn
 * @param {{ symbol: string, turn: import('./fake-model.mjs').Turn, isFirst: boolean }} said
 */
function problemOf({ model, stage }, same, { symbol, turn, isFirst }) {
  const [log] = same;
  if (log === undefined) return 'not at WEEX';
  if (same.length > 1) return `${same.length} times at WEEX`;
  if (log.model !== model) return `model ${log.model} instead of ${model}`;
  if (log.stage !== stage) return `stage ${log.stage} instead of ${stage}`;
  const reason = turn.reasoning ?? reasonIn(turn.text ?? '');
  if (log.explanation !== reason) return `explained by ${log.explanation} instead of ${reason}`;
  if (!JSON.stringify(log.input).startsWith('{"messages":[{"role":')) return 'no messages in its input';
  const orderId = ORDER_IDS[symbol];
  if (turn.call?.name === 'place_order')
    return log.orderId === orderId ? undefined : `order ${log.orderId} instead of ${orderId}`;
  // A look at the market may carry the order that it led to; nothing else carries any.
  const mayCarry = isFirst && log.orderId === orderId;
  return log.orderId === undefined || mayCarry ? undefined : `order ${log.orderId}, which is not its own`;
}

/**
 * @param {WeexEmulatorLog} log
 * @param {import('./fake-model.mjs').Turn} turn
 */
function says({ output }, { call, text }) {
  if (call === undefined) return isDeepStrictEqual(output, asObject(text ?? ''));
  const calls = /** @type {{ toolCalls?: { name: string, args: unknown }[] }} */ (output).toolCalls ?? [];
  return calls.length === 1 && calls.every(({ name, args }) => isDeepStrictEqual({ name, args }, call));
}

/** @param {string} text */
const asObject = (text) => (text.startsWith('{') ? JSON.parse(text) : { text });

/** @param {string} text */
const reasonIn = (text) => asObject(text).reason ?? text;
