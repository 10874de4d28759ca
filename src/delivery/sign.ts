import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { SignedRequest } from './transport';

/** The credentials of one attempt. Read anew for each: files may have changed. */
export interface SigningCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly apiPassphrase: string;
}

export interface RequestToSign {
  readonly method: 'GET' | 'POST';
  /** Path and query, as they go on the wire. */
  readonly path: string;
  /** The bytes that go on the wire; they are signed as they are. */
  readonly body: Buffer | undefined;
  /** Milliseconds since 1970 by WEEX's clock, whole. WEEX refuses what is more than 30 s off. */
  readonly timestampMillis: number;
}

/**
 * WEEX's signature: base64(HMAC-SHA256(secret, timestamp + METHOD + path[?query] + body)), as its contract
 * API documentation has it under "Signature".
 */
export function signature(apiSecret: string, request: RequestToSign): string {
  const hmac = createHmac('sha256', keyOf(apiSecret));
  hmac.update(`${request.timestampMillis}${request.method}${request.path}`);
  if (request.body !== undefined) hmac.update(request.body);
  return hmac.digest('base64');
}

let lastKey: { readonly secret: string; readonly key: KeyObject } | undefined;

/** Made once for a secret: a key given as text is made into one for each signature, a quarter of its time. */
function keyOf(secret: string): KeyObject {
  if (lastKey?.secret !== secret) lastKey = { secret, key: createSecretKey(secret, 'utf8') };
  return lastKey.key;
}

/** The request with its headers. Never kept: a retry is signed anew, because the timestamp has to be. */
export function signRequest(
  request: RequestToSign,
  credentials: SigningCredentials,
  client: { readonly locale: string; readonly userAgent: string },
): SignedRequest {
  return {
    method: request.method,
    path: request.path,
    headers: {
      'ACCESS-KEY': credentials.apiKey,
      'ACCESS-SIGN': signature(credentials.apiSecret, request),
      'ACCESS-TIMESTAMP': String(request.timestampMillis),
      'ACCESS-PASSPHRASE': credentials.apiPassphrase,
      'Content-Type': 'application/json',
      locale: client.locale,
      'User-Agent': client.userAgent,
    },
    body: request.body,
  };
}
