import { type SealedEntry, wireBody } from '../entry/sealed-entry';
import type { Slot } from '../journal/journal';
import type { ApiPaths } from './api-paths';
import type { ServerClock } from './clock-offset';
import { type SigningCredentials, signRequest } from './sign';
import type { SignedRequest } from './transport';

/** Shortens a payload to that many bytes; `cut` is false if nothing could be cut. */
export type CutPayload = (
  payloadJson: string,
  maxBytes: number,
) => { readonly payload: string; readonly cut: boolean };

/** What is remembered of an entry once an attempt has failed, until it is settled. */
export interface History {
  attempts: number;
  readonly firstBegunMillis: number;
  /** What its back-off grows with. */
  failures: number;
  /** WEEX may have taken it already. */
  uncertain: boolean;
  orderUnknownSince: number | undefined;
  /** The offset was measured for it and it was signed anew. */
  clockTried: boolean;
  /** It was too large for WEEX and goes out cut to this many bytes. */
  cutToBytes: number | undefined;
}

/** An attempt that is out. It holds no payload, so that a slow answer does not hold memory. */
export interface Flight {
  readonly slot: Slot;
  readonly entryId: string;
  readonly orderId: string | undefined;
  /** The decision's time. */
  readonly endedMillis: number;
  readonly attempt: number;
  readonly bodyBytes: number;
  /** False if the entry should have been cut and could not be. */
  readonly fits: boolean;
  readonly begunMillis: number;
  readonly begunWallMillis: number;
  /** How often the server's clock had been corrected when it was signed. */
  readonly corrections: number;
}

export const newHistory = (firstBegunMillis: number): History => ({
  attempts: 0,
  firstBegunMillis,
  failures: 0,
  uncertain: false,
  orderUnknownSince: undefined,
  clockTried: false,
  cutToBytes: undefined,
});

export interface AttemptParts {
  readonly paths: ApiPaths;
  readonly client: { readonly locale: string; readonly userAgent: string };
  readonly serverClock: ServerClock;
  readonly cutPayload: CutPayload;
}

/** Makes the request of one attempt: body, signature and headers, all anew. */
export function makeAttempt(
  parts: AttemptParts,
  slot: Slot,
  entry: SealedEntry,
  history: History | undefined,
  credentials: SigningCredentials,
  now: { readonly nowMillis: number; readonly wallMillis: number },
): { readonly flight: Flight; readonly request: SignedRequest } {
  const cutTo = history?.cutToBytes;
  const fitted = cutTo === undefined ? undefined : parts.cutPayload(entry.payload, cutTo);
  const text = fitted === undefined ? wireBody(entry) : wireBody({ ...entry, payload: fitted.payload });
  const body = Buffer.from(text, 'utf8');
  const timestampMillis = parts.serverClock.millis(now.wallMillis);
  const toSign = { method: 'POST', path: parts.paths.upload, body, timestampMillis } as const;
  return {
    request: signRequest(toSign, credentials, parts.client),
    flight: {
      slot,
      entryId: entry.id,
      orderId: entry.orderId,
      endedMillis: entry.endedMillis,
      attempt: (history?.attempts ?? 0) + 1,
      bodyBytes: body.byteLength,
      fits: fitted?.cut ?? true,
      begunMillis: now.nowMillis,
      begunWallMillis: now.wallMillis,
      corrections: parts.serverClock.corrections,
    },
  };
}

/** The public time endpoint: not signed, so no key goes out with it. */
export function timeRequest(parts: AttemptParts): SignedRequest {
  const headers = { 'User-Agent': parts.client.userAgent };
  return { method: 'GET', path: parts.paths.time, headers, body: undefined };
}
