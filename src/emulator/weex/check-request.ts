import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { WeexEmulatorCredentials } from '../account';
import type { Problem } from './codes';

/** WEEX refuses a request whose time is further off than this. */
const WINDOW_MILLIS = 30_000;

/** What of a request the signature covers, and the headers beside it. */
export interface SignedParts {
  readonly method: string;
  /** Path and query exactly as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * The documented checks of key, time, signature, passphrase and content type, in this order.
 *
 * Written from WEEX's documentation and on purpose not from the exporter's own signing code: a mistake that
 * both shared would pass every test.
 */
export function checkRequest(
  request: SignedParts,
  accounts: ReadonlyMap<string, WeexEmulatorCredentials>,
  serverMillis: number,
): Problem | undefined {
  const key = header(request.headers, 'access-key');
  const signature = header(request.headers, 'access-sign');
  const timestamp = header(request.headers, 'access-timestamp');
  const passphrase = header(request.headers, 'access-passphrase');
  if (key === '') return { kind: 'key-missing', detail: undefined };
  if (signature === '') return { kind: 'signature-missing', detail: undefined };
  if (timestamp === '') return { kind: 'timestamp-missing', detail: undefined };
  if (passphrase === '') return { kind: 'passphrase-missing', detail: 'ACCESS-PASSPHRASE is missing' };

  if (!/^\d{13}$/.test(timestamp)) {
    return { kind: 'timestamp-invalid', detail: 'expected 13 digits, milliseconds since 1970' };
  }
  const account = accounts.get(key);
  if (account === undefined) return { kind: 'key-unknown', detail: undefined };
  const offMillis = Number(timestamp) - serverMillis;
  if (Math.abs(offMillis) > WINDOW_MILLIS) {
    return { kind: 'timestamp-expired', detail: `${offMillis} ms from the server's clock` };
  }
  const expected = createHmac('sha256', account.apiSecret)
    .update(timestamp + request.method + request.target)
    .update(request.body)
    .digest('base64');
  if (!sameText(signature, expected)) return { kind: 'signature-wrong', detail: undefined };
  if (!sameText(passphrase, account.apiPassphrase)) return { kind: 'passphrase-wrong', detail: undefined };
  if (!/^application\/json *(;|$)/i.test(header(request.headers, 'content-type'))) {
    return { kind: 'content-type', detail: undefined };
  }
  return undefined;
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** Takes the same time whichever character differs. */
function sameText(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}
