import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange, SignedRequest, SyncTransport } from '../../src/delivery/transport.js';
import { createSyncTransport, type SyncTransportOptions } from '../../src/logger/sync-transport.js';
import { makeCertificate } from '../helpers/certificate.js';
import { type HttpServer, startHttpServer } from '../helpers/http-server.js';

const noProxy = { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined };
const body = Buffer.from('{"orderId":596471064624628269,"stage":"Execution"}');
const post = (path: string, more: Partial<SignedRequest> = {}): SignedRequest => ({
  method: 'POST',
  path,
  headers: { 'ACCESS-KEY': 'key', 'Content-Type': 'application/json', 'User-Agent': 'test' },
  body,
  ...more,
});
/** Long enough for a thread to start on a busy machine. */
const PATIENT_MILLIS = 15_000;
const failure = (reason: string, uncertain: boolean): Exchange => ({ kind: 'failure', reason, uncertain });

let server: HttpServer;
let transports: SyncTransport[] = [];

function transportTo(endpoint: string, options: Partial<SyncTransportOptions> = {}): SyncTransport {
  const transport = createSyncTransport({ endpoint, proxy: noProxy, ca: [], ...options });
  transports.push(transport);
  return transport;
}

beforeEach(async () => {
  server = await startHttpServer();
});
afterEach(async () => {
  for (const transport of transports) transport.close();
  transports = [];
  await server.close();
});

const toServer = (options: Partial<SyncTransportOptions> = {}) =>
  transportTo(`http://127.0.0.1:${server.port}`, options);

