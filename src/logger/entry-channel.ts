import type { Settings, WeexOptions } from '../config/settings';
import type { SyncTransport } from '../delivery/transport';
import type { AiLogEntry } from '../entry/ai-log-entry';
import type { Rejection, WeexReceipt } from '../journal/journal';

/** How an entry without a span ended, or stands. */
export type EntryOutcome =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** Not one that WEEX could accept; kept and never sent. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Kept, and sent when WEEX accepts the account again. */
  | { readonly kind: 'paused'; readonly reason: string }
  /** Kept, and delivery goes on. */
  | { readonly kind: 'pending' }
  /** Kept from WEEX by a rule of the bot. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** The mode sends nothing. */
  | { readonly kind: 'recorded' }
  /** Neither disk nor memory took it. */
  | { readonly kind: 'lost' };

/** What the logger needs of an account's pipeline: entries in, outcomes out. */
export interface EntryChannel {
  /** Journals before it returns. `settled` never rejects, and may stay open for as long as WEEX is down. */
  submit(entry: AiLogEntry): { readonly entryId: string; readonly settled: Promise<EntryOutcome> };
  /** The same for a caller that cannot await: blocks its thread for at most `timeoutMillis`. */
  submitSync(
    entry: AiLogEntry,
    transport: SyncTransport,
    timeoutMillis: number,
  ): { readonly entryId: string; readonly outcome: EntryOutcome };
  /** Flushes, and gives the share in the pipeline back. */
  release(): Promise<void>;
  readonly timeoutMillis: number;
  /** Where synchronous uploads go. */
  readonly route: Pick<Settings, 'endpoint' | 'proxy' | 'ca'>;
}

export type OpenEntryChannel = (options: WeexOptions) => EntryChannel;
