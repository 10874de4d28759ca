import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';

/** Why there is no tunnel. `code` is a stable word; nothing of the proxy's address is in it, nor of its user. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: string;

  constructor(code: string) {
    super(`no tunnel through the proxy: ${code}`);
    this.code = code;
  }
}

export interface TunnelTarget {
  readonly hostname: string;
  readonly port: string;
}

/**
 * Asks an HTTP proxy to connect us with the target, and gives the socket. User info of the proxy's URL goes
 * along as Basic authorization.
 *
 * @param trust for a proxy that is itself reached by TLS; `undefined` leaves it to Node
 */
export async function openTunnel(
  proxy: URL,
  target: TunnelTarget,
  timeoutMillis: number,
  trust: SecureContext | undefined,
): Promise<TunnelError | Socket> {
  const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
  const authority = `${host}:${target.port}`;
  const headers: Record<string, string> = { host: authority };
  const authorization = basicAuthorization(proxy);
  if (authorization !== undefined) headers['proxy-authorization'] = authorization;
  // Loaded now: most have no proxy, and a bot should not wait for these when it starts.
  const net = await import('node:net');
  const { request } = await (proxy.protocol === 'https:' ? import('node:https') : import('node:http'));
  const connecting = request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
    method: 'CONNECT',
    path: authority,
    headers,
    agent: false,
    timeout: timeoutMillis,
    ...(trust === undefined ? {} : { secureContext: trust }),
  });
  return new Promise((resolve) => {
    const fail = (code: string): void => {
      resolve(new TunnelError(`PROXY_${code}`));
      connecting.destroy();
    };
    connecting.once('connect', (response, socket, head) => {
      if (response.statusCode !== 200 || !(socket instanceof net.Socket)) {
        socket.on('error', () => {}).destroy();
        fail(String(response.statusCode));
        return;
      }
      socket.setTimeout(0);
      if (head.byteLength > 0) socket.unshift(head);
      resolve(socket);
    });
    // A proxy that answers CONNECT as if it were a request of its own.
    connecting.once('response', (response) => fail(String(response.statusCode)));
    connecting.once('timeout', () => fail('TIMEOUT'));
    connecting.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ERROR'));
    connecting.end();
  });
}

function basicAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const user = decoded(proxy.username);
  const password = decoded(proxy.password);
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
