import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SignedRequest, Transport } from '../../src/delivery/transport.js';
import { trustContext } from '../../src/delivery/trust.js';
import { createUndiciTransport, type TransportOptions } from '../../src/delivery/undici-transport.js';
import { systemClock } from '../../src/lib/clock.js';
import { trustedCertificates } from '../../src/lib/trusted-certificates.js';
import { json, startWeexServer } from '../helpers/weex-server.js';
import { type Certificates, makeCertificates } from './certificates.js';
import { startConnectProxy } from './connect-proxy.js';

const NO_PROXY = { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined };

function transportTo(endpoint: string, options: Partial<TransportOptions> = {}): Transport {
  const transport = createUndiciTransport(
    {
      endpoint,
      concurrency: 4,
      timeoutMillis: 5_000,
      exitTimeoutMillis: 1_500,
      proxy: NO_PROXY,
      ca: [],
      ...options,
    },
    systemClock,
  );
  onTestFinished(() => transport.close());
  return transport;
}

const post = (body = '{"a":1}', headers: Record<string, string> = {}): SignedRequest => ({
  method: 'POST',
  path: '/capi/v2/order/uploadAiLog',
  headers: { 'ACCESS-KEY': 'k', 'Content-Type': 'application/json', ...headers },
  body: Buffer.from(body),
});

/** A server that speaks anything but HTTP. */
async function rawServer(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('an answer', () => {
  test('comes with its status, its body and the headers that matter', async () => {
    const weex = await startWeexServer();
    weex.reply = json(429, { code: '429' }, { 'retry-after': '3', 'x-other': 'y' });
    const exchange = await transportTo(weex.url).send(post(), 5_000);
    expect(exchange).toEqual({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '3', date: expect.stringContaining('GMT') },
      body: '{"code":"429"}',
    });
  });

  test('is to the very bytes and headers that were signed', async () => {
    const weex = await startWeexServer();
    const body = '{"input":{"text":"🚀 日本語 \\u0000"},"orderId":596471064624628269}';
    await transportTo(weex.url).send(post(body, { 'ACCESS-SIGN': 'abc=', locale: 'en-US' }), 5_000);
    const [received] = weex.received;
    expect(received).toMatchObject({ method: 'POST', path: '/capi/v2/order/uploadAiLog', body });
    expect(received?.headers).toMatchObject({ 'access-sign': 'abc=', locale: 'en-US', 'access-key': 'k' });
    expect(received?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(received?.headers['transfer-encoding']).toBeUndefined();
  });

  test('that redirects is not followed', async () => {
    const weex = await startWeexServer();
    weex.reply = (response) => response.writeHead(307, { location: `${weex.url}/elsewhere` }).end();
    expect(await transportTo(weex.url).send(post(), 5_000)).toMatchObject({ kind: 'answer', status: 307 });
    expect(weex.received.length).toBe(1);
  });

  test('of a page with 521 is an answer', async () => {
    const weex = await startWeexServer();
    weex.reply = (response) => response.writeHead(521, { 'content-type': 'text/html' }).end('<html>blocked');
    expect(await transportTo(weex.url).send(post(), 5_000)).toMatchObject({
      status: 521,
      body: '<html>blocked',
    });
  });

  test('is not taken from an informational one before it', async () => {
    const weex = await startWeexServer();
    weex.reply = (response, received) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      json(200, { code: 0 })(response, received);
    };
    expect(await transportTo(weex.url).send(post(), 5_000)).toMatchObject({
      status: 200,
      body: '{"code":0}',
    });
  });

  test('beyond 64 KiB is cut, and the next one comes all the same', async () => {
    const weex = await startWeexServer();
    const transport = transportTo(weex.url);
    for (const size of [65_535, 65_536, 65_537, 5_000_000]) {
      weex.reply = (response) => response.writeHead(200).end('x'.repeat(size));
      const exchange = await transport.send(post(), 5_000);
      expect(exchange).toMatchObject({ kind: 'answer', status: 200 });
      expect(exchange.kind === 'answer' && exchange.body.length).toBe(Math.min(size, 65_536));
    }
    weex.reply = json(200, { code: 0 });
    expect(await transport.send(post(), 5_000)).toMatchObject({ body: '{"code":0}' });
  });
});

