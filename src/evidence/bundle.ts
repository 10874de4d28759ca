import type { CreditBy } from '../audit/audit';
import type { Timeliness } from '../audit/entry-facts';
import type { EntryOrigin } from '../entry/entry-draft';
import type { Rejection } from '../journal/journal';
import type { EntryState } from '../journal/read-entries';
import type { ChainHead } from '../journal/verify-journal';

/** Names the form of a bundle; a number goes up with every change that a reader has to know of. */
export const BUNDLE_FORMAT = 'opentelemetry-exporter-weex evidence 1';

/**
 * What has no value is left out of the JSON.
 *
 * Times are ISO 8601 in UTC with milliseconds, of this machine's clock unless the name says otherwise.
 */
export type Time = string;

/** One line of the journal. */
export interface StoryRecord {
  readonly kind: string;
  readonly file: string;
  readonly seq: number;
  readonly at: Time;
  /** Of the line's bytes: what the next line of the file states as `prev`. */
  readonly sha256: string;
  /** The line itself; left out where content is. */
  readonly line: string | undefined;
}

/** One try that was not accepted. */
export interface StoryAttempt {
  readonly attempt: number;
  readonly began: Time;
  readonly tookMillis: number;
  readonly disposition: string;
  readonly httpStatus: number | undefined;
  readonly weexCode: string | undefined;
  readonly words: string;
  /** It ended without an answer after the body was sent. */
  readonly mayHaveArrived: boolean;
}

/** The answer by which WEEX took the log. */
export interface StoryAnswer {
  readonly code: string;
  readonly msg: string;
  readonly received: Time;
  /** The clock of WEEX, as its answer states it. */
  readonly weexTime: Time | undefined;
  /** The clock of WEEX minus that of this machine, the way of the answer included. */
  readonly clockDifferenceMillis: number | undefined;
  readonly attempts: number;
  /** An earlier attempt may have arrived too: WEEX may have the log twice. */
  readonly possibleDuplicate: boolean;
}

export interface ContentHashes {
  readonly input: string;
  readonly output: string;
  readonly explanation: string;
}

/** A person sent the entry again, as another one, with these changes. */
export interface Redriven {
  readonly as: string;
  readonly reason: string;
  readonly changes: unknown;
}

/** What WEEX was sent, or would be. */
export interface StoryBody {
  readonly sha256: string;
  readonly bytes: number;
  /** After HTTP 413 it was sent again, cut; of the last cut. */
  readonly cut: { readonly sha256: string; readonly bytes: number } | undefined;
  /** The exact text; left out by `--redact` and where `withheld` says why. */
  readonly text: string | undefined;
  /** Of the JSON texts of these members; where the content is left out. */
  readonly hashes: ContentHashes | undefined;
  readonly withheld: string | undefined;
}

/** Everything that the journal knows of one log. */
export interface Story {
  readonly id: string;
  readonly stage: string;
  readonly model: string;
  readonly state: EntryState;
  readonly reason: string | undefined;
  /** The order id in the body. */
  readonly orderId: string | undefined;
  /** The bot stated it (`own`), or it was linked before the log was sent, for this reason. */
  readonly orderBy: 'own' | 'link' | undefined;
  readonly linkReason: string | undefined;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
  readonly trace: EntryOrigin | undefined;
  readonly began: Time;
  readonly decided: Time;
  readonly journaled: Time;
  readonly timeliness: Timeliness;
  /** From the decision to the receipt of WEEX's answer. */
  readonly millisToReceipt: number | undefined;
  readonly body: StoryBody;
  readonly attempts: readonly StoryAttempt[];
  readonly answer: StoryAnswer | undefined;
  readonly rejection: Rejection | undefined;
  readonly redriven: Redriven | undefined;
  /** In the order in which they were written, those of other files last. */
  readonly records: readonly StoryRecord[];
}

/** A time in which logs could not be delivered. */
export interface Outage {
  readonly kind: 'paused' | 'unreachable';
  readonly from: Time;
  /** Left out: it had not ended. */
  readonly until: Time | undefined;
  readonly failedAttempts: number;
  /** What was answered, or the errors, and how often. */
  readonly words: Readonly<Record<string, number>>;
}

export interface ClockDifference {
  /** Answers that state the time of WEEX. */
  readonly answers: number;
  readonly medianMillis: number;
  readonly leastMillis: number;
  readonly mostMillis: number;
}

export interface Chain {
  readonly intact: boolean;
  readonly lines: number;
  readonly files: number;
  readonly tornLines: number;
  readonly missingFiles: readonly string[];
  readonly problems: readonly { readonly file: string; readonly line: number; readonly problem: string }[];
  /** The newest file's. */
  readonly head: string | undefined;
  readonly heads: readonly ChainHead[];
}

export interface BundleOrder {
  readonly orderId: string;
  readonly tradeId: string;
  readonly symbol: string | undefined;
  readonly status: string;
  readonly logged: readonly string[];
  readonly late: readonly string[];
  readonly missing: readonly string[];
  readonly rejected: readonly string[];
  readonly contradictions: readonly string[];
  readonly logs: readonly {
    readonly entryId: string;
    readonly by: CreditBy;
    readonly stage: string;
    readonly state: EntryState;
    readonly decided: Time;
    readonly millisToReceipt: number | undefined;
  }[];
}

/** What stands before the logs. */
export interface BundleHead {
  readonly format: typeof BUNDLE_FORMAT;
  readonly made: Time;
  readonly version: string;
  readonly account: string;
  readonly selection: {
    readonly order: string | undefined;
    readonly since: Time | undefined;
    readonly until: Time | undefined;
  };
  readonly redacted: boolean;
  readonly claims: { readonly shows: readonly string[]; readonly doesNotShow: readonly string[] };
  readonly chain: Chain;
  readonly clock: ClockDifference | undefined;
  readonly outages: readonly Outage[];
  readonly orders: readonly BundleOrder[];
}

/** Who wrote a file of the journal. */
export interface Writer {
  readonly file: string;
  readonly at: Time;
  readonly version: string | undefined;
  readonly node: string | undefined;
  readonly mode: string | undefined;
}

/** What stands behind the logs: it is known when they have been read. */
export interface BundleTail {
  /** Of the files that hold these logs. */
  readonly writers: readonly Writer[];
  readonly anchors: readonly ChainHead[];
  readonly howToCheck: readonly string[];
}
