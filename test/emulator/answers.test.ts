import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { WeexEmulator, WeexEmulatorOptions } from '../../src/emulator.js';
import { startWeexEmulator } from './built.js';
import {
  bodyWith,
  bodyWithOrder,
  rawExchange,
  signedHeaders,
  type UploadOptions,
  upload,
  V2,
  V3,
} from './client.js';

let weex: WeexEmulator;
beforeAll(async () => {
  weex = await startWeexEmulator();
});
beforeEach(() => weex.reset());
afterAll(() => weex.close());

async function startOwn(options: WeexEmulatorOptions): Promise<WeexEmulator> {
  const own = await startWeexEmulator(options);
  onTestFinished(() => own.close());
  return own;
}

describe('a good upload', () => {
  test('is answered by v2 with code "00000" and the time', async () => {
    const before = Date.now();
    const { status, headers, text } = await upload(weex);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    const { requestTime, ...rest } = JSON.parse(text);
    expect(rest).toEqual({ code: '00000', msg: 'success', data: 'upload success' });
    expect(requestTime).toBeGreaterThanOrEqual(before);
    expect(requestTime).toBeLessThanOrEqual(Date.now());
  });

  test('is answered by v3 with code 0', async () => {
    const { status, text } = await upload(weex, bodyWith(), { path: V3 });
    expect(status).toBe(200);
    expect(text).toBe('{"code":0,"msg":"success","data":"upload success"}');
  });

  test('is in logs() with everything that came', async () => {
    const body = bodyWithOrder('596471064624628269', { input: { id: 1 }, output: { text: 'ł 😀' } });
    const timestamp = String(Date.now() - 7);
    await upload(weex, body, { path: `${V3}?x=1`, timestamp });
    expect(weex.logs()).toEqual([
      {
        number: 1,
        receivedAt: expect.any(Number),
        path: V3,
        apiVersion: 'v3',
        connection: expect.any(Number),
        account: weex.credentials.apiKey,
        timestamp,
        userAgent: 'emulator-test/1.0',
        locale: 'en-US',
        contentType: 'application/json',
        traceparent: undefined,
        raw: body,
        fault: undefined,
        orderId: '596471064624628269',
        stage: 'Decision Making',
        model: 'gpt-4.1-2025-04-14',
        input: { id: 1 },
        output: { text: 'ł 😀' },
        explanation: 'EMA cross with RSI oversold.',
      },
    ]);
  });

  test('sent twice is two logs, as with WEEX', async () => {
    const body = bodyWithOrder('7');
    await upload(weex, body);
    await upload(weex, body);
    expect(weex.logs().map(({ number, orderId }) => [number, orderId])).toEqual([
      [1, '7'],
      [2, '7'],
    ]);
  });

  test('tells a tracing header that came with it', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await upload(weex, bodyWith(), { headers: { traceparent } });
    expect(weex.logs()[0]?.traceparent).toBe(traceparent);
  });

  test('by another known account is told apart', async () => {
    const second = { apiKey: 'second', apiSecret: 'second secret', apiPassphrase: 'second words' };
    const own = await startOwn({ accounts: [weex.credentials, second] });
    await upload(own);
    await upload(own, bodyWith(), { credentials: second });
    expect(own.credentials).toEqual(weex.credentials);
    expect(own.logs().map(({ account }) => account)).toEqual([weex.credentials.apiKey, 'second']);
  });
});

