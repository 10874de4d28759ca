// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { startFakeModel, TURNS } from './fake-model.mjs';
import { installBot } from './install-bot.mjs';
import { startOtlpReceiver } from './otlp-receiver.mjs';
import { ORDER_IDS } from './paper-exchange.mjs';
import { table } from './table.mjs';
import { startWeexStandIn } from './weex-stand-in.mjs';

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
 * when a decision is missing, doubled, or linked to an order that is not its own.
 *
 * @param {BotExample} example
 */
export async function runBot({ folder, name, model, stage, isCall, env: more = {} }) {
  const node = installBot(folder);
  const provider = await startFakeModel();
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
    console.log(`${key}=${/KEY|SECRET|PASS/.test(key) ? '...' : value}`);
  console.log('node --import opentelemetry-exporter-weex/register bot.mjs\n');

  const bot = spawn(node, ['--import', 'opentelemetry-exporter-weex/register', 'bot.mjs'], {
    cwd: folder,
    env: {
      ...process.env,
      // Not a part of what the bot needs: only traces are of interest here, and no cloud is to be asked for its name.
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_NODE_RESOURCE_DETECTORS: 'env,host,process',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `${provider.url}/v1`,
      ANTHROPIC_API_KEY: 'none',
      ANTHROPIC_BASE_URL: provider.url,
      ...env,
    },
    stdio: 'inherit',
  });
  const [exitCode] = await once(bot, 'close');
  const logs = weex.emulator.logs();
  await Promise.all([provider.close(), weex.close(), receiver.close()]);

  const spans = receiver.spans.filter(({ service }) => service === name);
  const decisions = Object.entries(TURNS).flatMap(([symbol, turns]) =>
    turns.map((turn, number) => ({ symbol, turn, number })),
  );
  const rows = decisions.map(({ symbol, turn, number }) => {
    const same = logs.filter((log) => says(log, turn));
    const [log] = same;
    return {
      symbol,
      what: turn.call?.name ?? 'answer',
      stage: log?.stage ?? '-',
      model: log?.model ?? '-',
      orderId: log?.orderId ?? '-',
      explanation: log?.explanation ?? '-',
      problem: problemOf(same, symbol, turn, number),
    };
  });
  const unknown = logs.filter((log) => !decisions.some(({ turn }) => says(log, turn)));
  const calls = spans.filter(isCall).length;

  console.log(
    `\n${table(
      ['symbol', 'the model gave', 'stage', 'model', 'order id', 'explanation'],
      rows.map((row) => [row.symbol, row.what, row.stage, row.model, row.orderId, row.explanation]),
    )}\n`,
  );
  const problems = [
    ...rows.flatMap(({ problem, symbol, what }) => (problem ? [`${symbol}, ${what}: ${problem}`] : [])),
    ...unknown.map((log) => `nobody said what this log says: ${JSON.stringify(log.output)}`),
    ...(calls === decisions.length
      ? []
      : [`${calls} of ${decisions.length} model calls at the OTLP receiver`]),
    ...(exitCode === 0 ? [] : [`the bot ended with ${exitCode}`]),
  ];
  for (const problem of problems) console.log(`PROBLEM: ${problem}`);
  console.log(
    `${name} ${problems.length === 0 ? 'ok' : 'FAILED'}: ${logs.length} logs at WEEX for ${decisions.length} model calls, ${spans.length} spans at the OTLP receiver`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
  return { logs, spans };

  /**
   * @param {readonly import('opentelemetry-exporter-weex/emulator').WeexEmulatorLog[]} same
   * @param {string} symbol
   * @param {import('./fake-model.mjs').Turn} turn
   * @param {number} number
   */
  function problemOf(same, symbol, turn, number) {
    const [log] = same;
    if (log === undefined) return 'not at WEEX';
    if (same.length > 1) return `${same.length} times at WEEX`;
    if (log.model !== model) return `model ${log.model} instead of ${model}`;
    if (log.stage !== stage) return `stage ${log.stage} instead of ${stage}`;
    const reason = turn.reasoning ?? reasonIn(turn.text ?? '');
    if (log.explanation !== reason) return `explained by ${log.explanation} instead of ${reason}`;
    if (!JSON.stringify(log.input).includes('"messages":[{"role":')) return 'without messages in its input';
    const orderId = ORDER_IDS[symbol];
    if (turn.call?.name === 'place_order')
      return log.orderId === orderId ? undefined : `order ${log.orderId} instead of ${orderId}`;
    // A look at the market may carry the order that it led to; nothing else carries any.
    const mayCarry = number === 0 && log.orderId === orderId;
    return log.orderId === undefined || mayCarry ? undefined : `order ${log.orderId}, which is not its own`;
  }
}

/**
 * @param {import('opentelemetry-exporter-weex/emulator').WeexEmulatorLog} log
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
