import type { AuditedOrder } from '../audit/audit';
import type { CollectedEntry } from './entry-collection';
import type { ReportOrder, ReportTrade } from './report-data';

const MOST_CONTRADICTIONS = 5;

/**
 * Entries that belong together, as numbers in the list: those of one trade's orders; of the others, those of one
 * trace and symbol, for a trace may decide about several symbols.
 *
 * An order whose entries are all older than the list is left out; one without any entry is not.
 */
export function tradesOf(listed: readonly CollectedEntry[], orders: readonly AuditedOrder[]): ReportTrade[] {
  const numbers = new Map(listed.map(({ entry }, number) => [entry.id, number]));
  const grouped = new Set<number>();
  const trades = new Map<string, { orders: ReportOrder[]; entries: Set<number>; at: number | undefined }>();
  for (const order of orders) {
    const own = order.credits.flatMap(({ entry }) => numbers.get(entry.id) ?? []);
    if (own.length === 0 && order.credits.length > 0) continue;
    const trade = trades.get(order.tradeId) ?? { orders: [], entries: new Set(), at: order.atMillis };
    trades.set(order.tradeId, trade);
    trade.orders.push(reportOrder(order));
    for (const number of own) {
      trade.entries.add(number);
      grouped.add(number);
    }
  }
  const loose = new Map<string, number[]>();
  for (const [number, { entry, traceId }] of listed.entries()) {
    if (grouped.has(number)) continue;
    const key = traceId === undefined ? `entry ${entry.id}` : `trace ${traceId} ${entry.symbol ?? ''}`;
    loose.set(key, [...(loose.get(key) ?? []), number]);
  }
  const began = (number: number): number => listed[number]?.entry.started ?? 0;
  const inOrder = (entries: Iterable<number>): number[] =>
    [...entries].sort((one, other) => began(one) - began(other) || one - other);
  return [
    ...[...trades.values()].map((trade) => ({ ...trade, entries: inOrder(trade.entries) })),
    ...[...loose.values()].map((entries) => ({ orders: [], entries: inOrder(entries), at: undefined })),
  ];
}

function reportOrder({
  orderId,
  symbol,
  status,
  missing,
  waiting,
  contradictions,
}: AuditedOrder): ReportOrder {
  return {
    id: orderId,
    symbol,
    status,
    missing,
    waiting,
    contradictions: contradictions.slice(0, MOST_CONTRADICTIONS).map(({ words }) => words),
  };
}
