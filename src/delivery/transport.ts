/** One signed HTTP request, ready to go. */
export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, as signed. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that were signed. */
  readonly body: Buffer | undefined;
}

/** What came of one request. Network trouble is an outcome and not an exception. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Lower-case names; only those that classification reads. */
      readonly headers: { readonly date?: string; readonly 'retry-after'?: string };
      /** At most 64 KiB; what is longer is cut. */
      readonly body: string;
    }
  | {
      readonly kind: 'failure';
      /** A stable word: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`, `TIMEOUT`, ... */
      readonly reason: string;
      /** The body may have reached WEEX all the same. */
      readonly uncertain: boolean;
    }
  /** Nothing was sent, because too many new connections were opened in the last minute. */
  | { readonly kind: 'throttled'; readonly waitMillis: number };

export interface Transport {
  /** Resolves for every outcome; `timeoutMillis` bounds the whole exchange. */
  send(request: SignedRequest, timeoutMillis: number): Promise<Exchange>;
  close(): Promise<void>;
}

/** The same exchange for a caller that cannot await: blocks its thread. */
export interface SyncTransport {
  send(request: SignedRequest, timeoutMillis: number): Exchange;
  close(): void;
}
