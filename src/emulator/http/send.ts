import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../lib/clock';
import type { Mangling } from '../faults/fault-plan';
import type { Reply } from '../weex/reply';

/** How the answer leaves: as it should, or mangled at the connection. */
export interface Sending {
  readonly reply: Reply;
  readonly mangling: Mangling | undefined;
  /** How much later; for `slow-body` how long between headers and the end. */
  readonly delayMillis: number;
  /** Length of a `huge-body`. */
  readonly bytes: number;
  /** The server's time when its clock is off; `undefined`: Node's own `Date` header is right. */
  readonly dateMillis: number | undefined;
}

const CHUNK = 'x'.repeat(65_536);
/** A last member, but for its text's end. */
const PADDING = ',"padding":"';
const GARBAGE = Buffer.from('\u0016\u0003\u0001 200 OK\u0000\u00ff{"code":"00000"\r\n\r\n', 'latin1');
/** A half-closed or silent connection that the client never ends is ended after this. */
const LONGEST_SILENCE_MILLIS = 600_000;

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  sending: Sending,
  clock: Clock,
): void {
  const late = sending.mangling === 'slow-body' ? 0 : sending.delayMillis;
  if (late === 0) {
    sendNow(request, response, sending, clock);
    return;
  }
  const timer = clock.schedule(late, () => sendNow(request, response, sending, clock));
  response.once('close', () => timer.cancel());
}

function sendNow(request: IncomingMessage, response: ServerResponse, sending: Sending, clock: Clock): void {
  const { socket } = request;
  if (socket.destroyed) return;
  const { reply, mangling } = sending;
  switch (mangling) {
    case undefined:
      whole(response, sending, reply.body);
      return;
    case 'truncated-json':
      whole(response, sending, half(reply.body));
      return;
    case 'huge-body':
      whole(response, sending, padded(reply.body, sending.bytes));
      return;
    case 'truncated-body':
      head(response, sending, Buffer.byteLength(reply.body));
      response.write(half(reply.body), () => socket.destroy());
      return;
    case 'slow-body': {
      head(response, sending, Buffer.byteLength(reply.body));
      response.write(half(reply.body));
      const timer = clock.schedule(sending.delayMillis, () =>
        response.end(reply.body.slice(half(reply.body).length)),
      );
      response.once('close', () => timer.cancel());
      return;
    }
    case 'endless-body':
      head(response, sending, undefined);
      endless(response, reply.body);
      return;
    case 'no-answer':
      endLater(request, clock);
      return;
    case 'reset-before-body':
    case 'reset-after-body':
      socket.resetAndDestroy();
      return;
    case 'half-close':
      socket.end();
      endLater(request, clock);
      return;
    case 'garbage':
      socket.end(GARBAGE);
      return;
  }
}

function whole(response: ServerResponse, sending: Sending, body: string): void {
  head(response, sending, Buffer.byteLength(body));
  response.end(body);
}

function head(response: ServerResponse, sending: Sending, length: number | undefined): void {
  const headers: Record<string, string | number> = { ...sending.reply.headers };
  if (length !== undefined) headers['content-length'] = length;
  if (sending.dateMillis !== undefined) headers['date'] = new Date(sending.dateMillis).toUTCString();
  response.writeHead(sending.reply.status, headers);
}

const half = (body: string): string => body.slice(0, Math.ceil(body.length / 2));

/** The same JSON object with a last member that makes it `bytes` long. */
const padded = (body: string, bytes: number): string =>
  `${body.slice(0, -1)}${PADDING}${'x'.repeat(Math.max(0, bytes - body.length - PADDING.length - 1))}"}`;

/** Writes as fast as the client reads, and no faster. */
function endless(response: ServerResponse, body: string): void {
  const pump = (): void => {
    if (response.destroyed) return;
    if (response.write(CHUNK)) setImmediate(pump);
    else response.once('drain', pump);
  };
  response.write(body.slice(0, -1) + PADDING);
  pump();
}

function endLater(request: IncomingMessage, clock: Clock): void {
  const timer = clock.schedule(LONGEST_SILENCE_MILLIS, () => request.socket.destroy());
  request.socket.once('close', () => timer.cancel());
}
