import type { Clock, Timer } from '../lib/clock';
import type { Exchange } from './transport';

/** What is longer is cut: nothing that WEEX says needs more, and a page could be endless. */
const LONGEST_ANSWER_BYTES = 64 * 1_024;

/** Nothing was sent, because too many connections were opened lately. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
  readonly waitMillis: number;

  constructor(waitMillis: number) {
    super('too many new connections in the last minute');
    this.waitMillis = waitMillis;
  }
}

export const failure = (reason: string, uncertain: boolean): Exchange => ({
  kind: 'failure',
  reason,
  uncertain,
});

/** A word for an error that stays the same between versions and holds nothing of the request. */
export function codeOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^\w+$/.test(cause.code)) return cause.code;
  }
  return error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'UNKNOWN';
}

interface Controller {
  abort(reason: Error): void;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Hears of one exchange and settles it once: by the answer, by a failure or by the time. It never throws,
 * since an exception in a handler ends as an error event of the connection.
 */
export class AnswerCollector {
  readonly #settle: (exchange: Exchange) => void;
  readonly #timer: Timer;
  #settled = false;
  #written = false;
  #controller: Controller | undefined;
  #status = 0;
  #headers: { date?: string; 'retry-after'?: string } = {};
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(clock: Clock, timeoutMillis: number, settle: (exchange: Exchange) => void) {
    this.#settle = settle;
    // After a blocked event loop timers run before sockets are read: an answer may be there already, and
    // giving up on it would send the entry twice.
    this.#timer = clock.schedule(timeoutMillis, () => setImmediate(() => this.#fail('TIMEOUT')));
  }

  /** The connection is there and the request goes out now. */
  onRequestStart(controller: Controller): void {
    if (this.#settled) {
      controller.abort(new Error('the time is up'));
      return;
    }
    this.#controller = controller;
    this.#written = true;
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    const date = headers['date'];
    const retryAfter = headers['retry-after'];
    if (typeof date === 'string') this.#headers.date = date;
    if (typeof retryAfter === 'string') this.#headers['retry-after'] = retryAfter;
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#settled) return;
    const room = LONGEST_ANSWER_BYTES - this.#bytes;
    this.#chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes <= LONGEST_ANSWER_BYTES) return;
    this.#answer();
    controller.abort(new Error('the answer is longer than anything WEEX says'));
  }

  onResponseEnd(): void {
    this.#answer();
  }

  onResponseError(_controller: Controller, error: Error): void {
    if (error instanceof ThrottledError) this.#end({ kind: 'throttled', waitMillis: error.waitMillis });
    else this.#fail(codeOf(error));
  }

  #answer(): void {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    const body = whole.toString('utf8');
    this.#end({ kind: 'answer', status: this.#status, headers: this.#headers, body });
  }

  #fail(reason: string): void {
    this.#end(failure(reason, this.#written));
    this.#controller?.abort(new Error(reason));
  }

  #end(exchange: Exchange): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#timer.cancel();
    this.#chunks = [];
    this.#settle(exchange);
  }
}
