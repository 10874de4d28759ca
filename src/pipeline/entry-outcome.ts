import type { Rejection, WeexReceipt } from '../journal/journal';

/** What became of a finished span when it was offered. */
export type Fate = 'not-for-weex' | 'kept' | 'lost';

/** How one directly uploaded entry stands. */
export type EntryOutcome =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'paused'; readonly refusal: Rejection }
  | { readonly kind: 'pending' }
  /** Kept and, by the mode, never sent. */
  | { readonly kind: 'recorded' }
  | { readonly kind: 'lost' };

/**
 * What `linkOrder` came to. `linked`: an entry that waits, or one that ends later, goes with the order. `too-late`: its
 * entry was sent without; the journal notes the order for `coverage`. `unknown`: nothing of that name is remembered.
 * `refused`: no order id.
 */
export type LinkOutcome = 'linked' | 'too-late' | 'unknown' | 'refused';
