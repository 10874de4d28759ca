import type { IncomingMessage } from 'node:http';

/** How many bytes of bodies may be in memory at once, over all connections. */
const MOST_BUFFERED_BYTES = 268_435_456;

/** Shared by all requests of a server. */
export interface BodyBudget {
  bufferedBytes: number;
}

export type BodyRead =
  | { readonly kind: 'whole'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  /** The client went away before the end. */
  | { readonly kind: 'gone' };

/** Reads the body, at most `maxBytes`; calls back once. Callbacks and not a promise: this is the hot path. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  budget: BodyBudget,
  done: (read: BodyRead) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let open = true;
  const finish = (read: BodyRead): void => {
    if (!open) return;
    open = false;
    budget.bufferedBytes -= bytes;
    done(read);
  };
  request.on('data', (chunk: Buffer) => {
    if (!open) return;
    bytes += chunk.length;
    budget.bufferedBytes += chunk.length;
    if (bytes > maxBytes || budget.bufferedBytes > MOST_BUFFERED_BYTES) finish({ kind: 'too-large' });
    else chunks.push(chunk);
  });
  request.on('end', () => finish({ kind: 'whole', body: onlyOr(chunks, bytes) }));
  request.on('error', () => finish({ kind: 'gone' }));
  request.on('close', () => finish({ kind: 'gone' }));
}

function onlyOr(chunks: readonly Buffer[], bytes: number): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, bytes);
}
