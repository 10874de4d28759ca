import type { EmulatedApiVersion } from './weex/endpoints';

/** What of a request's head tests ask about. Headers are as they came, cut to 500 characters. */
interface WeexEmulatorArrival {
  /** When the request was complete, milliseconds since 1970 by this machine's clock, without any clock skew. */
  readonly receivedAt: number;
  /** Without the query. */
  readonly path: string;
  /** Counts connections from 1: two requests with the same number shared one. */
  readonly connection: number;
  /** The `ACCESS-KEY` header. */
  readonly account: string | undefined;
  /** The `ACCESS-TIMESTAMP` header: when the request was signed. */
  readonly timestamp: string | undefined;
  readonly userAgent: string | undefined;
  readonly locale: string | undefined;
  readonly contentType: string | undefined;
  /** A tracing header. There should be none: an exporter does not trace itself. */
  readonly traceparent: string | undefined;
  /** The exact text of the body. */
  readonly raw: string;
  /** The fault that the request met, for example `reset-after-body`. */
  readonly fault: string | undefined;
}

/** A log that the emulator took. As with WEEX, the same log sent twice is two logs. */
export interface WeexEmulatorLog extends WeexEmulatorArrival {
  /** Counts taken logs from 1. */
  readonly number: number;
  readonly apiVersion: EmulatedApiVersion;
  /** Digits exactly as they stand in the body. */
  readonly orderId: string | undefined;
  readonly stage: string;
  readonly model: string;
  /** Parsed, so numbers above 2^53 are rounded here; `raw` has their digits. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Parsed as `input` is. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly explanation: string;
}

/** A request to one of WEEX's paths, or to one that does not exist, and what came of it. */
export interface WeexEmulatorRequest extends WeexEmulatorArrival {
  /** Counts requests from 1. */
  readonly number: number;
  readonly method: string;
  /** `undefined` for a path that WEEX does not have. */
  readonly endpoint: 'upload' | 'time' | undefined;
  readonly apiVersion: EmulatedApiVersion | undefined;
  /**
   * `accepted`: taken, and said so. `served`: the time was told. `refused`: by the checks. `fault`: a fault
   * answered, or nobody did.
   */
  readonly outcome: 'accepted' | 'served' | 'refused' | 'fault';
  /** The log was taken, whatever the answer said. */
  readonly accepted: boolean;
  /** What the checks found, also when a fault answered. `undefined`: nothing, or the body was never read. */
  readonly problem: { readonly code: string; readonly msg: string } | undefined;
  /** `undefined`: the client got no HTTP status. */
  readonly status: number | undefined;
  /** WEEX's code in the answer, as text. */
  readonly code: string | undefined;
}

/** Counts since the start or the last `reset()`; they go on when logs are no longer kept. */
export interface WeexEmulatorStats {
  /** Requests to WEEX's paths and to unknown ones; the page's own are not counted. */
  readonly requests: number;
  /** Logs taken. */
  readonly accepted: number;
  readonly refused: number;
  /** Requests whose answer, or silence, was a fault's. */
  readonly faults: number;
  /** How often each answer was given, for example `{ '200 00000': 12, '400 40009': 1, 'reset-after-body': 2 }`. */
  readonly answers: Readonly<Record<string, number>>;
  readonly connectionsOpened: number;
  readonly connectionsOpen: number;
}