describe('a bad upload', () => {
  interface Case {
    readonly what: string;
    readonly body?: string;
    readonly options?: UploadOptions;
    readonly v2: string;
    readonly v3: number;
  }
  const wrongSecret = {
    apiKey: 'weex_emulator_key',
    apiSecret: 'no',
    apiPassphrase: 'weex_emulator_passphrase',
  };
  const expired = String(Date.now() - 60_000);
  const cases: readonly Case[] = [
    { what: 'without a key', options: { headers: { 'ACCESS-KEY': undefined } }, v2: '40001', v3: -1040 },
    {
      what: 'without a signature',
      options: { headers: { 'ACCESS-SIGN': undefined } },
      v2: '40002',
      v3: -1041,
    },
    {
      what: 'without a time',
      options: { headers: { 'ACCESS-TIMESTAMP': undefined } },
      v2: '40003',
      v3: -1042,
    },
    {
      what: 'without a passphrase',
      options: { headers: { 'ACCESS-PASSPHRASE': undefined } },
      v2: '40011',
      v3: -1049,
    },
    { what: 'with a time in seconds', options: { timestamp: '1764000000' }, v2: '40005', v3: -1043 },
    { what: 'with an unknown key', options: { headers: { 'ACCESS-KEY': 'nobody' } }, v2: '40006', v3: -1044 },
    {
      what: 'with a wrong content type',
      options: { headers: { 'Content-Type': 'text/plain' } },
      v2: '40007',
      v3: -1045,
    },
    { what: 'signed a minute ago', options: { timestamp: expired }, v2: '40008', v3: -1046 },
    { what: 'with a wrong signature', options: { credentials: wrongSecret }, v2: '40009', v3: -1047 },
    {
      what: 'with a wrong passphrase',
      options: { headers: { 'ACCESS-PASSPHRASE': 'no' } },
      v2: '40012',
      v3: -1049,
    },
    { what: 'that is no JSON', body: '{', v2: '40017', v3: -1135 },
    { what: 'without a model', body: bodyWith({ model: undefined }), v2: '40019', v3: -1141 },
    { what: 'with an order id in quotes', body: bodyWithOrder('"1"'), v2: '40020', v3: -1142 },
  ];
  for (const { what, body, options, v2, v3 } of cases) {
    test(`${what} gets HTTP 400 with ${v2} from v2 and ${v3} from v3, and is not taken`, async () => {
      const second = await upload(weex, body, options);
      expect([second.status, JSON.parse(second.text)]).toEqual([
        400,
        { code: v2, msg: expect.any(String), requestTime: expect.any(Number), data: null },
      ]);
      const third = await upload(weex, body, { ...options, path: V3 });
      expect([third.status, JSON.parse(third.text)]).toEqual([400, { code: v3, msg: expect.any(String) }]);

      expect(weex.logs()).toEqual([]);
      expect(weex.requests().map(({ outcome, status, code }) => [outcome, status, code])).toEqual([
        ['refused', 400, v2],
        ['refused', 400, String(v3)],
      ]);
    });
  }

  test('without a User-Agent is stopped by the proxy in front, in plain text', async () => {
    const body = bodyWith();
    const answer = await new Promise<{ status: number | undefined; type: string | undefined }>((resolve) => {
      const headers = signedHeaders(weex, body, { headers: { 'User-Agent': undefined } });
      httpRequest(weex.url + V2, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, type: response.headers['content-type'] });
      }).end(body);
    });
    expect(answer).toEqual({ status: 403, type: 'text/plain' });
    expect(weex.requests()[0]?.problem?.code).toBe('403');
  });

  test('never repeats a secret in requests()', async () => {
    await upload(weex, '{');
    const text = JSON.stringify(weex.requests());
    expect(text).not.toContain(weex.credentials.apiSecret);
    expect(text).not.toContain(weex.credentials.apiPassphrase);
  });
});

