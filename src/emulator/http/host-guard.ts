import type { IncomingMessage } from 'node:http';

/**
 * Whether the `Host` header names this server, against DNS rebinding: a page of another site that makes its
 * own name point here still sends that name.
 *
 * The address that the connection came in on is as good as a loopback name: an address cannot be rebound.
 */
export function hostGuard(
  host: string,
  allowedHosts: readonly string[],
): (request: IncomingMessage) => boolean {
  const names = new Set(['localhost', '127.0.0.1', '::1', host.toLowerCase(), ...allowedHosts]);
  return (request) => {
    const name = hostName(request.headers.host ?? '');
    return names.has(name) || (name !== '' && name === localAddress(request));
  };
}

/** Without port and brackets, lower case; empty when the header is no host at all. */
function hostName(header: string): string {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(header.trim());
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}

function localAddress(request: IncomingMessage): string {
  const address = request.socket.localAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
