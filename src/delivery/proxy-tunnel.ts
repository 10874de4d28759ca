import * as http from 'node:http';
import * as https from 'node:https';
import { Socket } from 'node:net';

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
 * @param ca trusted for a proxy that is itself reached by TLS; `undefined` is Node's own list
 */
export function openTunnel(
  proxy: URL,
  target: TunnelTarget,
  timeoutMillis: number,
  ca: string[] | undefined,
  done: (outcome: TunnelError | Socket) => void,
): void {
  const authority = `${target.hostname}:${target.port}`;
  const headers: Record<string, string> = { host: authority };
  const authorization = basicAuthorization(proxy);
  if (authorization !== undefined) headers['proxy-authorization'] = authorization;
  const request = (proxy.protocol === 'https:' ? https : http).request({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
    method: 'CONNECT',
    path: authority,
    headers,
    agent: false,
    timeout: timeoutMillis,
    ...(ca === undefined ? {} : { ca }),
  });
  let settled = false;
  const settle = (outcome: TunnelError | Socket): void => {
    if (settled) return;
    settled = true;
    done(outcome);
    if (outcome instanceof TunnelError) request.destroy();
  };
  request.once('connect', (response, socket, head) => {
    if (response.statusCode !== 200 || !(socket instanceof Socket)) {
      socket.on('error', () => {}).destroy();
      settle(new TunnelError(`PROXY_${response.statusCode}`));
      return;
    }
    socket.setTimeout(0);
    if (head.byteLength > 0) socket.unshift(head);
    settle(socket);
  });
  // A proxy that answers CONNECT as if it were a request of its own.
  request.once('response', (response) => settle(new TunnelError(`PROXY_${response.statusCode}`)));
  request.once('timeout', () => settle(new TunnelError('PROXY_TIMEOUT')));
  request.on('error', (error: NodeJS.ErrnoException) =>
    settle(new TunnelError(`PROXY_${error.code ?? 'ERROR'}`)),
  );
  request.end();
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
