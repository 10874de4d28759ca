import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { WeexEmulatorFault } from '../../src/emulator.js';
import { BotProcess, IMPORT } from '../register/helpers/bot-process.js';
import { API, type Install, SDK } from '../register/helpers/installs.js';
import { bot, installBots } from './helpers/bots.js';
import { type Jaeger, jaegerBinary, startJaeger } from './helpers/jaeger.js';
import { outlineOf } from './helpers/same-spans.js';
import { spansInJaeger } from './helpers/spans-in-jaeger.js';
import { startWeex } from './helpers/weex.js';

const CYCLES = '2';
/** That the trading bot makes in two cycles. */
const STAGES = 13;
const PATIENT = { timeout: 120_000 };

let jaeger: Jaeger;
let bots: Install;
let deadEnd: string;
/** What Jaeger gets when all is well. */
let usual: readonly string[];

async function addressWhereNobodyListens(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** A bot that has been told to trade, and goes on running. */
async function startTrading(service: string, env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const process = new BotProcess(bots, bot('on-demand.mjs'), {
    flags: IMPORT,
    env: {
      OTEL_TRACES_EXPORTER: 'otlp,weex',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpUrl,
      OTEL_SERVICE_NAME: service,
      ...env,
    },
  });
  onTestFinished(async () => {
    process.kill('SIGKILL');
    await process.ended;
  });
  await process.printed('ready');
  process.say(CYCLES);
  return process;
}

async function endsWell(process: BotProcess): Promise<void> {
  process.endInput();
  const ended = await process.ended;
  expect(ended, ended.stderr).toMatchObject({ code: 0, signal: null });
}

async function weexOf(...faults: WeexEmulatorFault[]) {
  const weex = await startWeex();
  onTestFinished(() => weex.emulator.close());
  weex.emulator.script(...faults);
  return weex;
}

const atJaeger = async (service: string): Promise<readonly string[]> =>
  outlineOf(await spansInJaeger(jaeger, service));

describe.skipIf(jaegerBinary === undefined)('WEEX beside a real Jaeger in trouble', PATIENT, () => {
  beforeAll(async () => {
    bots = installBots(API, SDK);
    [jaeger, deadEnd] = await Promise.all([startJaeger(), addressWhereNobodyListens()]);
  }, 90_000);

  afterAll(async () => {
    await jaeger?.close();
    bots?.remove();
  });

  test('both get everything when all is well', async () => {
    const weex = await weexOf();
    const process = await startTrading('well', weex.env);
    await weex.emulator.waitForLogs(STAGES, { timeoutMillis: 60_000 });
    await endsWell(process);
    expect(weex.emulator.logs()).toHaveLength(STAGES);
    usual = await atJaeger('well');
    expect(usual.length).toBeGreaterThan(STAGES);
  });

  test('a Jaeger that is down does not hold back WEEX', async () => {
    const weex = await weexOf();
    const process = await startTrading('down', {
      ...weex.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: deadEnd,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    });
    await weex.emulator.waitForLogs(STAGES, { timeoutMillis: 60_000 });
    await endsWell(process);
    expect(weex.emulator.logs()).toHaveLength(STAGES);
  });

  test('a Jaeger that does not answer does not hold back WEEX, and has everything once it does', async () => {
    const weex = await weexOf();
    jaeger.freeze();
    onTestFinished(() => jaeger.thaw());
    const process = await startTrading('frozen', { ...weex.env, OTEL_EXPORTER_OTLP_TIMEOUT: '60000' });
    await weex.emulator.waitForLogs(STAGES, { timeoutMillis: 60_000 });
    jaeger.thaw();
    await endsWell(process);
    expect(weex.emulator.logs()).toHaveLength(STAGES);
    expect(await atJaeger('frozen')).toEqual(usual);
  });

  test('a Jaeger that refuses everything does not hold back WEEX', async () => {
    const refusing = await startJaeger({ maxRequestBytes: 64 });
    onTestFinished(() => refusing.close());
    const weex = await weexOf();
    const process = await startTrading('refused', {
      ...weex.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: refusing.otlpUrl,
      OTEL_LOG_LEVEL: 'error',
    });
    await weex.emulator.waitForLogs(STAGES, { timeoutMillis: 60_000 });
    await endsWell(process);
    expect(weex.emulator.logs()).toHaveLength(STAGES);
    expect(await spansInJaeger(refusing, 'refused')).toEqual([]);
    expect((await process.ended).stderr).toContain('request body too large');
  });

  test('a WEEX that is down does not hold back Jaeger', async () => {
    const weex = await weexOf();
    const process = await startTrading('WEEX down', {
      ...weex.env,
      OTEL_EXPORTER_WEEX_ENDPOINT: deadEnd,
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '100',
    });
    await expect.poll(() => atJaeger('WEEX down'), { timeout: 60_000 }).toEqual(usual);
    await endsWell(process);
  });

  test.each([
    { what: 'does not answer', fault: 'no-answer' },
    { what: 'refuses everything', fault: 'html-521' },
  ] as const)('a WEEX that $what does not hold back Jaeger', async ({ what, fault }) => {
    const weex = await weexOf({ fault, times: Number.POSITIVE_INFINITY });
    const service = `WEEX ${what}`;
    const process = await startTrading(service, {
      ...weex.env,
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '100',
      // A request under way keeps the process until then.
      OTEL_EXPORTER_WEEX_TIMEOUT: '1000',
    });
    await expect.poll(() => weex.emulator.stats().requests, { timeout: 60_000 }).toBeGreaterThan(0);
    await expect.poll(() => atJaeger(service), { timeout: 60_000 }).toEqual(usual);
    await endsWell(process);
    expect(weex.emulator.logs()).toEqual([]);
  });
});
