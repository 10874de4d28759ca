import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WeexEmulatorRequest } from '../log';

type Arrival = Pick<
  WeexEmulatorRequest,
  | 'receivedAt'
  | 'method'
  | 'path'
  | 'connection'
  | 'account'
  | 'timestamp'
  | 'userAgent'
  | 'locale'
  | 'contentType'
  | 'traceparent'
>;

/** What records say of a request's head. Signature and passphrase are left out on purpose. */
export function arrivalOf(
  request: IncomingMessage,
  path: string,
  receivedAt: number,
  connection: number,
): Arrival {
  return {
    receivedAt,
    method: request.method ?? '',
    path: path.slice(0, 500),
    connection,
    account: headerText(request, 'access-key'),
    timestamp: headerText(request, 'access-timestamp'),
    userAgent: headerText(request, 'user-agent'),
    locale: headerText(request, 'locale'),
    contentType: headerText(request, 'content-type'),
    traceparent: headerText(request, 'traceparent'),
  };
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value.slice(0, 500) : undefined;
}

/** Numbers connections from 1, in the order of their first request. */
export function connectionCounter(): (socket: Socket) => number {
  const numbers = new WeakMap<Socket, number>();
  let last = 0;
  return (socket) => {
    const known = numbers.get(socket);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(socket, last);
    return last;
  };
}
