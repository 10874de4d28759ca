import type { EmulatedApiVersion } from '../weex/endpoints';

/**
 * What the emulator can be told to do with a request.
 *
 * Answers that say that the log was taken (the checks still decide whether it is):
 * - `accept`: the usual answer. A place-holder in a queue: `script(503, 'accept', 503)`.
 * - `accept-as-v2`, `accept-as-v3`, `accept-as-text-zero`: success spelled `"00000"`, `0` or `"0"`, whatever
 *   the request's version.
 * - `slow`: the usual answer, `delayMillis` late (default 15,000).
 * - `slow-body`: status and headers at once, the rest of the usual answer after `delayMillis` (default 15,000).
 *
 * Answers that say nothing clear; the log is not taken unless `accept: true`:
 * - `ok-empty`, `ok-not-json`, `ok-without-code`, `ok-unknown-code`: HTTP 200 that is no success.
 * - `truncated-json`: a success cut in the middle, with the length of what is left.
 * - `truncated-body`: the connection ends before the announced length.
 * - `huge-body`: a success whose text goes on for `bytes` (default 1 MiB).
 * - `endless-body`: a success that never ends.
 * - `no-answer`: the connection stays open and silent.
 * - `reset-before-body`: the connection is reset as soon as the headers are there; never taken.
 * - `reset-after-body`: the connection is reset when the whole body is there.
 * - `half-close`: the server ends its side of the connection without an answer.
 * - `garbage`: bytes that are not HTTP.
 *
 * Refusals:
 * - `rate-limited`: HTTP 429, with `Retry-After` when `retryAfterSeconds` is given.
 * - `order-unknown`: WEEX does not know the order yet (50005, -2200); only for logs with an order id.
 * - `html-521`, `text-403`: the proxy in front: IP not on the allowlist, forbidden.
 * - `redirect`: 302 to `location` (default a path of the emulator's own that answers 404).
 *
 * And one that is no answer:
 * - `clock-skew`: the server's clock, time endpoints and `Date` header included, is off by `skewMillis` while
 *   this stands. Stands until `clearFaults()` unless `times` is given; what comes after it still applies.
 */
export type WeexEmulatorFaultName =
  | 'accept'
  | 'accept-as-v2'
  | 'accept-as-v3'
  | 'accept-as-text-zero'
  | 'slow'
  | 'slow-body'
  | 'ok-empty'
  | 'ok-not-json'
  | 'ok-without-code'
  | 'ok-unknown-code'
  | 'truncated-json'
  | 'truncated-body'
  | 'huge-body'
  | 'endless-body'
  | 'no-answer'
  | 'reset-before-body'
  | 'reset-after-body'
  | 'half-close'
  | 'garbage'
  | 'rate-limited'
  | 'order-unknown'
  | 'html-521'
  | 'text-403'
  | 'redirect'
  | 'clock-skew';

/**
 * Which requests a fault is for. Everything given must hold; a list holds when one of its texts does. Data and
 * not a function, because it crosses into the emulator's thread.
 */
export interface WeexEmulatorCondition {
  /** @default 'upload' */
  readonly endpoint?: 'upload' | 'time' | 'any' | undefined;
  readonly apiVersion?: EmulatedApiVersion | undefined;
  /** The API key of the request. */
  readonly account?: string | readonly string[] | undefined;
  readonly stage?: string | readonly string[] | undefined;
  readonly model?: string | readonly string[] | undefined;
  readonly orderId?: string | readonly string[] | undefined;
  readonly hasOrderId?: boolean | undefined;
  /** Text that the body holds, anywhere. */
  readonly bodyIncludes?: string | readonly string[] | undefined;
  /** The body is at least this long. */
  readonly bodyBytesFrom?: number | undefined;
}

/** A fault with its particulars. Give one of `fault`, `code` and `status`; `code` and `status` go together. */
export interface WeexEmulatorFaultRule {
  readonly fault?: WeexEmulatorFaultName | undefined;
  /** Any code, documented or not, spelled as the request's API version spells codes. */
  readonly code?: string | number | undefined;
  /** The words beside `code`. */
  readonly msg?: string | undefined;
  /** HTTP status. Beside `code` the default is the status that WEEX uses for it. */
  readonly status?: number | undefined;
  /** The text of the answer to `status`; the default is what is usual for the status. */
  readonly body?: string | undefined;
  /** Added to the answer; `content-type` replaces the usual one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly location?: string | undefined;
  /** Take the log (when it keeps the rules) although the answer does not say so. @default false */
  readonly accept?: boolean | undefined;
  /** How much later the answer goes out. */
  readonly delayMillis?: number | undefined;
  readonly skewMillis?: number | undefined;
  readonly bytes?: number | undefined;
  /**
   * How many requests it is for; `Infinity` for all from now on.
   * @default 1; `Infinity` with `probability` and for `clock-skew`
   */
  readonly times?: number | undefined;
  /** Count `times` for each distinct order id, or for each distinct body, on its own. */
  readonly per?: 'orderId' | 'body' | undefined;
  /** Chance, from 0 to 1, that it applies to a request that it is for. The dice follow the emulator's `seed`. */
  readonly probability?: number | undefined;
  readonly when?: WeexEmulatorCondition | undefined;
}

/**
 * One answer for a coming upload: a name, an HTTP status (`503`), a WEEX code (`'40015'`, `-1054`), or a rule.
 *
 * Faults stand in a list. A request gets the first one that is for it; used up, a fault leaves the list. So
 * plain faults are a queue, and rules with `when` and `times` wait for what they are for.
 */
export type WeexEmulatorFault = WeexEmulatorFaultName | number | `${number}` | WeexEmulatorFaultRule;
