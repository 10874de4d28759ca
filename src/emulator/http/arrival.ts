import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WeexEmulatorRequest } from '../log';
import type { Recorded } from '../thread/history';

/** What became of a request, as far as records tell. */
type Result = Pick<
  WeexEmulatorRequest,
  | 'raw'
  | 'fault'
  | 'endpoint'
  | 'apiVersion'
  | 'outcome'
  | 'accepted'
  | 'problem'
  | 'status'
  | 'code'
  | 'receivedAt'
  | 'connection'
>;

/**
 * The record of a request. Signature and passphrase are left out on purpose. Written as one literal: on this
 * path spreading objects costs more than checking the signature.
 */
export function recordOf(request: IncomingMessage, path: string, result: Result): Recorded {
  return {
    receivedAt: result.receivedAt,
    method: request.method ?? '',
    path: path.slice(0, 500),
    connection: result.connection,
    account: headerText(request, 'access-key'),
    timestamp: headerText(request, 'access-timestamp'),
    userAgent: headerText(request, 'user-agent'),
    locale: headerText(request, 'locale'),
    contentType: headerText(request, 'content-type'),
    traceparent: headerText(request, 'traceparent'),
    raw: result.raw,
    fault: result.fault,
    endpoint: result.endpoint,
    apiVersion: result.apiVersion,
    outcome: result.outcome,
    accepted: result.accepted,
    problem: result.problem,
    status: result.status,
    code: result.code,
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
