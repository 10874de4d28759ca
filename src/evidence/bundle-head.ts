import type { AuditedOrder } from '../audit/audit';
import type { Verification } from '../journal/verify-journal';
import { BUNDLE_FORMAT, type BundleHead, type BundleOrder, type Chain } from './bundle';
import { DOES_NOT_SHOW, REDACTED, SHOWS } from './claims';
import type { AccountHistory } from './outages';
import { timeOf } from './outages';

export interface HeadFacts {
  readonly account: string;
  readonly version: string;
  readonly nowMillis: number;
  readonly redacts: boolean;
  readonly orderId: string | undefined;
  readonly sinceMillis: number | undefined;
  readonly untilMillis: number | undefined;
  readonly verification: Verification;
  readonly orders: readonly AuditedOrder[];
  readonly history: AccountHistory;
}

const MINUTE = 60_000;

export function bundleHead(facts: HeadFacts): BundleHead {
  const { nowMillis, redacts, sinceMillis, untilMillis, orders, history } = facts;
  const chain = chainOf(facts.verification);
  const [from, until] =
    facts.orderId === undefined
      ? [sinceMillis ?? Number.NEGATIVE_INFINITY, untilMillis ?? Number.POSITIVE_INFINITY]
      : timesOf(orders);
  return {
    format: BUNDLE_FORMAT,
    made: timeOf(nowMillis),
    version: facts.version,
    account: facts.account,
    selection: {
      order: facts.orderId,
      since: sinceMillis === undefined ? undefined : timeOf(sinceMillis),
      until: untilMillis === undefined ? undefined : timeOf(untilMillis),
    },
    redacted: redacts,
    claims: { shows: redacts ? [...SHOWS, REDACTED] : SHOWS, doesNotShow: DOES_NOT_SHOW },
    chain,
    clock: history.clock(),
    outages: history.outages(from, until),
    orders: orders.map(orderOf),
  };
}

function chainOf(verification: Verification): Chain {
  const { problems, lines, files, tornLines, missingFiles, heads } = verification;
  const head = heads.at(-1)?.hash;
  return { intact: problems.length === 0, lines, files, tornLines, missingFiles, problems, head, heads };
}

/** Around an order: from its first decision to a minute after its last receipt. */
function timesOf(orders: readonly AuditedOrder[]): [number, number] {
  const entries = orders.flatMap(({ credits }) => credits.map(({ entry }) => entry));
  return [
    Math.min(...entries.map(({ startedMillis }) => startedMillis)),
    Math.max(...entries.map(({ acceptedMillis, endedMillis }) => acceptedMillis ?? endedMillis + MINUTE)),
  ];
}

const orderOf = (order: AuditedOrder): BundleOrder => ({
  orderId: order.orderId,
  tradeId: order.tradeId,
  symbol: order.symbol,
  status: order.status,
  logged: order.logged,
  late: order.late,
  missing: order.missing,
  rejected: order.rejected,
  contradictions: order.contradictions.map(({ words }) => words),
  logs: order.credits.map(({ entry, by }) => ({
    entryId: entry.id,
    by,
    stage: entry.stage,
    state: entry.state,
    decided: timeOf(entry.endedMillis),
    millisToReceipt:
      entry.acceptedMillis === undefined ? undefined : entry.acceptedMillis - entry.endedMillis,
  })),
});
