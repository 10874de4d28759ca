import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** Counts the connections from 1. */
  readonly connection: number;
}

export type Reply = (response: http.ServerResponse, received: Received) => void;

export interface WeexServer {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  readonly connections: number;
  /** How requests are answered from now on; by default they are accepted. */
  reply: Reply;
  /** Runs when the head of a request is there and before its body is read. */
  head: ((request: http.IncomingMessage) => void) | undefined;
  /** Runs when a connection is there, before anything is read. */
  connection: ((socket: Socket) => void) | undefined;
  close(): Promise<void>;
}

export const json =
  (status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export const accepted = json(200, { code: '00000', msg: 'success', data: 'upload success' });

/**
 * An HTTP server on a free port that does what a test tells it to, and ends with the test. It knows nothing of
 * WEEX but its answer to a good request.
 */
export async function startWeexServer(tls?: { key: string; cert: string }): Promise<WeexServer> {
  const numbers = new WeakMap<Socket, number>();
  const sockets = new Set<Socket>();
  const received: Received[] = [];
  let connections = 0;

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    weex.head?.(request);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      connection: numbers.get(request.socket) ?? 0,
    };
    received.push(one);
    weex.reply(response, one);
  }

  // Without a hint of the server's, so that it is the client that decides what is kept alive.
  const options = { keepAliveTimeout: 0 };
  const server = tls === undefined ? http.createServer(options) : https.createServer({ ...options, ...tls });
  server.on('request', serve);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    if (tls === undefined) numbers.set(socket, connections);
    weex.connection?.(socket);
  });
  server.on('secureConnection', (socket: Socket) => {
    socket.on('error', () => {});
    numbers.set(socket, connections);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const weex: WeexServer = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    received,
    get connections() {
      return connections;
    },
    reply: accepted,
    head: undefined,
    connection: undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  onTestFinished(() => weex.close());
  return weex;
}
