// @ts-check
// Entries a second and processor time, against a bare undici pool that stringifies and signs in its loop.
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { Pool } from 'undici';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { median, spread } from './figures.mjs';

const LOGS = 3_000;
const CONCURRENCY = 4;
const ROUNDS = 5;
const PATH = '/capi/v2/order/uploadAiLog';

const PAYLOAD = {
  stage: 'Decision Making',
  model: 'gpt-5-2026-08-06',
  input: { symbol: 'BTCUSDT', rsi: 28, prompt: 'BTCUSDT 64010.5, RSI(1h) 28, funding -0.011%. '.repeat(36) },
  output: { action: 'buy', size: 0.01, stop: 63200, confidence: 0.72 },
  explanation:
    'RSI 28 on the 1h is oversold and funding is negative; risk 0.5 % of equity with a stop under 63200.',
};

/** @typedef {{ apiKey: string, apiSecret: string, apiPassphrase: string }} Credentials */

/** @param {string} url @param {Credentials} credentials */
async function barePool(url, credentials) {
  const pool = new Pool(url, { connections: CONCURRENCY, pipelining: 1, keepAliveTimeout: 60_000 });
  let left = LOGS;
  const work = async () => {
    while (left-- > 0) {
      const body = JSON.stringify(PAYLOAD);
      const timestamp = String(Date.now());
      const sign = createHmac('sha256', credentials.apiSecret)
        .update(`${timestamp}POST${PATH}${body}`)
        .digest('base64');
      const answer = await pool.request({
        method: 'POST',
        path: PATH,
        headers: {
          'ACCESS-KEY': credentials.apiKey,
          'ACCESS-SIGN': sign,
          'ACCESS-TIMESTAMP': timestamp,
          'ACCESS-PASSPHRASE': credentials.apiPassphrase,
          'Content-Type': 'application/json',
          'User-Agent': 'bare-pool',
        },
        body,
      });
      const text = await answer.body.text();
      if (JSON.parse(text).code !== '00000') throw new Error(text);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  await pool.close();
}

/** @param {string} url @param {Credentials} credentials */
async function wholeLife(url, credentials) {
  const folder = mkdtempSync(join(tmpdir(), 'weex-bench-'));
  const weex = new WeexSpanProcessor({
    ...credentials,
    endpoint: url,
    journalDir: folder,
    rateLimit: 100_000,
    concurrency: CONCURRENCY,
    linkWindowMillis: 0,
    flushTimeoutMillis: 60_000,
  });
  const provider = new BasicTracerProvider({ spanProcessors: [weex] });
  const tracer = provider.getTracer('bench');
  for (let i = 0; i < LOGS; i++) {
    tracer
      .startSpan('decision', {
        attributes: {
          'ai.stage': PAYLOAD.stage,
          'ai.model': PAYLOAD.model,
          'ai.input': JSON.stringify(PAYLOAD.input),
          'ai.output': JSON.stringify(PAYLOAD.output),
          'ai.explanation': PAYLOAD.explanation,
        },
      })
      .end();
    if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await weex.forceFlush();
  const { delivered } = weex.health();
  if (delivered !== LOGS) throw new Error(`delivered ${delivered} of ${LOGS}`);
  await provider.shutdown();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {() => Promise<void>} work */
async function cost(work) {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { millis: performance.now() - begun, cpuMillis: (user + system) / 1_000 };
}

export async function measureDelivery() {
  const server = fork(join(import.meta.dirname, 'weex-server.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ url, credentials }] = await once(server, 'message');
  const rates = [];
  const cpus = [];
  /** @type {(readonly [number, number])[]} */
  const perSecond = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const base = await cost(() => barePool(url, credentials));
    const ours = await cost(() => wholeLife(url, credentials));
    if (round === 0) continue;
    rates.push(base.millis / ours.millis);
    cpus.push(ours.cpuMillis / base.cpuMillis);
    perSecond.push([(LOGS * 1_000) / ours.millis, (LOGS * 1_000) / base.millis]);
  }
  server.disconnect();
  const of = (/** @type {0 | 1} */ i) => `${median(perSecond.map((pair) => pair[i])).toFixed(0)}/s`;
  return [
    {
      what: 'span.end() to receipt: rate, against a bare pool',
      budget: 0.55,
      better: /** @type {const} */ ('higher'),
      ratio: median(rates),
      spread: spread(rates),
      detail: `${of(0)} against ${of(1)}`,
    },
    {
      what: 'span.end() to receipt: processor time, against the same',
      budget: 1.8,
      better: /** @type {const} */ ('lower'),
      ratio: median(cpus),
      spread: spread(cpus),
      detail: '',
    },
  ];
}
