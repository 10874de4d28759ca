import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUndiciTransport } from '../../src/delivery/undici-transport.js';
import { systemClock } from '../../src/lib/clock.js';
import { startWeexServer } from '../helpers/weex-server.js';
import { makeCertificates } from './certificates.js';
import { startConnectProxy } from './connect-proxy.js';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const NO_PROXY = { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined };

describe('our own requests', () => {
  const spans = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const instrumentation = new UndiciInstrumentation();

  beforeAll(() => {
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    instrumentation.setTracerProvider(provider);
    instrumentation.enable();
  });
  afterAll(() => {
    instrumentation.disable();
    trace.disable();
    context.disable();
    propagation.disable();
  });

  test("are not traced and carry no traceparent, though the bot's are and do", async () => {
    const weex = await startWeexServer();
    const transport = createUndiciTransport(
      {
        endpoint: weex.url,
        concurrency: 2,
        timeoutMillis: 5_000,
        exitTimeoutMillis: 1_500,
        proxy: NO_PROXY,
        ca: [],
      },
      systemClock,
    );
    const request = { method: 'POST', path: '/x', headers: {}, body: Buffer.from('{}') } as const;
    const { request: botsRequest } = await import('undici');
    await provider.getTracer('bot').startActiveSpan('cycle', async (span) => {
      // More than there are connections: some wait, and are sent when another one is done.
      await Promise.all(Array.from({ length: 6 }, () => transport.send(request, 5_000)));
      expect(spans.getFinishedSpans()).toEqual([]);
      await (await botsRequest(`${weex.url}/bot`)).body.dump();
      span.end();
    });
    await transport.close();
    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual(['GET', 'cycle']);
    for (const { path, headers } of weex.received) {
      expect('traceparent' in headers).toBe(path === '/bot');
    }
  });
});

describe('a process', () => {
  /** Runs a script on the built package; it has to end by itself. */
  async function run(script: string, ...args: string[]): Promise<{ stdout: string; millis: number }> {
    const begun = performance.now();
    const child = promisify(execFile)(process.execPath, ['-e', script, ...args], {
      cwd: DIST,
      timeout: 15_000,
    });
    const { stdout } = await child;
    return { stdout, millis: performance.now() - begun };
  }

  const PREPARE = `
    const { createUndiciTransport } = require('./delivery/undici-transport');
    const { createDelivery } = require('./delivery/uploader');
    const { systemClock: clock } = require('./lib/clock');
    const { wireBody } = require('./entry/sealed-entry');
    const [endpoint, count, rateLimit, httpsProxy, ca] = process.argv.slice(1);
    const entries = new Map();
    const receipts = [];
    const nothing = () => {};
    const journal = {
      read: (slot) => entries.get(slot), attempted: nothing, rejected: nothing, paused: nothing,
      resumed: nothing, liveProcesses: () => 1, accepted: (slot, receipt) => receipts.push(receipt),
    };
    const transport = createUndiciTransport({
      endpoint, concurrency: 4, timeoutMillis: 5000, exitTimeoutMillis: 1500, ca: ca === undefined ? [] : [ca],
      proxy: { httpsProxy, httpProxy: undefined, noProxy: undefined },
    }, clock);
    const delivery = createDelivery({
      options: { endpoint, apiVersion: 'v2', timeoutMillis: 5000, locale: 'en-US',
        rateLimit: Number(rateLimit), concurrency: 4, userAgent: 'test' },
      account: { paused: undefined, acceptedBefore: true },
      credentials: { current: () => keys, refresh: () => keys },
      journal, transport, clock, cutPayload: (payload) => ({ payload, cut: false }),
      listener: { accepted: nothing, rejected: nothing, paused: nothing, resumed: nothing, down: nothing,
        recovered: nothing },
      log: { info: nothing, warn: nothing, error: console.error },
    });
    const keys = { apiKey: 'k', apiSecret: 's', apiPassphrase: 'p' };
    for (let slot = 0; slot < Number(count); slot += 1) {
      const now = Date.now();
      entries.set(slot, { id: 'e' + slot, payload: '{"input":{"n":' + slot + '}}', startedMillis: now, endedMillis: now });
      delivery.enqueue([{ slot, startedMillis: now, endedMillis: now, linked: false }]);
    }
    process.on('exit', (code) => console.log(code, receipts.length));
  `;

  test('ends by itself with idle connections and timers', async () => {
    const weex = await startWeexServer();
    const script = `${PREPARE} delivery.flush(5000).then(() => console.log('flushed', receipts.length));`;
    const { stdout, millis } = await run(script, weex.url, '8', '1000');
    expect(stdout).toBe('flushed 8\n0 8\n');
    expect(weex.received.length).toBe(8);
    expect(millis).toBeLessThan(4_000);
  });

  test('ends by itself with idle tunnels through a proxy', async () => {
    const certificates = makeCertificates();
    const weex = await startWeexServer(certificates);
    const proxy = await startConnectProxy(weex.port);
    const script = `${PREPARE} delivery.flush(5000).then(() => console.log('flushed', receipts.length));`;
    const proxyUrl = `http://127.0.0.1:${proxy.port}`;
    const { stdout, millis } = await run(script, 'https://weex.test', '8', '1000', proxyUrl, certificates.ca);
    expect(stdout).toBe('flushed 8\n0 8\n');
    expect(proxy.asked.length).toBeLessThanOrEqual(4);
    expect(millis).toBeLessThan(4_000);
  });

  test('lives until an awaited flush is done, however slow the rate', async () => {
    const weex = await startWeexServer();
    const { stdout } = await run(`${PREPARE} delivery.flush(5000);`, weex.url, '5', '5');
    expect(stdout).toBe('0 5\n');
  });

  test('does not live for entries that nobody awaits', async () => {
    const { stdout, millis } = await run(PREPARE, 'http://127.0.0.1:9', '1000', '1');
    expect(stdout).toBe('0 0\n');
    expect(millis).toBeLessThan(4_000);
  });

  test('ends within the time of a close, though WEEX hangs', async () => {
    const weex = await startWeexServer();
    weex.reply = () => {};
    const script = `${PREPARE} setTimeout(() => delivery.close(300).then(() => console.log('closed')), 500);`;
    const { stdout, millis } = await run(script, weex.url, '2', '100');
    expect(stdout).toBe('closed\n0 0\n');
    expect(millis).toBeLessThan(4_000);
  });

  test('does not load undici before there is something to send', async () => {
    const script = `${PREPARE}
      console.log(Object.keys(require.cache).some((path) => path.includes('undici/')));`;
    const { stdout } = await run(script, 'http://127.0.0.1:9', '0', '1');
    expect(stdout).toBe('false\n0 0\n');
  });
});