describe('the server', () => {
  test('tells its time as v2 does', async () => {
    const { status, text } = await upload(weex, '', { path: '/capi/v2/market/time', method: 'GET' });
    const { epoch, iso, timestamp } = JSON.parse(text);
    expect(status).toBe(200);
    expect(Math.abs(timestamp - Date.now())).toBeLessThan(5_000);
    expect(Date.parse(iso)).toBe(timestamp);
    expect(Number(epoch)).toBe(timestamp / 1_000);
  });

  test('tells its time as v3 does, to anybody', async () => {
    const response = await fetch(`${weex.url}/capi/v3/market/time`);
    const { serverTime } = JSON.parse(await response.text());
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(5_000);
    expect(weex.requests()[0]).toMatchObject({ outcome: 'served', endpoint: 'time', apiVersion: 'v3' });
  });

  const unknown = [
    { path: '/capi/v2/order/uploadAILog', method: 'POST', status: 404 },
    { path: '/capi/v4/order/uploadAiLog', method: 'POST', status: 404 },
    { path: V2, method: 'GET', status: 405 },
    { path: V3, method: 'PUT', status: 405 },
    { path: '/capi/v2/market/time', method: 'POST', status: 405 },
  ];
  for (const { path, method, status } of unknown) {
    test(`answers ${method} ${path} with ${status} and lists it as refused`, async () => {
      expect((await upload(weex, bodyWith(), { path, method })).status).toBe(status);
      expect(weex.requests().map((request) => [request.path, request.method, request.outcome])).toEqual([
        [path, method, 'refused'],
      ]);
    });
  }

  test('serves one version only when told so', async () => {
    const own = await startOwn({ apiVersion: 'v3' });
    expect((await upload(own)).status).toBe(404);
    expect((await upload(own, bodyWith(), { path: V3 })).status).toBe(200);
    expect(own.logs().map(({ apiVersion }) => apiVersion)).toEqual(['v3']);
  });

  test('refuses what is over the rate limit with HTTP 429, for each account on its own', async () => {
    const second = { apiKey: 'second', apiSecret: 'second secret', apiPassphrase: 'second words' };
    const own = await startOwn({
      accounts: [weex.credentials, second],
      rateLimit: { requests: 3, windowMillis: 600_000 },
    });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await upload(own)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const { code, msg } = JSON.parse((await upload(own)).text);
    expect([code, msg]).toEqual(['429', 'Too many requests']);
    expect((await upload(own, bodyWith(), { credentials: second })).status).toBe(200);
  });

  test('answers a body over the limit with HTTP 413, and goes on', async () => {
    const own = await startOwn({ maxBodyBytes: 1_000 });
    const body = bodyWith({ input: { text: 'x'.repeat(1_000) } });
    expect((await upload(own, body)).status).toBe(413);
    expect((await upload(own)).status).toBe(200);
    expect(own.requests().map(({ status, raw }) => [status, raw.length > 0])).toEqual([
      [413, false],
      [200, true],
    ]);
  });

  test('takes 200 kB and more', async () => {
    const text = 'long '.repeat(400_000);
    expect((await upload(weex, bodyWith({ input: { text } }))).status).toBe(200);
    expect(weex.logs()[0]?.input).toEqual({ text });
  });

  test('gives every answer later by latencyMillis', async () => {
    const own = await startOwn({ latencyMillis: 150 });
    const start = performance.now();
    await upload(own);
    await fetch(`${own.url}/capi/v2/market/time`);
    expect(performance.now() - start).toBeGreaterThanOrEqual(295);
  });

  test('counts connections, and tells which requests shared one', async () => {
    const own = await startOwn({});
    const ask = 'GET /capi/v2/market/time HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a\r\n';
    await rawExchange(own, `${ask}\r\n${ask}Connection: close\r\n\r\n`);
    await rawExchange(own, `${ask}Connection: close\r\n\r\n`);
    const [first, second, third] = own.requests();
    expect(first?.connection).toBe(second?.connection);
    expect(third?.connection).not.toBe(first?.connection);
    expect(own.stats().connectionsOpened).toBe(2);
  });

  test('answers bytes that are no HTTP with 400 and lives on', async () => {
    const { received } = await rawExchange(weex, '\u0016\u0003\u0001 nonsense\r\n\r\n');
    expect(received.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect((await upload(weex)).status).toBe(200);
  });

  test('forgets a request whose client leaves in the middle of the body', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(weex.url + V2, { method: 'POST', headers: { 'content-length': 100 } });
      request.on('error', () => {});
      request.on('close', () => resolve());
      request.write('half', () => request.destroy());
    });
    expect((await upload(weex)).status).toBe(200);
    expect(weex.requests()).toHaveLength(1);
  });
});
