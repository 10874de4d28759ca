/**
 * The program of the thread that makes the exchanges of `createSyncTransport`.
 *
 * A string, because a bundler loses files that only a `Worker` names, and because the text of a compiled
 * function may call helpers that exist in the bundle alone. It uses Node's own modules and nothing of ours,
 * and nothing in this thread is instrumented.
 *
 * The first message says where to go: `{ secure, host, port, proxy, ca }`. Each other one is an exchange:
 * `{ sequence, method, path, headers, body, timeoutMillis, mayConnect }`. The shared memory holds: [0] 1 once
 * the thread listens; [1] the sequence answered last; [2] the sequence whose body may be out, so that the
 * caller knows it even if this thread dies.
 */
export const SYNC_WORKER_SOURCE = `'use strict';
const { workerData } = require('node:worker_threads');
const http = require('node:http');
const net = require('node:net');
const tls = require('node:tls');

const READY = 0, ANSWERED = 1, SENT = 2;
const MAX_BODY_BYTES = 65536;
const IDLE_MILLIS = 60000;

const { port } = workerData;
const shared = new Int32Array(workerData.shared);
let target, proxy, secureContext, agent, startError, current;

function start(route) {
  target = { secure: route.secure, host: route.host, port: route.port };
  proxy = route.proxy === undefined ? undefined : proxyOf(new URL(route.proxy));
  secureContext = route.ca === undefined ? undefined : tls.createSecureContext({ ca: route.ca });
  agent = new http.Agent({ keepAlive: true, maxFreeSockets: 1 });
  agent.createConnection = (options, done) => connect(current, done);
}

function proxyOf(url) {
  const secure = url.protocol === 'https:';
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const user = decoded(url.username) + ':' + decoded(url.password);
  const authorization = user === ':' ? undefined : 'Basic ' + Buffer.from(user).toString('base64');
  return { secure, host, port: Number(url.port) || (secure ? 443 : 80), authorization };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const authority = ({ host, port }) => (net.isIPv6(host) ? '[' + host + ']' : host) + ':' + port;

function hostHeader() {
  const whole = authority(target);
  return target.port === (target.secure ? 443 : 80) ? whole.slice(0, whole.lastIndexOf(':')) : whole;
}

const trouble = (code) => Object.assign(new Error(code), { code });

// Gives a socket on which the request is written at once: from there on the body may be out.
function connect(exchange, done) {
  if (exchange === undefined) return done(trouble('ECONNRESET'));
  if (!exchange.mayConnect) return done(trouble('THROTTLED'));
  exchange.connections += 1;
  const opened = (error, socket) => {
    if (error) return done(error);
    if (exchange.finished) {
      socket.destroy();
      return done(trouble('ECONNRESET'));
    }
    socket.setNoDelay(true);
    socket.setTimeout(IDLE_MILLIS, () => {
      if (current === undefined) socket.destroy();
    });
    done(null, socket);
  };
  if (proxy === undefined) return dial(exchange, target, undefined, opened);
  dial(exchange, proxy, undefined, (error, socket) => {
    if (error || !target.secure) opened(error, socket);
    else tunnel(exchange, socket, opened);
  });
}

// Connects to a place; with a socket that leads there already, only makes TLS over it.
function dial(exchange, place, over, done) {
  const way = over === undefined ? { host: place.host, port: place.port } : { socket: over, host: place.host };
  const servername = net.isIP(place.host) ? '' : place.host;
  const socket = place.secure
    ? tls.connect({ ...way, servername, secureContext, ALPNProtocols: ['http/1.1'] })
    : net.connect(way);
  exchange.opening = socket;
  const ready = place.secure ? 'secureConnect' : 'connect';
  const finish = (error) => {
    socket.removeListener('error', finish);
    socket.removeListener('close', onClose);
    socket.removeListener(ready, onReady);
    if (error) socket.on('error', () => {});
    done(error, socket);
  };
  const onClose = () => finish(trouble('ECONNRESET'));
  const onReady = () => finish(null);
  socket.once('error', finish);
  socket.once('close', onClose);
  socket.once(ready, onReady);
}

function tunnel(exchange, socket, done) {
  const headers = { host: authority(target), connection: 'keep-alive' };
  if (proxy.authorization) headers['proxy-authorization'] = proxy.authorization;
  // With any 'agent', false included, Node would not ask createConnection.
  const request = http.request({
    method: 'CONNECT', path: authority(target), headers, createConnection: () => socket,
  });
  let told = false;
  const tell = (error, result) => {
    if (told) return;
    told = true;
    if (error) socket.destroy();
    done(error, result);
  };
  request.on('error', tell);
  request.on('close', () => tell(trouble('ECONNRESET')));
  request.on('connect', (response, through, head) => {
    if (response.statusCode !== 200) return tell(trouble('PROXY_' + response.statusCode));
    if (head.length > 0) through.unshift(head);
    told = true;
    dial(exchange, target, through, done);
  });
  request.end();
}

function perform({ sequence, method, path, headers, body, timeoutMillis, mayConnect }) {
  const exchange = { mayConnect, connections: 0, opening: undefined, sent: false, finished: false };
  current = exchange;
  let request;
  const finish = (result) => {
    if (exchange.finished) return;
    exchange.finished = true;
    current = undefined;
    clearTimeout(timer);
    port.postMessage({ sequence, exchange: result, connections: exchange.connections });
    Atomics.store(shared, ANSWERED, sequence);
    Atomics.notify(shared, ANSWERED);
  };
  const abandon = () => {
    if (exchange.opening !== undefined && !exchange.sent) exchange.opening.destroy();
    if (request !== undefined) request.destroy();
  };
  const fail = (error) => {
    const reason = String((error && (error.code || error.name)) || 'ERROR');
    const uncertain = exchange.sent && body !== undefined;
    finish(reason === 'THROTTLED' ? { kind: 'throttled' } : { kind: 'failure', reason, uncertain });
    abandon();
  };
  exchange.fail = fail;
  const timer = setTimeout(() => fail(trouble('TIMEOUT')), timeoutMillis);
  // Without an agent of ours Node would send to this machine.
  if (agent === undefined) return fail(startError);
  try {
    const sent = { ...headers, host: hostHeader() };
    if (body !== undefined) sent['content-length'] = body.byteLength;
    const viaProxy = proxy !== undefined && !target.secure;
    if (viaProxy && proxy.authorization) sent['proxy-authorization'] = proxy.authorization;
    const whole = viaProxy ? 'http://' + hostHeader() + path : path;
    request = http.request({ method, path: whole, headers: sent, agent });
    request.on('error', fail);
    request.on('close', () => fail(trouble('ECONNRESET')));
    request.on('socket', () => {
      exchange.sent = true;
      if (body !== undefined) Atomics.store(shared, SENT, sequence);
    });
    request.on('response', (response) => receive(response, finish, fail, abandon));
    request.end(body);
  } catch (error) {
    fail(error);
  }
}

function receive(response, finish, fail, abandon) {
  const chunks = [];
  let length = 0;
  const answer = () => {
    const headers = {};
    for (const name of ['date', 'retry-after']) {
      if (typeof response.headers[name] === 'string') headers[name] = response.headers[name];
    }
    const body = Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8');
    finish({ kind: 'answer', status: response.statusCode, headers, body });
  };
  response.on('data', (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      answer();
      abandon();
    }
  });
  response.on('end', answer);
  response.on('error', fail);
}

process.on('uncaughtException', (error) => {
  if (current !== undefined) current.fail(error);
});
port.on('message', (message) => {
  if (message.sequence !== undefined) return perform(message);
  try {
    start(message);
  } catch (error) {
    startError = error;
  }
});
Atomics.store(shared, READY, 1);
Atomics.notify(shared, READY);
`;
