import type { WeexApiError } from '../errors';
import type { WeexReceipt } from '../journal/journal';
import type { Timer } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';
import type { UploadResult } from './upload-result';

export interface BatchHooks {
  onReceipt?: ((receipt: WeexReceipt) => void) | undefined;
  /** `item` is what the error is about, as it was given. */
  onError?: ((error: WeexApiError, item: unknown) => void) | undefined;
}

export interface BatchCounts {
  readonly delivered: number;
  readonly failed: number;
}

/** One item on its way. */
export interface Underway {
  readonly settled: Promise<UploadResult>;
  /** What the item gets when the wait for it is given up. */
  givenUp(): UploadResult;
}

export interface BatchParts {
  /** Journals the item before it returns. */
  begin(item: unknown): Underway;
  /** Nothing more is taken. */
  isClosed(): boolean;
  /** Gives up the wait when nothing of the batch has ended for the time-out. */
  schedule(giveUp: () => void): Timer;
  /** Runs a hook of the bot; what it throws is not ours. */
  tell(name: keyof BatchHooks, hook: () => unknown): void;
}

/** Journaled and not yet ended. Enough for any rate, and few enough to keep a source from running ahead. */
const MAX_UNDERWAY = 100;

/** Taking an item is synchronous work: after so many the bot gets its turn. */
const ITEMS_AT_A_STRETCH = 16;

/**
 * Uploads all that `source` gives, taking the next only when there is room.
 *
 * The time-out runs from the last item that ended, not from each item's begin: at a slow rate the hundredth
 * in line is not late. When it passes, what is under way is counted as failed with `PENDING` (it is journaled,
 * and delivery goes on), and the batch goes on with the next.
 */
export async function uploadBatch(
  source: Iterable<unknown> | AsyncIterable<unknown>,
  hooks: BatchHooks,
  parts: BatchParts,
): Promise<BatchCounts> {
  const underway = new Set<{ readonly item: unknown; readonly upload: Underway }>();
  let delivered = 0;
  let failed = 0;
  let stall: Timer | undefined;
  let letGo: (() => void) | undefined;
  let wake = (): void => {};

  function watch(): void {
    stall?.cancel();
    stall = undefined;
    if (underway.size === 0) {
      letGo?.();
      letGo = undefined;
      return;
    }
    letGo ??= holdProcess();
    stall = parts.schedule(() => {
      for (const one of underway) end(one, one.upload.givenUp());
    });
  }

  function end(one: { readonly item: unknown; readonly upload: Underway }, result: UploadResult): void {
    if (!underway.delete(one)) return;
    watch();
    if (result.kind === 'receipt') {
      delivered += 1;
      parts.tell('onReceipt', () => hooks.onReceipt?.(result.receipt));
    } else {
      failed += 1;
      parts.tell('onError', () => hooks.onError?.(result.error, one.item));
    }
    wake();
  }

  function begin(item: unknown): void {
    const one = { item, upload: parts.begin(item) };
    underway.add(one);
    if (underway.size === 1) watch();
    one.upload.settled.then((result) => end(one, result));
  }

  async function roomFor(limit: number): Promise<void> {
    while (underway.size > limit) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  try {
    let taken = 0;
    for await (const item of source) {
      if (parts.isClosed()) break;
      begin(item);
      taken += 1;
      if (taken % ITEMS_AT_A_STRETCH === 0) await new Promise((resolve) => setImmediate(resolve));
      await roomFor(MAX_UNDERWAY - 1);
    }
  } finally {
    await roomFor(0);
  }
  return { delivered, failed };
}
