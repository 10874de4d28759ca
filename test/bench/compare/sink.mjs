// @ts-check
// The far end of every candidate, in a process of its own: takes WEEX's requests, OTLP (JSON and protobuf) and Azure
// Monitor's, and counts the different stages that came, by the mark `#id:7#` that each has in its prompt.
// Over HTTP, and over HTTPS for Azure's, which speaks nothing else.
// Commands by IPC: 'up', 'down' (503 for all), 'reset', 'count'; each is answered with the count.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const MARK = /#id:(\d+)#/g;
const WEEX = '{"code":"00000","msg":"success","requestTime":1732276800000,"data":"upload success"}';
/** @type {Set<string>} */
const seen = new Set();
let isDown = false;

/** @param {import('node:http').IncomingMessage} request @param {Buffer} body */
function answerTo(request, body) {
  const path = request.url ?? '';
  const isProtobuf = request.headers['content-type'] === 'application/x-protobuf';
  const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('latin1');
  const marks = [...text.matchAll(MARK)].map(([, id]) => id ?? '');
  for (const id of marks) seen.add(id);
  if (path.includes('/track')) {
    const items = (text.match(/"iKey"/g) ?? []).length;
    return {
      type: 'application/json',
      body: `{"itemsReceived":${items},"itemsAccepted":${items},"errors":[]}`,
    };
  }
  if (path.startsWith('/v1/traces')) {
    return isProtobuf
      ? { type: 'application/x-protobuf', body: '' }
      : { type: 'application/json', body: '{}' };
  }
  return { type: 'application/json', body: WEEX };
}

/** @type {import('node:http').RequestListener} */
const listener = (request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.once('end', () => {
    const { type, body } = isDown
      ? { type: 'text/plain', body: 'down' }
      : answerTo(request, Buffer.concat(chunks));
    response.writeHead(isDown ? 503 : 200, { 'content-type': type, 'content-length': body.length });
    response.end(body);
  });
};

const folder = mkdtempSync(join(tmpdir(), 'weex-sink-'));
const certificate = join(folder, 'certificate.pem');
const keyFile = join(folder, 'key.pem');
const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=sink'];
execFileSync(
  'openssl',
  [...request, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', certificate],
  { stdio: 'ignore' },
);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** @param {import('node:net').Server} server @returns {Promise<string>} */
const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });
const options = { keepAliveTimeout: 60_000 };
const secrets = { key: readFileSync(keyFile), cert: readFileSync(certificate) };
process.send?.({
  url: `http://${await listening(createServer(options, listener))}`,
  httpsUrl: `https://${await listening(createSecureServer({ ...options, ...secrets }, listener))}`,
  certificate,
});
process.on('message', (command) => {
  if (command === 'up') isDown = false;
  if (command === 'down') isDown = true;
  if (command === 'reset') seen.clear();
  process.send?.(seen.size);
});
process.on('disconnect', () => process.exit());
