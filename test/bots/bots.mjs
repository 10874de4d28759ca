// @ts-check
// `npm run test:bots`: bots traced by AI libraries, run unchanged under `--import opentelemetry-exporter-weex/register`.
// Needs the npm registry; what is installed stays in the bots' folders.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { installBot } from '../../examples/support/install-bot.mjs';
import { startOtlpReceiver } from '../../examples/support/otlp-receiver.mjs';
import { playBot } from '../../examples/support/play-bot.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const BTC = '596471064624628269';
const SOL = '596471064624628273';

/**
 * Each decision in the order of the bot's words: symbol, what was given, its order. The look at the market carries
 * the order that it led to where its trace leaves no doubt: steps beside each other do not say which of them did.
 */
const BOTS = [
  {
    name: 'ai-sdk-bot',
    model: 'gpt-5-2026-08-06',
    firstStepHasOrder: false,
    hasWholeInput: true,
    env: {},
  },
  {
    name: 'langgraph-bot',
    model: 'gpt-5',
    firstStepHasOrder: false,
    hasWholeInput: true,
    env: {},
  },
  {
    name: 'anthropic-bot',
    model: 'claude-opus-5-20260801',
    firstStepHasOrder: true,
    // The tool runner goes on in a thread: each request holds nothing but the tool's result.
    hasWholeInput: false,
    env: { ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content' },
  },
];

const FIRST = (/** @type {string} */ symbol) =>
  `Nothing is known of ${symbol} yet, so the market comes first.`;
const BOUGHT = 'BTCUSDT: bought 0.01, because RSI 28 is oversold. The stop is at 63200.';
const SOLD = 'SOLUSDT: sold 2, because RSI 77 is overbought. The stop is at 152.';
const HELD = 'RSI 51 is neutral, so no position in ETHUSDT is worth its risk.';

/** @param {string} name @param {object} args */
const call = (name, args) => ({ toolCalls: [{ name, args }] });

/** @param {boolean} firstStepHasOrder @returns {readonly [output: object, explanation: string, orderId: string | undefined][]} */
const expected = (firstStepHasOrder) => [
  [call('get_market', { symbol: 'BTCUSDT' }), FIRST('BTCUSDT'), firstStepHasOrder ? BTC : undefined],
  [
    call('place_order', { symbol: 'BTCUSDT', side: 'BUY', size: 0.01, stop: 63_200 }),
    'RSI 28 is oversold and funding is negative, so BTCUSDT is bought with a stop under 63200.',
    BTC,
  ],
  [{ text: BOUGHT }, BOUGHT, undefined],
  [call('get_market', { symbol: 'ETHUSDT' }), FIRST('ETHUSDT'), undefined],
  [{ action: 'HOLD', symbol: 'ETHUSDT', reason: HELD }, HELD, undefined],
  [call('get_market', { symbol: 'SOLUSDT' }), FIRST('SOLUSDT'), firstStepHasOrder ? SOL : undefined],
  [
    call('place_order', { symbol: 'SOLUSDT', side: 'SELL', size: 2, stop: 152 }),
    'RSI 77 is overbought and longs pay 0.062 %, so SOLUSDT is sold with a stop above 152.',
    SOL,
  ],
  [{ text: SOLD }, SOLD, undefined],
];

/** @type {Awaited<ReturnType<typeof startOtlpReceiver>>} */
let receiver;
before(async () => {
  receiver = await startOtlpReceiver();
});
after(() => receiver.close());

for (const bot of BOTS) {
  describe(bot.name, () => {
    /** @type {{ problems: string[], logs: any[], spans: any[] }} */
    let run;
    before(async () => {
      run = await runExample(bot.name);
    });

    test('has each decision at WEEX once, with its order or none', () => {
      assert.deepEqual(run.problems, []);
      const got = run.logs.map((log) => [withoutIds(log.output), log.explanation, log.orderId]);
      assert.deepEqual(sorted(got), sorted(expected(bot.firstStepHasOrder)));
    });

    test('says which model decided, at which stage, and what it was asked', () => {
      for (const { model, stage, input } of run.logs) {
        assert.equal(model, bot.model);
        assert.equal(stage, 'Decision Making');
        assert.ok(Array.isArray(input.messages) && input.messages.length > 0);
        const roles = input.messages.map((/** @type {{ role: string }} */ { role }) => role);
        if (bot.hasWholeInput) assert.deepEqual(roles.slice(0, 2), ['system', 'user']);
      }
      const asked = run.logs.filter(({ input }) => JSON.stringify(input).includes('Decide on ')).length;
      assert.equal(asked, bot.hasWholeInput ? 8 : 3);
    });

    test('has the same spans at its other backend as without us', async () => {
      const folder = join(ROOT, 'examples', bot.name);
      const service = `${bot.name}-plain`;
      const exitCode = await playBot({
        node: installBot(folder, () => {}),
        folder,
        preload: join(import.meta.dirname, 'plain-sdk.mjs'),
        env: {
          OTEL_TRACES_EXPORTER: 'otlp',
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_SERVICE_NAME: service,
          ...bot.env,
        },
      });
      assert.equal(exitCode, 0);
      const plain = receiver.spans.filter((span) => span.service === service);
      assert.ok(plain.length >= 16);
      assert.deepEqual(shapes(run.spans), shapes(plain));
    });
  });
}

/** @param {string} name */
async function runExample(name) {
  const child = spawn(process.execPath, [join(ROOT, 'examples', name, 'run.mjs'), '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  await once(child, 'close');
  return JSON.parse(stdout);
}

/** @param {Record<string, any>} output */
function withoutIds(output) {
  if (output['toolCalls'] === undefined) return output;
  for (const { id } of output['toolCalls']) assert.match(id, /^call_[A-Z]+_\d$/);
  const toolCalls = output['toolCalls'].map((/** @type {any} */ { id, ...rest }) => rest);
  return { ...output, toolCalls };
}

/** @param {readonly unknown[]} list */
const sorted = (list) => list.map((item) => JSON.stringify(item)).toSorted();

/**
 * What spans hold, without what differs from run to run. Instrumentations that only `register` found in the repository
 * around the bot are left out.
 *
 * @param {readonly any[]} spans
 */
const shapes = (spans) =>
  spans
    .filter(({ scope }) => !scope.startsWith('@opentelemetry/instrumentation-'))
    .map(({ name, scope, status, attributes }) =>
      JSON.stringify([name, scope, status, attributes]).replaceAll(
        /[\da-f]{8}-[\da-f-]{27}|\d+(?:\.\d+)?(?:e-\d+)?/g,
        '#',
      ),
    )
    .toSorted();
