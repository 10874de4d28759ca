import type { Audit, AuditedOrder } from '../audit/audit';
import type { AttemptRecord } from '../journal/journal';
import type { EntryState } from '../journal/read-entries';

/** An entry as the page lists it. Input, output and tries come apart from it, and are read when somebody asks. */
export interface ReportEntry {
  readonly id: string;
  readonly stage: string;
  readonly model: string;
  readonly orderId?: string | undefined;
  readonly symbol?: string | undefined;
  readonly explanation: string;
  /** The explanation is a sentence of ours and not the bot's. */
  readonly derived?: true | undefined;
  /** Its output says to do nothing, or the bot said that there is no order. */
  readonly holds?: true | undefined;
  readonly started: number;
  readonly ended: number;
  readonly state: EntryState;
  /** WEEX's words for a rejected entry, ours for one that is invalid, skipped or settled. */
  readonly reason?: string | undefined;
  readonly code?: string | undefined;
  readonly received?: number | undefined;
  readonly duplicate?: true | undefined;
  /** Attempts that were not accepted: when, and what was to be done. The newest when there are many. */
  readonly tries?: readonly (readonly [atMillis: number, AttemptRecord['disposition']])[] | undefined;
  readonly olderTries?: number | undefined;
}

/** What the page shows of an entry that somebody opens. */
export interface ReportContent {
  readonly input: CutText;
  readonly output: CutText;
  /** The whole explanation, where WEEX got a shorter one. */
  readonly explanation?: CutText | undefined;
  readonly tries: readonly AttemptRecord[];
  readonly receipt?:
    | { readonly code: string; readonly msg: string; readonly requestTime?: number | undefined }
    | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly linked?: string | undefined;
  /** Where the whole of it is: the journal's file and the record's number. */
  readonly file: string;
  readonly seq: number;
}

/** The beginning of a text, and how many characters of it are left out. */
export interface CutText {
  readonly text: string;
  readonly cut: number;
}

/** An order as the audit judges it. */
export interface ReportOrder {
  readonly id: string;
  readonly symbol: string | undefined;
  readonly status: AuditedOrder['status'];
  readonly missing: readonly string[];
  /** Stages whose log is on its way, or may still come. */
  readonly waiting: readonly string[];
  /** Sentences. */
  readonly contradictions: readonly string[];
}

/** Entries that belong together, as numbers in the list, and the orders that they led to. */
export interface ReportTrade {
  readonly orders: readonly ReportOrder[];
  readonly entries: readonly number[];
  /** The time of an order without an entry, if the exchange says it. */
  readonly at: number | undefined;
}

/** In how many orders a stage is logged, and how. */
export interface StageCoverage {
  readonly stage: string;
  readonly isExpected: boolean;
  readonly inTime: number;
  readonly late: number;
  readonly waiting: number;
  readonly missing: number;
}

/** How the orders stand, those too that are older than the list. */
export type ReportCoverage = Audit['totals'] & {
  /** Judged by the exchange's own list of orders. */
  readonly isListed: boolean;
  readonly stages: readonly StageCoverage[];
  readonly unordered: { readonly total: number; readonly holds: number; readonly unlinked: number };
};

/** A time in which the account was paused; without `until` it still is. */
export interface ReportPause {
  readonly from: number;
  readonly until?: number | undefined;
  readonly reason: string;
}

/** What the page says of itself and of the journal. */
export interface ReportFacts {
  readonly account: string;
  readonly folder: string;
  readonly writtenAt: number;
  readonly version: string;
  /** Entries of the journal in the time asked for. */
  readonly total: number;
  /** Those that the page has: the newest. */
  readonly shown: number;
  /** Entries whose input and output the page has. */
  readonly withContent: number;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly pauses: readonly ReportPause[];
  readonly coverage: ReportCoverage;
}
