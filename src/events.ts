import type { WeexReceipt } from './journal/journal';

/** What `onEvent` is called with. */
export type WeexEvent =
  | { readonly type: 'delivered'; readonly receipt: WeexReceipt }
  | {
      readonly type: 'rejected' | 'invalid';
      readonly entryId: string;
      readonly reason: string;
      readonly weexCode?: string | undefined;
    }
  | { readonly type: 'skipped'; readonly reason: string }
  | {
      readonly type: 'paused';
      readonly since: number;
      readonly reason: string;
      readonly weexCode?: string | undefined;
    }
  | { readonly type: 'resumed'; readonly pausedMillis: number }
  | { readonly type: 'degraded'; readonly reason: string }
  | { readonly type: 'lost'; readonly reason: string };
