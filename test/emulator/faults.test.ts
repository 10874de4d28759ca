import { request as undiciRequest } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { WeexEmulator, WeexEmulatorFault } from '../../src/emulator.js';
import { startWeexEmulator } from './built.js';
import { bodyWith, bodyWithOrder, rawUpload, signedHeaders, upload, V2, V3 } from './client.js';

let weex: WeexEmulator;
beforeAll(async () => {
  weex = await startWeexEmulator();
});
beforeEach(() => weex.reset());
afterAll(() => weex.close());

/** What one request after the other came to: outcome, HTTP status, code, and whether the log was taken. */
const seen = (): unknown[] =>
  weex.requests().map(({ outcome, status, code, accepted }) => [outcome, status, code, accepted]);

async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
      ? cause.code
      : String(cause);
  }
}

describe('an answer with a status or a code', () => {
  interface Case {
    readonly fault: WeexEmulatorFault;
    readonly path?: string;
    readonly status: number;
    readonly body: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  }
  const html = expect.stringMatching(/^<html>/);
  const v2 = (code: string) => ({
    code,
    msg: expect.any(String),
    requestTime: expect.any(Number),
    data: null,
  });
  const v3 = (code: number) => ({ code, msg: expect.any(String) });
  const cases: readonly Case[] = [
    { fault: 503, status: 503, body: html, headers: { 'content-type': 'text/html;charset=UTF-8' } },
    { fault: 521, status: 521, body: html },
    { fault: 'html-521', status: 521, body: html },
    { fault: 403, status: 403, body: 'Forbidden', headers: { 'content-type': 'text/plain' } },
    { fault: 'text-403', status: 403, body: 'Forbidden', headers: { 'content-type': 'text/plain' } },
    { fault: 500, status: 500, body: v2('40015') },
    { fault: 401, path: V3, status: 401, body: v3(40006) },
    { fault: 429, status: 429, body: v2('429') },
    {
      fault: { status: 429, retryAfterSeconds: 3 },
      status: 429,
      body: v2('429'),
      headers: { 'retry-after': '3' },
    },
    {
      fault: { fault: 'rate-limited', retryAfterSeconds: 7 },
      path: V3,
      status: 429,
      body: v3(429),
      headers: { 'retry-after': '7' },
    },
    {
      fault: { status: 418, body: 'tea', headers: { 'Content-Type': 'text/tea' } },
      status: 418,
      body: 'tea',
      headers: { 'content-type': 'text/tea' },
    },
    { fault: { status: 400, body: '{"code":"12345"}' }, status: 400, body: { code: '12345' } },
    { fault: '40015', status: 400, body: v2('40015') },
    { fault: '40022', status: 403, body: v2('40022') },
    { fault: '40753', path: V3, status: 400, body: v3(40753) },
    { fault: -1054, path: V3, status: 400, body: v3(-1054) },
    { fault: '-1190', status: 400, body: v2('-1190') },
    {
      fault: { code: '77777', msg: 'your account is not on the list', status: 200 },
      status: 200,
      body: { ...v2('77777'), msg: 'your account is not on the list' },
    },
    { fault: { code: '00000', status: 500 }, status: 500, body: v2('00000') },
    { fault: 'redirect', status: 302, body: html, headers: { location: '/moved-by-the-emulator' } },
    {
      fault: { status: 308, location: 'https://example.com/x' },
      status: 308,
      body: html,
      headers: { location: 'https://example.com/x' },
    },
    { fault: 'ok-empty', status: 200, body: '' },
    { fault: 'ok-not-json', status: 200, body: expect.stringContaining('Welcome') },
    { fault: 'ok-without-code', status: 200, body: { msg: 'success', data: 'upload success' } },
    { fault: 'ok-unknown-code', status: 200, body: { code: '99999', msg: 'accepted for review' } },
    { fault: { status: 200, body: '{"code":1}' }, status: 200, body: { code: 1 } },
  ];
  for (const { fault, path = V2, status, body, headers = {} } of cases) {
    test(`${JSON.stringify(fault)} is HTTP ${status} on ${path.slice(6, 8)}, and the log is not taken`, async () => {
      weex.script(fault);
      const answer = await upload(weex, bodyWith(), { path });
      expect(answer.status).toBe(status);
      expect(asJson(answer.text)).toEqual(body);
      for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
      expect(weex.logs()).toEqual([]);
      expect(weex.requests()[0]).toMatchObject({ outcome: 'fault', status, problem: undefined });
      expect((await upload(weex)).status).toBe(200);
    });
  }

  test('can hide that the log was taken', async () => {
    weex.script(
      { status: 502, accept: true },
      { code: '40015', accept: true },
      { fault: 'ok-empty', accept: true },
    );
    for (const orderId of ['1', '2', '3', '4']) await upload(weex, bodyWithOrder(orderId));
    expect(weex.logs().map(({ orderId, fault }) => [orderId, fault])).toEqual([
      ['1', 'HTTP 502'],
      ['2', '40015 System error'],
      ['3', 'ok-empty'],
      ['4', undefined],
    ]);
  });

  test('cannot make a bad log be taken, and the record says what was bad', async () => {
    weex.script({ status: 502, accept: true }, 'accept-as-v3');
    await upload(weex, bodyWith({ model: '' }));
    expect((await upload(weex, bodyWith({ model: '' }))).status).toBe(400);
    expect(weex.logs()).toEqual([]);
    expect(weex.requests().map(({ problem }) => problem?.code)).toEqual(['40019', '40019']);
  });

  function asJson(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
});

describe('success', () => {
  const spellings = [
    { fault: 'accept-as-v2', starts: '{"code":"00000",' },
    { fault: 'accept-as-v3', starts: '{"code":0,' },
    { fault: 'accept-as-text-zero', starts: '{"code":"0",' },
  ] as const;
  for (const { fault, starts } of spellings) {
    test(`can be spelled ${starts}…} on both versions`, async () => {
      weex.script(fault, fault);
      for (const path of [V2, V3]) {
        const { status, text } = await upload(weex, bodyWith(), { path });
        expect(status).toBe(200);
        expect(text.startsWith(starts)).toBe(true);
      }
      expect(weex.logs()).toHaveLength(2);
    });
  }
});

describe('at the connection', () => {
  const closed = /^(ECONNRESET|UND_ERR_SOCKET)$/;

  test('reset-before-body resets when only the headers are there; the log is not taken', async () => {
    weex.script('reset-before-body');
    expect((await rawUpload(weex, bodyWith(), true)).how).toBe('reset');
    expect(seen()).toEqual([['fault', undefined, undefined, false]]);
    expect(weex.requests()[0]?.raw).toBe('');
  });

  test('reset-after-body waits for the body, and then resets', async () => {
    weex.script('reset-after-body');
    const { how, received } = await rawUpload(weex, bodyWith());
    expect([how, received.length]).toEqual(['reset', 0]);
    expect(weex.requests()[0]?.raw).toBe(bodyWith());
    expect(weex.logs()).toEqual([]);
  });

  test('reset-after-body can have taken the log', async () => {
    weex.script({ fault: 'reset-after-body', accept: true });
    expect(await failureOf(upload(weex, bodyWithOrder('5')))).toMatch(closed);
    expect(weex.logs().map(({ orderId }) => orderId)).toEqual(['5']);
    expect(seen()).toEqual([['fault', undefined, undefined, true]]);
  });

  test('half-close ends the server’s side without an answer', async () => {
    weex.script('half-close');
    const { how, received } = await rawUpload(weex, bodyWith());
    expect([how, received.length]).toEqual(['end', 0]);
    weex.script('half-close');
    expect(await failureOf(upload(weex))).toMatch(closed);
  });

  test('garbage is no HTTP', async () => {
    weex.script('garbage', 'garbage');
    const { received, how } = await rawUpload(weex, bodyWith());
    expect(received.length).toBeGreaterThan(10);
    expect(received.toString('latin1')).not.toMatch(/^HTTP/);
    expect(how).toBe('end');
    expect(await failureOf(upload(weex))).not.toBe('none');
  });

  test('truncated-json has the right length and half a success', async () => {
    weex.script('truncated-json');
    const { status, text } = await upload(weex);
    expect(status).toBe(200);
    expect(text.startsWith('{"code":"00000"')).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });

  test('truncated-body ends before the announced length', async () => {
    weex.script({ fault: 'truncated-body', accept: true });
    expect(await failureOf(upload(weex))).not.toBe('none');
    expect(weex.logs()).toHaveLength(1);
  });

  test('huge-body is a success of as many bytes as told', async () => {
    weex.script('huge-body', { fault: 'huge-body', bytes: 70_000 });
    const lengths: number[] = [];
    for (let i = 0; i < 2; i += 1) {
      const { text } = await upload(weex);
      expect(JSON.parse(text).code).toBe('00000');
      lengths.push(text.length);
    }
    expect(lengths).toEqual([1_048_576, 70_000]);
  });

  test('endless-body goes on for as long as the client reads', async () => {
    weex.script('endless-body');
    const body = bodyWith();
    const answer = await undiciRequest(weex.url + V2, {
      method: 'POST',
      body,
      headers: signedHeaders(weex, body),
    });
    let bytes = 0;
    for await (const chunk of answer.body) {
      bytes += Buffer.byteLength(chunk);
      if (bytes > 20_000_000) break;
    }
    expect(answer.statusCode).toBe(200);
    expect(bytes).toBeGreaterThan(20_000_000);
    expect((await upload(weex)).status).toBe(200);
  });

  test('no-answer leaves the client waiting, and the log may have been taken', async () => {
    weex.script({ fault: 'no-answer', accept: true });
    const signal = AbortSignal.timeout(150);
    expect(await failureOf(upload(weex, bodyWith(), { signal }))).toContain('Timeout');
    expect(weex.logs()).toHaveLength(1);
  });

  test('slow gives the usual answer, late', async () => {
    weex.script({ fault: 'slow', delayMillis: 150 });
    const start = performance.now();
    expect((await upload(weex)).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
    expect(weex.requests()[0]).toMatchObject({ outcome: 'accepted', fault: 'slow' });
  });

  test('slow has the log in the record before it answers', async () => {
    weex.script({ fault: 'slow', delayMillis: 600_000 });
    const leaving = new AbortController();
    const answering = failureOf(upload(weex, bodyWith(), { signal: leaving.signal }));
    expect(await weex.waitForLogs(1)).toHaveLength(1);
    leaving.abort();
    expect(await answering).toContain('Abort');
  });

  test('slow-body sends the headers at once', async () => {
    weex.script({ fault: 'slow-body', delayMillis: 600_000 });
    const body = bodyWith();
    const headers = signedHeaders(weex, body);
    const answer = await undiciRequest(weex.url + V2, { method: 'POST', body, headers });
    expect(answer.statusCode).toBe(200);
    answer.body.on('error', () => {}).destroy();
  });

  test('slow-body sends the rest late', async () => {
    weex.script({ fault: 'slow-body', delayMillis: 150 });
    const start = performance.now();
    expect(JSON.parse((await upload(weex)).text).code).toBe('00000');
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
  });

  test('any answer can be late', async () => {
    weex.script({ status: 503, delayMillis: 120 });
    const start = performance.now();
    expect((await upload(weex)).status).toBe(503);
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });
});

describe('clock-skew', () => {
  const skewMillis = 90_000;

  test('moves the clock of checks, answers, time endpoints and Date header', async () => {
    weex.script({ fault: 'clock-skew', skewMillis });
    expect(JSON.parse((await upload(weex)).text).code).toBe('40008');

    const timeAnswer = await fetch(`${weex.url}/capi/v2/market/time`);
    const { timestamp } = JSON.parse(await timeAnswer.text());
    expect(Math.abs(timestamp - skewMillis - Date.now())).toBeLessThan(5_000);
    expect(Math.abs(Date.parse(timeAnswer.headers.get('date') ?? '') - skewMillis - Date.now())).toBeLessThan(
      5_000,
    );

    const { status, headers, text } = await upload(weex, bodyWith(), { timestamp: String(timestamp) });
    expect(status).toBe(200);
    expect(Math.abs(JSON.parse(text).requestTime - timestamp)).toBeLessThan(5_000);
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - timestamp)).toBeLessThan(5_000);
    expect(Math.abs((weex.logs()[0]?.receivedAt ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  test('ends with its times, or with clearFaults()', async () => {
    weex.script({ fault: 'clock-skew', skewMillis: -skewMillis, times: 1 });
    expect((await upload(weex)).status).toBe(400);
    expect((await upload(weex)).status).toBe(200);
    weex.script({ fault: 'clock-skew', skewMillis });
    weex.clearFaults();
    expect((await upload(weex)).status).toBe(200);
  });

  test('leaves the faults after it in force', async () => {
    weex.script({ fault: 'clock-skew', skewMillis: 1_000 }, 503);
    expect((await upload(weex)).status).toBe(503);
    expect((await upload(weex)).status).toBe(200);
  });
});

describe('the list of faults', () => {
  test('is a queue, with accept as a place-holder', async () => {
    weex.script(503, 'accept', '40015');
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await upload(weex)).status);
    expect(statuses).toEqual([503, 200, 400, 200]);
  });

  test('knows an order only after a while: order-unknown passes logs without an order', async () => {
    weex.script({ fault: 'order-unknown', times: 2 });
    expect((await upload(weex)).status).toBe(200);
    const codes: unknown[] = [];
    for (const path of [V2, V3, V2]) {
      codes.push(JSON.parse((await upload(weex, bodyWithOrder('9'), { path })).text).code);
    }
    expect(codes).toEqual(['50005', -2200, '00000']);
  });

  test('can refuse each order, or each body, a number of times on its own', async () => {
    weex.script({ status: 503, times: 1, per: 'orderId', when: { hasOrderId: true } });
    const statuses: number[] = [];
    for (const orderId of ['1', '2', '1', '2'])
      statuses.push((await upload(weex, bodyWithOrder(orderId))).status);
    expect(statuses).toEqual([503, 503, 200, 200]);

    weex.reset();
    weex.script({ status: 503, times: 1, per: 'body' });
    const [one, other] = [bodyWith(), bodyWith({ model: 'b' })];
    const results: number[] = [];
    for (const body of [one, other, one, other]) results.push((await upload(weex, body)).status);
    expect(results).toEqual([503, 503, 200, 200]);
  });

  test('can be for the time endpoints too', async () => {
    weex.script(
      { status: 503, when: { endpoint: 'time' } },
      { status: 500, when: { endpoint: 'any' }, times: 2 },
    );
    expect((await upload(weex)).status).toBe(500);
    expect((await fetch(`${weex.url}/capi/v2/market/time`)).status).toBe(503);
    expect((await fetch(`${weex.url}/capi/v3/market/time`)).status).toBe(500);
    expect((await fetch(`${weex.url}/capi/v3/market/time`)).status).toBe(200);
  });

  test('may stand from the start, with dice that fall the same way for the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const own = await startWeexEmulator({ seed, faults: [{ status: 503, probability: 0.5 }] });
      onTestFinished(() => own.close());
      const statuses: number[] = [];
      for (let i = 0; i < 24; i += 1) statuses.push((await upload(own)).status);
      return statuses;
    };
    const first = await run(1);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  test('is not changed at all when one of the scripted faults is wrong', async () => {
    const wrong: string = 'explode';
    // @ts-expect-error no such name
    expect(() => weex.script(503, wrong)).toThrow(
      /fault 2: expected an HTTP status, a WEEX code, a rule, or one of/,
    );
    expect((await upload(weex)).status).toBe(200);
  });
});