describe('a failure', () => {
  test('to connect is certain not to have delivered', async () => {
    const weex = await startWeexServer();
    await weex.close();
    expect(await transportTo(weex.url).send(post(), 5_000)).toEqual({
      kind: 'failure',
      reason: 'ECONNREFUSED',
      uncertain: false,
    });
  });

  test('after the body was sent may have delivered', async () => {
    const weex = await startWeexServer();
    weex.reply = (response) => response.socket?.destroy();
    expect(await transportTo(weex.url).send(post(), 5_000)).toMatchObject({
      kind: 'failure',
      uncertain: true,
    });
    weex.reply = (response) => response.socket?.resetAndDestroy();
    expect(await transportTo(weex.url).send(post(), 5_000)).toEqual({
      kind: 'failure',
      reason: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/),
      uncertain: true,
    });
  });

  test('before the body was read is one too, and the next request goes through', async () => {
    const weex = await startWeexServer();
    const transport = transportTo(weex.url);
    weex.head = (request) => request.socket.resetAndDestroy();
    expect(await transport.send(post('x'.repeat(1_000_000)), 5_000)).toMatchObject({ kind: 'failure' });
    weex.head = undefined;
    weex.connection = (socket) => {
      weex.connection = undefined;
      socket.resetAndDestroy();
    };
    expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'failure' });
    expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer', status: 200 });
  });

  test('by time comes when the time of the whole exchange is up, wherever it hangs', async () => {
    const silent = await startWeexServer();
    silent.reply = () => {};
    const dripping = await startWeexServer();
    dripping.reply = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    };
    const halfClosed = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
    );
    const begun = performance.now();
    const exchanges = await Promise.all(
      [silent.url, dripping.url].map((url) => transportTo(url).send(post(), 300)),
    );
    expect(performance.now() - begun).toBeLessThan(2_000);
    for (const exchange of exchanges) {
      expect(exchange).toEqual({ kind: 'failure', reason: 'TIMEOUT', uncertain: true });
    }
    expect(await transportTo(halfClosed).send(post(), 3_000)).toMatchObject({
      kind: 'failure',
      uncertain: true,
    });
  });

  test('by time is not taken from a bot that has blocked its thread while the answer came', async () => {
    const server = new Worker(
      `require('node:http').createServer((request, response) => {
         request.resume();
         setTimeout(() => response.end('{"code":0}'), 50);
       }).listen(0, '127.0.0.1', function () {
         require('node:worker_threads').parentPort.postMessage(this.address().port);
       });`,
      { eval: true },
    );
    onTestFinished(async () => {
      await server.terminate();
    });
    const [port] = await once(server, 'message');
    const transport = transportTo(`http://127.0.0.1:${port}`);
    await transport.send(post(), 5_000);
    const sent = transport.send(post(), 300);
    // It is written in the next turns of the event loop.
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    expect(await sent).toMatchObject({ kind: 'answer', body: '{"code":0}' });
  });

  test('by garbage is one, and hurts nothing', async () => {
    const url = await rawServer((socket) => {
      socket.once('data', () => socket.write('\u0000\u0001 220 smtp.example ready\r\n'));
    });
    const transport = transportTo(url);
    for (let count = 0; count < 6; count += 1) {
      expect(await transport.send(post(), 2_000)).toEqual({
        kind: 'failure',
        reason: expect.stringMatching(/^\w+$/),
        uncertain: true,
      });
    }
  });

  test('by headers without end is one', async () => {
    const url = await rawServer((socket) => {
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(50_000)}`));
    });
    expect(await transportTo(url).send(post(), 2_000)).toMatchObject({ kind: 'failure', uncertain: true });
  });

  test('by a header that cannot be sent names no value, and leaves every connection usable', async () => {
    const weex = await startWeexServer();
    const transport = transportTo(weex.url);
    for (const bad of ['a\r\nx: y', 'schlüssel-🔑', 'nul\u0000']) {
      for (let count = 0; count < 5; count += 1) {
        expect(await transport.send(post('{}', { 'ACCESS-KEY': bad }), 1_000)).toEqual({
          kind: 'failure',
          reason: 'INVALID_HEADER',
          uncertain: false,
        });
      }
    }
    expect(await transport.send(post(), 1_000)).toMatchObject({ status: 200 });
  });

  test('is what a closed transport gives', async () => {
    const weex = await startWeexServer();
    weex.reply = () => {};
    const transport = transportTo(weex.url);
    const pending = transport.send(post(), 5_000);
    while (weex.received.length === 0) await new Promise(setImmediate);
    await transport.close();
    await transport.close();
    expect(await pending).toMatchObject({ kind: 'failure', uncertain: true });
    expect(await transport.send(post(), 5_000)).toEqual({
      kind: 'failure',
      reason: 'CLOSED',
      uncertain: false,
    });
  });
});

describe('connections', () => {
  test('are kept alive for longer than the pauses between bursts', async () => {
    const weex = await startWeexServer();
    const transport = transportTo(weex.url);
    const burst = () => Promise.all([1, 2, 3, 4].map(() => transport.send(post(), 5_000)));
    await burst();
    // undici would close them after 4 s by itself.
    await new Promise((resolve) => setTimeout(resolve, 4_600));
    await burst();
    await burst();
    expect(weex.received.length).toBe(12);
    expect(weex.connections).toBe(4);
  });

  test('are at most 30 new ones a minute, and what is over is told with the wait', async () => {
    const weex = await startWeexServer();
    weex.reply = (response, received) => {
      response.setHeader('connection', 'close');
      json(200, { code: 0 })(response, received);
    };
    const transport = transportTo(weex.url);
    for (let count = 0; count < 30; count += 1) {
      expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer' });
    }
    const exchanges = await Promise.all([1, 2, 3, 4, 5, 6].map(() => transport.send(post(), 5_000)));
    for (const exchange of exchanges) {
      expect(exchange).toEqual({ kind: 'throttled', waitMillis: expect.any(Number) });
      expect(exchange.kind === 'throttled' && exchange.waitMillis).toBeGreaterThan(50_000);
    }
    expect(weex.connections).toBe(30);
    expect(weex.received.length).toBe(30);
  });

  test('that are there are used when no new one may be opened', async () => {
    const weex = await startWeexServer();
    const transport = transportTo(weex.url);
    const closing = (count: number) => {
      weex.reply = (response, received) => {
        if (weex.received.length <= count) response.setHeader('connection', 'close');
        json(200, { code: 0 })(response, received);
      };
    };
    closing(29);
    for (let count = 0; count < 30; count += 1) await transport.send(post(), 5_000);
    expect(weex.connections).toBe(30);
    for (let count = 0; count < 10; count += 1) {
      expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer', status: 200 });
    }
    const both = await Promise.all([transport.send(post(), 5_000), transport.send(post(), 5_000)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['answer', 'throttled']);
    expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer' });
  });
});

describe('TLS', () => {
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });

  test('trusts an authority only if told to', async () => {
    const weex = await startWeexServer(certificates);
    expect(await transportTo(weex.url).send(post(), 5_000)).toEqual({
      kind: 'failure',
      reason: expect.stringMatching(/CERT|SIGNATURE/),
      uncertain: false,
    });
    expect(weex.received).toEqual([]);
    const trusting = transportTo(weex.url, { ca: [certificates.ca] });
    expect(await trusting.send(post(), 5_000)).toMatchObject({ kind: 'answer', status: 200 });
  });

  test('refuses a certificate for another name', async () => {
    const weex = await startWeexServer(certificates);
    const url = weex.url.replace('127.0.0.1', 'localhost');
    const transport = transportTo(url, { ca: [certificates.ca] });
    expect(await transport.send(post(), 5_000)).toEqual({
      kind: 'failure',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
      uncertain: false,
    });
  });

  test('keeps what is trusted without additions', () => {
    expect(trustContext([])).toBeUndefined();
    const trusted = trustedCertificates([certificates.ca]) ?? [];
    expect(trusted.at(-1)).toBe(certificates.ca);
    expect(trusted.length).toBeGreaterThanOrEqual(rootCertificates.length);
  });

  test('that cannot be set up is a failure with a name, each time', async () => {
    const transport = transportTo('https://127.0.0.1:1', { ca: ['no certificate'] });
    for (let count = 0; count < 2; count += 1) {
      const exchange = await transport.send(post(), 5_000);
      expect(exchange).toEqual({ kind: 'failure', reason: expect.stringMatching(/^\w+$/), uncertain: false });
    }
  });

  describe('through a proxy', () => {
    async function proxied(userInfo = '') {
      const weex = await startWeexServer(certificates);
      const proxy = await startConnectProxy(weex.port);
      const httpsProxy = `http://${userInfo}127.0.0.1:${proxy.port}`;
      const transport = transportTo('https://weex.test', {
        ca: [certificates.ca],
        proxy: { ...NO_PROXY, httpsProxy },
      });
      return { weex, proxy, transport };
    }

    test('tunnels to WEEX, and keeps the tunnel', async () => {
      const { weex, proxy, transport } = await proxied();
      for (let count = 0; count < 3; count += 1) {
        expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer', status: 200 });
      }
      expect(proxy.asked).toEqual([{ target: 'weex.test:443', authorization: undefined }]);
      expect(proxy.requests).toEqual([]);
      expect(weex.received.length).toBe(3);
      expect(weex.received[0]?.headers).not.toHaveProperty('proxy-authorization');
    });

    test('gives it the user of its URL, and WEEX nothing of that', async () => {
      const { weex, proxy, transport } = await proxied('us%3Aer:p%40ss@');
      await transport.send(post(), 5_000);
      expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('us:er:p@ss').toString('base64')}`);
      expect(JSON.stringify(weex.received)).not.toContain('p@ss');
    });

    for (const status of [407, 403, 502]) {
      test(`says that it answered ${status}, without its user`, async () => {
        const { weex, proxy, transport } = await proxied('user:hidden-pass@');
        proxy.status = status;
        expect(await transport.send(post(), 5_000)).toEqual({
          kind: 'failure',
          reason: `PROXY_${status}`,
          uncertain: false,
        });
        expect(weex.connections).toBe(0);
        proxy.status = 200;
        expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer' });
      });
    }

    test('gives up on one that does not answer, and sends nothing when the time is over', async () => {
      const { weex, proxy, transport } = await proxied();
      proxy.status = undefined;
      expect(await transport.send(post(), 300)).toEqual({
        kind: 'failure',
        reason: 'TIMEOUT',
        uncertain: false,
      });
      expect(weex.received).toEqual([]);
    });

    test('that is not there names the trouble', async () => {
      const weex = await startWeexServer();
      await weex.close();
      const httpsProxy = `http://127.0.0.1:${weex.port}`;
      const transport = transportTo('https://weex.test', { proxy: { ...NO_PROXY, httpsProxy } });
      expect(await transport.send(post(), 5_000)).toMatchObject({ reason: 'PROXY_ECONNREFUSED' });
    });

    test('never goes to loopback', async () => {
      const weex = await startWeexServer(certificates);
      const transport = transportTo(weex.url, {
        ca: [certificates.ca],
        proxy: { ...NO_PROXY, httpsProxy: 'http://127.0.0.1:1' },
      });
      expect(await transport.send(post(), 5_000)).toMatchObject({ kind: 'answer' });
    });
  });
});
