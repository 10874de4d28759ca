// Servers for clients that block their thread: they have to live in another one. Started by http-server.ts.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ secure?: { cert: string, key: string } }} */
const { secure } = workerData;
/** @type {import('./http-server.js').SeenRequest[]} */
const seen = [];
let connections = 0;

/** @type {Record<string, (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void>} */
const behaviours = {
  '/ok': (_request, response) => {
    response.writeHead(200, { 'retry-after': '7', 'x-other': 'no' }).end('{"code":"00000"}');
  },
  '/refused': (_request, response) => void response.writeHead(400).end('{"code":"40020"}'),
  '/silent': () => {},
  '/trickle': (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{');
    setInterval(() => response.write(' '), 20).unref();
  },
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/half': (request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"code":', () => request.socket.destroy());
  },
  '/big': (_request, response) => void response.end('x'.repeat(300_000)),
  '/exact': (_request, response) => void response.end('x'.repeat(65_536)),
  '/redirect': (_request, response) => void response.writeHead(302, { location: '/ok' }).end(),
  '/garbage': (request) => void request.socket.end('this is no HTTP\r\n\r\n'),
  '/upgrade': (request) =>
    void request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
  '/close': (_request, response) => void response.writeHead(200, { connection: 'close' }).end('{}'),
};

/** @type {import('node:http').RequestListener} */
function onRequest(request, response) {
  const hash = createHash('sha256');
  let bytes = 0;
  request.on('data', (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, bytes, sha256: hash.digest('hex'), connections });
    // An absolute URL: this server is the proxy.
    const path = url.startsWith('http://') ? new URL(url).pathname : url;
    (behaviours[path] ?? behaviours['/ok'])?.(request, response);
  });
}

const server = secure ? createSecureServer(secure, onRequest) : createServer(onRequest);
server.on(secure ? 'secureConnection' : 'connection', () => {
  connections += 1;
});
server.on(
  'connect',
  (
    /** @type {import('node:http').IncomingMessage} */ request,
    /** @type {import('node:net').Socket} */ socket,
  ) => {
    const { url = '', headers } = request;
    seen.push({ method: 'CONNECT', url, headers, bytes: 0, sha256: '', connections });
    if (headers['proxy-authorization'] === 'Basic d3Jvbmc6') {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    // Wherever it was asked to go, it goes to this machine: names need not exist.
    const onward = connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  },
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') parentPort?.postMessage({ port: address.port });
});
parentPort?.on('message', () => parentPort?.postMessage({ seen }));
