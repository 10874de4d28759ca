import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { signature, signRequest } from '../../src/delivery/sign.js';

/**
 * Computed with OpenSSL and not with this package:
 *
 *   printf '%s' "$timestamp$method$path$body" | openssl dgst -sha256 -hmac "$secret" -binary | openssl base64 -A
 */
const VECTORS = [
  {
    title: 'a log with an order id',
    secret: 'topsecret-0123456789',
    timestampMillis: 1732276800000,
    method: 'POST',
    path: '/capi/v2/order/uploadAiLog',
    body: '{"orderId":596471064624628269,"stage":"Execution","model":"gpt-5","input":{"prompt":"BTC?"},"output":{"response":"BUY"},"explanation":"Momentum."}',
    expected: 'ZLpfApjk3ZdbZDpZMds17aSFTTuRF4ICAbpvAwg2b5o=',
  },
  {
    title: 'a body of more than ASCII',
    secret: 'topsecret-0123456789',
    timestampMillis: 1732276800001,
    method: 'POST',
    path: '/capi/v3/order/uploadAiLog',
    body: '{"stage":"Décision","model":"模型","input":{"prompt":"🚀 grüß"},"output":{"a":[1,2.50,null]},"explanation":"日本語 — ok"}',
    expected: '7fJ8i4bzJfJ2qDa6LjH36uPiSvBXHQfLeYc8BScM87Y=',
  },
  {
    title: 'a query and no body',
    secret: 'k',
    timestampMillis: 1732276800002,
    method: 'GET',
    path: '/capi/v2/market/time?symbol=cmt_btcusdt&limit=5',
    body: undefined,
    expected: 'nxJVBO/oK+98BZBv+ANTRy346mOjidSfGFsxdH1pLbs=',
  },
  {
    title: 'a secret of more than ASCII and a path in front',
    secret: 'sécrèt',
    timestampMillis: 1732276800003,
    method: 'POST',
    path: '/weex/capi/v2/order/uploadAiLog',
    body: '{}',
    expected: 'IbeTShpT8rnwPlqRs0VR3thJaWToWnRQtO1zAwDo/LI=',
  },
] as const;

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('signature', () => {
  for (const { title, secret, timestampMillis, method, path, body, expected } of VECTORS) {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    test(`of ${title} is what OpenSSL computed`, () => {
      expect(signature(secret, { method, path, body: bytes, timestampMillis })).toBe(expected);
    });

    test.skipIf(!hasOpenssl)(`of ${title} is what this machine's OpenSSL computes`, () => {
      const digest = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], {
        input: `${timestampMillis}${method}${path}${body ?? ''}`,
      });
      expect(signature(secret, { method, path, body: bytes, timestampMillis })).toBe(
        digest.toString('base64'),
      );
    });
  }

  test('covers every part of the request', () => {
    const request = {
      method: 'POST',
      path: '/a',
      body: Buffer.from('{}'),
      timestampMillis: 1732276800000,
    } as const;
    const others = [
      signature('other', request),
      signature('secret', { ...request, method: 'GET' }),
      signature('secret', { ...request, path: '/b' }),
      signature('secret', { ...request, body: Buffer.from('{ }') }),
      signature('secret', { ...request, timestampMillis: 1732276800001 }),
    ];
    expect(new Set([signature('secret', request), ...others]).size).toBe(6);
  });
});

describe('signRequest', () => {
  const credentials = { apiKey: 'key', apiSecret: 'topsecret-0123456789', apiPassphrase: 'phrase' };
  const client = { locale: 'en-US', userAgent: 'opentelemetry-exporter-weex/1.2.3' };

  test('sends the very bytes that it signed, and the same timestamp', () => {
    const [vector] = VECTORS;
    const body = Buffer.from(vector.body);
    const { method, path, timestampMillis } = vector;
    const request = signRequest({ method, path, body, timestampMillis }, credentials, client);
    expect(request.body).toBe(body);
    expect(request.path).toBe(path);
    expect(request.headers).toEqual({
      'ACCESS-KEY': 'key',
      'ACCESS-SIGN': vector.expected,
      'ACCESS-TIMESTAMP': '1732276800000',
      'ACCESS-PASSPHRASE': 'phrase',
      'Content-Type': 'application/json',
      locale: 'en-US',
      'User-Agent': 'opentelemetry-exporter-weex/1.2.3',
    });
  });
});
