import type { SelfCheck } from '../host/self-check';
import type { WeexReceipt } from '../journal/journal';
import type { PipelineLease } from '../pipeline';
import type { LinkOutcome } from '../pipeline/entry-outcome';
import type { WeexHealth } from '../pipeline/health';
import type { OrderTarget, WaitTarget } from '../pipeline/outcomes';

/** What the processor and the exporter have in common: a share in one account's pipeline. */
export abstract class AccountHandle {
  protected readonly lease: PipelineLease;
  #shutdown: Promise<void> | undefined;

  protected constructor(lease: PipelineLease) {
    this.lease = lease;
  }

  protected get isShutdown(): boolean {
    return this.#shutdown !== undefined;
  }

  /**
   * Waits until everything taken so far is accepted or rejected, or WEEX refuses the account or cannot be
   * reached after one round, at most `timeoutMillis` (default: `flushTimeoutMillis`). Never rejects.
   */
  forceFlush(options: { readonly timeoutMillis?: number | undefined } = {}): Promise<void> {
    return this.lease.flush(options?.timeoutMillis);
  }

  /**
   * Flushes, then stops, within `timeoutMillis` (default: `flushTimeoutMillis`). Never rejects because WEEX is
   * down: what is left stays in the journal. A pipeline that others share goes on for them.
   */
  shutdown(options: { readonly timeoutMillis?: number | undefined } = {}): Promise<void> {
    this.#shutdown ??= this.lease.release(options?.timeoutMillis);
    return this.#shutdown;
  }

  /** How delivery stands, in plain numbers; costs nothing. Ask it before a position is opened. */
  health(): WeexHealth {
    return this.lease.pipeline.health();
  }

  /**
   * Resolves with the receipts when WEEX has accepted every entry of the span or order.
   *
   * Rejects with a `WeexApiError`: `REJECTED` when one will not be sent (again), `PENDING` after `timeoutMillis`
   * (default: `flushTimeoutMillis`); and with a `TypeError` for what is neither a span context nor an order id.
   */
  waitUntilDelivered(
    target: WaitTarget,
    options: { readonly timeoutMillis?: number | undefined } = {},
  ): Promise<readonly WeexReceipt[]> {
    return this.lease.pipeline.wait(target, options?.timeoutMillis ?? this.lease.settings.flushTimeoutMillis);
  }

  /**
   * Names the order of entries whose span does not state it: an exit that the exchange triggered, a fill that a
   * websocket tells. `traceId` means every entry of the trace that began before this call, `clientOrderId` every one
   * with that `ai.client_order_id`, also those that end later.
   *
   * Never overrides what a span states, `'none'` included. An entry waits for at most `linkWindowMillis`; once it was
   * sent, WEEX cannot be told any more: then this returns `'too-late'`, and the journal notes the order for `coverage`.
   */
  linkOrder(target: OrderTarget, orderId: string | number | bigint): LinkOutcome {
    return this.lease.pipeline.linkOrder(target, orderId);
  }

  /** Keeps what was found about the process for `weex-ai-log doctor`. @internal */
  noteSelfCheck(check: SelfCheck): void {
    this.lease.journal?.note('self-check', { ...check });
  }
}
