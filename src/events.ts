import type { WeexReceipt } from './journal/journal';

/**
 * What `onEvent` is called with: one object for each thing that happened, told apart by `type`.
 *
 * Texts in `reason` may hold WEEX's own words; they are one line without control characters.
 */
export type WeexEvent =
  /** WEEX has it. */
  | { readonly type: 'delivered'; readonly receipt: WeexReceipt }
  /** WEEX refused this entry for good. It is kept, and counts as missing until it is mended and sent again. */
  | {
      readonly type: 'rejected';
      readonly entryId: string;
      readonly reason: string;
      readonly weexCode?: string | undefined;
      readonly httpStatus?: number | undefined;
    }
  /** A stage that WEEX could not accept, for example without a model. It is kept and was not sent. */
  | { readonly type: 'invalid'; readonly entryId: string; readonly reason: string }
  /** A rule kept it back: `filter`, `excluded`, `mode record` and the like. No `entryId` where none was made. */
  | { readonly type: 'skipped'; readonly reason: string; readonly entryId?: string | undefined }
  /** Neither disk nor memory took it, or a bug of ours. */
  | { readonly type: 'lost'; readonly reason: string; readonly entryId?: string | undefined }
  /** WEEX refuses the account: key, permission, address, clock. Everything is kept. */
  | {
      readonly type: 'paused';
      /** Milliseconds since 1970. */
      readonly since: number;
      readonly reason: string;
      readonly weexCode?: string | undefined;
      readonly httpStatus?: number | undefined;
      /** Logs that wait for it to end. */
      readonly pending: number;
    }
  | { readonly type: 'resumed'; readonly pausedMillis: number; readonly pending: number }
  /** WEEX cannot be reached, fails, or answers that it is asked too often. Everything is kept. */
  | {
      readonly type: 'down';
      readonly kind: 'network' | 'server' | 'rate-limit';
      readonly reason: string;
      readonly pending: number;
    }
  | { readonly type: 'recovered'; readonly downMillis: number; readonly pending: number }
  /** The journal's disk cannot be used: entries are kept in memory only, and still sent. */
  | { readonly type: 'degraded'; readonly reason: string }
  /** The disk works again, and holds what memory had. */
  | { readonly type: 'restored' };
