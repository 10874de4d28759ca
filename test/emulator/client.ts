import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { WeexEmulatorCredentials } from '../../src/emulator.js';

export const V2 = '/capi/v2/order/uploadAiLog';
export const V3 = '/capi/v3/order/uploadAiLog';

export interface Target {
  readonly url: string;
  readonly credentials: WeexEmulatorCredentials;
}

export interface UploadOptions {
  readonly path?: string;
  readonly method?: string;
  readonly credentials?: WeexEmulatorCredentials;
  readonly timestamp?: string;
  /** Replace or, with `undefined`, leave out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** A body that keeps all rules, with what is given in place of its fields; `undefined` leaves a field out. */
export function bodyWith(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    stage: 'Decision Making',
    model: 'gpt-4.1-2025-04-14',
    input: { price: 44_950 },
    output: { signal: 'BUY' },
    explanation: 'EMA cross with RSI oversold.',
    ...fields,
  });
}

/** The same with an order id as bare digits. */
export const bodyWithOrder = (orderId: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  `{"orderId":${orderId},${bodyWith(fields).slice(1)}`;

export function signedHeaders(
  { url, credentials }: Target,
  body: string | Buffer,
  options: UploadOptions = {},
): Record<string, string> {
  const { apiKey, apiSecret, apiPassphrase } = options.credentials ?? credentials;
  const timestamp = options.timestamp ?? String(Date.now());
  const path = new URL(options.path ?? V2, url).href.slice(url.length);
  const headers: Record<string, string | undefined> = {
    'ACCESS-KEY': apiKey,
    'ACCESS-SIGN': createHmac('sha256', apiSecret)
      .update(`${timestamp}${options.method ?? 'POST'}${path}`)
      .update(body)
      .digest('base64'),
    'ACCESS-TIMESTAMP': timestamp,
    'ACCESS-PASSPHRASE': apiPassphrase,
    'Content-Type': 'application/json',
    locale: 'en-US',
    'User-Agent': 'emulator-test/1.0',
    ...options.headers,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A signed upload by fetch. Rejects as fetch does. */
export async function upload(
  target: Target,
  body: string | Buffer = bodyWith(),
  options: UploadOptions = {},
): Promise<Answer> {
  const response = await fetch(new URL(options.path ?? V2, target.url), {
    method: options.method ?? 'POST',
    body: options.method === 'GET' ? null : new Uint8Array(Buffer.from(body)),
    headers: signedHeaders(target, body, options),
    redirect: 'manual',
    signal: options.signal ?? null,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** How an upload over a bare socket ended. */
export interface RawEnd {
  readonly received: Buffer;
  readonly how: 'end' | 'reset';
}

/** A signed upload over a bare socket: everything that comes back, and how the connection ended. */
export function rawUpload(target: Target, body: string, headersOnly = false): Promise<RawEnd> {
  const { hostname, port } = new URL(target.url);
  const headers = { ...signedHeaders(target, body), Host: `${hostname}:${port}` };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`POST ${V2} HTTP/1.1`, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', ''];
  return rawExchange(target, head.join('\r\n') + (headersOnly ? '' : body));
}

export function rawExchange(target: Target, text: string): Promise<RawEnd> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let how: RawEnd['how'] = 'end';
    const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''), () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {
      how = 'reset';
    });
    socket.on('close', () => resolve({ received: Buffer.concat(chunks), how }));
  });
}
