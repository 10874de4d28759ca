import type { Settings, WeexOptions } from '../config/settings';
import type { SyncTransport } from '../delivery/transport';
import type { AiLogEntry } from '../entry/ai-log-entry';
import type { EntryOutcome } from '../pipeline/entry-outcome';

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
