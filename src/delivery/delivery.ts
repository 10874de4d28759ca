import type { OpenEntry, PauseRecord, Rejection, Slot, WeexReceipt } from '../journal/journal';
import type { FailureKind } from './codes';
import type { SyncTransport } from './transport';

export interface PauseState {
  readonly since: number;
  readonly reason: string;
  readonly nextProbeAt: number;
}

/** What the account's delivery is doing now. */
export interface DeliveryState {
  readonly pending: number;
  readonly inFlight: number;
  /** Age of the oldest entry that is not settled, by its span's end; 0 when there is none. */
  readonly oldestPendingMillis: number;
  readonly paused: PauseState | undefined;
  /** Why requests go out one probe at a time. */
  readonly down: FailureKind | undefined;
}

/** How an acceptance came about. */
export interface Acceptance {
  /** From the first attempt's begin to the receipt. */
  readonly durationMillis: number;
  /** The decision's time, from which the minute is counted. */
  readonly endedMillis: number;
  readonly httpStatus: number;
}

/** What delivery tells its owner. Called synchronously, after the journal has the record; must not throw. */
export interface DeliveryListener {
  accepted(slot: Slot, receipt: WeexReceipt, acceptance: Acceptance): void;
  /** `durationMillis`: since the first attempt began; 0 if there was none. */
  rejected(slot: Slot, entryId: string, rejection: Rejection, durationMillis: number): void;
  paused(pause: PauseRecord): void;
  resumed(pausedMillis: number): void;
  /** The breaker opened. */
  down(failure: FailureKind, reason: string): void;
  recovered(downMillis: number): void;
}

/** How a synchronous upload ended within its time. */
export type SyncOutcome =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'paused'; readonly pause: PauseState }
  | { readonly kind: 'pending' };

/** Moves open entries from the journal to WEEX: one for each account in a process. */
export interface Delivery {
  /**
   * Takes over the delivery of open entries.
   *
   * Those given together belong to one trace and stand in order of span start; they are first tried in that
   * order, at the earliest deadline among them.
   */
  enqueue(group: readonly OpenEntry[]): void;
  /** An enqueued entry has got its order id. */
  linked(slot: Slot): void;
  /**
   * Resolves when everything enqueued before the call is settled, or the account is paused or down after
   * one round, or `timeoutMillis` have passed. Triggers no probe. Never rejects.
   */
  flush(timeoutMillis: number): Promise<void>;
  /** Sends one open entry that was not enqueued, blocking the thread for at most `timeoutMillis`. A
   * `pending` entry has been enqueued: delivery goes on behind the caller. */
  sendSync(entry: OpenEntry, transport: SyncTransport, timeoutMillis: number): SyncOutcome;
  state(): DeliveryState;
  /** Another process of the account paused it, or (`undefined`) resumed it: told, not journaled again. */
  adopt(pause: PauseRecord | undefined): void;
  /** Stops for good: no new attempt begins, attempts in flight are awaited for at most `timeoutMillis`. */
  close(timeoutMillis: number): Promise<void>;
}
