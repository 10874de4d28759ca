import { once } from 'node:events';
import * as http from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly port: number;
  /** Each CONNECT: whereto, and the authorization that came along. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[];
  /** Anything else that was asked of it, which should be nothing. */
  readonly requests: string[];
  /** The status of its answer; `undefined` never answers. */
  status: number | undefined;
}

/** A real HTTP proxy that connects whatever it is asked for with one port of this machine. */
export async function startConnectProxy(targetPort: number): Promise<ConnectProxy> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => {});
  };
  const server = http.createServer((request, response) => {
    proxy.requests.push(request.url ?? '');
    response.writeHead(400).end();
  });
  server.on('connection', track);
  server.on('connect', (request, client: Socket, head) => {
    proxy.asked.push({
      target: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    if (proxy.status === undefined) return;
    if (proxy.status !== 200) {
      client.end(`HTTP/1.1 ${proxy.status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = track(connect(targetPort, '127.0.0.1'));
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client);
    client.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: ConnectProxy = { port, asked: [], requests: [], status: 200 };
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return proxy;
}