describe('the synchronous transport', () => {
  it('sends the very bytes and headers, and gives the answer with the headers that count', async () => {
    const answer = toServer().send(post('/ok?a=1'), PATIENT_MILLIS);
    expect(answer).toEqual({
      kind: 'answer',
      status: 200,
      headers: { date: expect.stringContaining('GMT'), 'retry-after': '7' },
      body: '{"code":"00000"}',
    });
    const [seen] = await server.seen();
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/ok?a=1',
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    expect(seen?.headers).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      'access-key': 'key',
      'content-type': 'application/json',
      'content-length': String(body.length),
      'user-agent': 'test',
    });
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual(
      ['access-key', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
  });

  it('keeps the connection alive', async () => {
    const transport = toServer();
    for (let turn = 0; turn < 5; turn += 1)
      expect(transport.send(post('/ok'), PATIENT_MILLIS).kind).toBe('answer');
    expect((await server.seen()).map((request) => request.connections)).toEqual([1, 1, 1, 1, 1]);
  });

  it('sends a GET without a body', async () => {
    const answer = toServer().send(
      { method: 'GET', path: '/ok', headers: {}, body: undefined },
      PATIENT_MILLIS,
    );
    expect(answer).toMatchObject({ kind: 'answer', status: 200 });
    const [seen] = await server.seen();
    expect(seen).toMatchObject({ method: 'GET', bytes: 0 });
    expect(seen?.headers['content-length']).toBeUndefined();
  });

  it('carries a body of a megabyte', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    expect(toServer().send(post('/ok', { body: large }), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    expect((await server.seen())[0]?.bytes).toBe(large.length);
  });

  it.each([
    ['/refused', { kind: 'answer', status: 400, body: '{"code":"40020"}' }],
    ['/redirect', { kind: 'answer', status: 302, body: '' }],
    ['/exact', { kind: 'answer', status: 200, body: 'x'.repeat(65_536) }],
    ['/big', { kind: 'answer', status: 200, body: 'x'.repeat(65_536) }],
    ['/reset', failure('ECONNRESET', true)],
    ['/half', failure('ECONNRESET', true)],
    ['/garbage', failure('HPE_INVALID_CONSTANT', true)],
    ['/upgrade', failure('ECONNRESET', true)],
  ])('tells of %s, and can send again', async (path, expected) => {
    const transport = toServer();
    expect(transport.send(post(path), PATIENT_MILLIS)).toMatchObject(expected);
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ kind: 'answer', status: 200 });
    expect(await server.seen()).toHaveLength(2);
  });

  it.each(['/silent', '/trickle'])(
    'ends %s at the time-out of the whole exchange, and can send again',
    (path) => {
      const transport = toServer();
      transport.send(post('/ok'), PATIENT_MILLIS);
      const begin = performance.now();
      expect(transport.send(post(path), 300)).toEqual(failure('TIMEOUT', true));
      expect(performance.now() - begin).toBeGreaterThan(290);
      expect(performance.now() - begin).toBeLessThan(10_000);
      expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    },
  );

  it('knows that nothing was sent when a request without a body fails', () => {
    const get: SignedRequest = { method: 'GET', path: '/reset', headers: {}, body: undefined };
    expect(toServer().send(get, PATIENT_MILLIS)).toEqual(failure('ECONNRESET', false));
  });

  it('knows that nothing was sent when there was no connection', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => listener.close(resolve));
    expect(transportTo(`http://127.0.0.1:${port}`).send(post('/ok'), PATIENT_MILLIS)).toEqual(
      failure('ECONNREFUSED', false),
    );
    expect(transportTo('http://no-such-host.invalid').send(post('/ok'), 1_000)).toMatchObject({
      kind: 'failure',
      uncertain: false,
    });
  });

  it.each([
    ['http', true],
    ['https', false],
  ])('leaves a server that accepts and says nothing, over %s', async (scheme, uncertain) => {
    // In this thread: the kernel accepts while it is blocked, and nobody answers.
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const ended = once(mute, 'connection').then(([socket]: Socket[]) => {
      socket?.on('error', () => {}).resume();
      return socket && once(socket, 'close');
    });
    const transport = transportTo(`${scheme}://127.0.0.1:${port}`);
    // Starts the thread and sends nothing.
    transport.send(post('/ok', { headers: { a: '\n' } }), PATIENT_MILLIS);
    expect(transport.send(post('/ok'), 500)).toEqual(failure('TIMEOUT', uncertain));
    await ended;
    mute.close();
  });

  it('times out without a doubt while the thread is not there yet', () => {
    expect(toServer().send(post('/ok'), 0)).toEqual(failure('TIMEOUT', false));
  });

  it('opens at most 15 connections a minute', async () => {
    let now = 0;
    const clock = {
      wallMillis: () => 0,
      monotonicMillis: () => now,
      schedule: () => ({ cancel() {} }),
      random: () => 0,
    };
    const transport = toServer({ clock });
    for (let turn = 0; turn < 15; turn += 1) {
      now += 1_000;
      expect(transport.send(post('/close'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    }
    expect(transport.send(post('/close'), PATIENT_MILLIS)).toEqual({ kind: 'throttled', waitMillis: 46_000 });
    expect(await server.seen()).toHaveLength(15);
    now += 46_000;
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
  });

  it('refuses headers that cannot be sent, without a doubt', () => {
    expect(toServer().send(post('/ok', { headers: { a: 'b\r\nc: d' } }), PATIENT_MILLIS)).toEqual(
      failure('ERR_INVALID_CHAR', false),
    );
  });

  it('sends nothing after it was closed', async () => {
    const transport = toServer();
    transport.send(post('/ok'), PATIENT_MILLIS);
    transport.close();
    transport.close();
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toEqual(failure('CLOSED', false));
    expect(await server.seen()).toHaveLength(1);
  });

  it('goes by an http proxy with the whole URL', async () => {
    const proxy = { ...noProxy, httpProxy: `http://user:p%40ss@127.0.0.1:${server.port}` };
    const transport = transportTo('http://gateway.lan:8080', { proxy });
    expect(transport.send(post('/ok?b=2'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    expect(await server.seen()).toMatchObject([
      {
        method: 'POST',
        url: 'http://gateway.lan:8080/ok?b=2',
        headers: {
          host: 'gateway.lan:8080',
          'proxy-authorization': `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
        },
      },
    ]);
  });
});

describe('the synchronous transport over TLS', () => {
  const certificate = makeCertificate();
  let secure: HttpServer;
  beforeAll(async () => {
    secure = await startHttpServer(certificate);
  });
  afterAll(() => secure.close());

  it("trusts an added certificate beside the system's, and no other", () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const endpoint = `https://${host}:${secure.port}`;
      expect(
        transportTo(endpoint, { ca: [certificate.cert] }).send(post('/ok'), PATIENT_MILLIS),
      ).toMatchObject({
        status: 200,
      });
      expect(transportTo(endpoint).send(post('/ok'), PATIENT_MILLIS)).toEqual(
        failure('DEPTH_ZERO_SELF_SIGNED_CERT', false),
      );
      expect(
        transportTo(endpoint, { ca: [makeCertificate().cert] }).send(post('/ok'), PATIENT_MILLIS),
      ).toMatchObject({
        kind: 'failure',
        uncertain: false,
      });
    }
  });

  it('fails by name when a certificate cannot be used', () => {
    const transport = transportTo(`https://localhost:${secure.port}`, {
      ca: ['-----BEGIN CERTIFICATE-----\nAA\n'],
    });
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ kind: 'failure', uncertain: false });
  });

  it('checks the name, also behind a proxy', () => {
    const proxy = { ...noProxy, httpsProxy: `http://127.0.0.1:${server.port}` };
    const transport = transportTo(`https://other.weex.com:${secure.port}`, { proxy, ca: [certificate.cert] });
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toEqual(
      failure('ERR_TLS_CERT_ALTNAME_INVALID', false),
    );
  });

  it('tunnels through a proxy that never sees the request, and keeps the tunnel', async () => {
    const named = makeCertificate('weex.test');
    const target = await startHttpServer(named);
    try {
      const proxy = { ...noProxy, httpsProxy: `http://user:pass@127.0.0.1:${server.port}/` };
      const transport = transportTo(`https://weex.test:${target.port}`, { proxy, ca: [named.cert] });
      expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
      expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
      const [connect, ...others] = await server.seen();
      expect(others).toEqual([]);
      expect(connect).toMatchObject({
        method: 'CONNECT',
        url: `weex.test:${target.port}`,
        headers: { 'proxy-authorization': `Basic ${Buffer.from('user:pass').toString('base64')}` },
      });
      expect(connect?.headers['access-key']).toBeUndefined();
      const requests = await target.seen();
      expect(requests.map((request) => request.connections)).toEqual([1, 1]);
      expect(requests[0]?.headers['proxy-authorization']).toBeUndefined();
    } finally {
      await target.close();
    }
  });

  it('tunnels through a proxy that is reached over TLS itself', async () => {
    const named = makeCertificate('weex.test');
    const target = await startHttpServer(named);
    const proxyServer = await startHttpServer(certificate);
    try {
      const proxy = { ...noProxy, httpsProxy: `https://localhost:${proxyServer.port}/` };
      const ca = [named.cert, certificate.cert];
      const transport = transportTo(`https://weex.test:${target.port}`, { proxy, ca });
      expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
    } finally {
      await Promise.all([target.close(), proxyServer.close()]);
    }
  });

  it('tells of a proxy that refuses, and of one that is not there', () => {
    const by = (httpsProxy: string) =>
      transportTo('https://api.weex.com', { proxy: { ...noProxy, httpsProxy } }).send(
        post('/ok'),
        PATIENT_MILLIS,
      );
    expect(by(`http://wrong:@127.0.0.1:${server.port}`)).toEqual(failure('PROXY_407', false));
    expect(by('http://127.0.0.1:1')).toEqual(failure('ECONNREFUSED', false));
  });

  it('goes to loopback without the proxy', async () => {
    const proxy = { ...noProxy, httpsProxy: 'http://127.0.0.1:1' };
    const transport = transportTo(`https://localhost:${secure.port}`, { proxy, ca: [certificate.cert] });
    expect(transport.send(post('/ok'), PATIENT_MILLIS)).toMatchObject({ status: 200 });
  });
});
