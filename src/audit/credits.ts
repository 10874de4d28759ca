import type { CreditBy } from './audit';
import { type EntryFacts, sameSymbol } from './entry-facts';
import type { EntryTable, Row } from './entry-table';

export interface RowCredit {
  readonly row: Row;
  readonly by: CreditBy;
}

/** An order that the bot named by `linkOrder` after the entry had been sent. */
export interface LateOrder {
  readonly entryId: string;
  readonly orderId: string;
}

/** Which entries each order can show, and which trace each order stands in. */
export interface Credits {
  readonly byOrder: ReadonlyMap<string, readonly RowCredit[]>;
  /** Rows of the traces that hold an order, by trace. */
  readonly rowsOfTrace: ReadonlyMap<string, readonly Row[]>;
  /** Rows that no order shows. */
  readonly unordered: readonly Row[];
}

/**
 * Entry, stop and take-profit of one trade have one decision, which is linked to the first of them: the others are
 * credited with it where they stand together with the first. Wrong is worse than missing here too, so that is
 * believed only if nothing speaks against it.
 */
export function creditOrders(table: EntryTable, late: readonly LateOrder[]): Credits {
  const byOrder = new Map<string, RowCredit[]>();
  const credit = (orderId: string, row: Row, by: CreditBy): void => {
    const credits = byOrder.get(orderId) ?? [];
    byOrder.set(orderId, credits);
    if (!credits.some((known) => known.row === row)) credits.push({ row, by });
  };
  const lateOrders = new Map<string, string[]>();
  for (const { entryId, orderId } of late) {
    lateOrders.set(entryId, [...(lateOrders.get(entryId) ?? []), orderId]);
  }
  const tracesWithOrders = new Set<string>();
  for (let row = 0; row < table.size; row += 1) {
    const orderId = table.orderId(row);
    const named = lateOrders.size === 0 ? [] : (lateOrders.get(table.id(row)) ?? []);
    if (orderId !== undefined) credit(orderId, row, table.isLinked(row) ? 'link' : 'own');
    for (const lateOrder of named) credit(lateOrder, row, 'late');
    const traceId = table.traceId(row);
    if (traceId !== undefined && (orderId !== undefined || named.length > 0)) tracesWithOrders.add(traceId);
  }
  const rowsOfTrace = new Map<string, Row[]>();
  const unordered: Row[] = [];
  for (let row = 0; row < table.size; row += 1) {
    const traceId = tracesWithOrders.size === 0 ? undefined : table.traceId(row);
    if (traceId !== undefined && tracesWithOrders.has(traceId)) {
      const rows = rowsOfTrace.get(traceId);
      if (rows === undefined) rowsOfTrace.set(traceId, [row]);
      else rows.push(row);
    }
    const isOrdered =
      table.orderId(row) !== undefined || (lateOrders.size > 0 && lateOrders.has(table.id(row)));
    if (!isOrdered) unordered.push(row);
  }
  for (const rows of rowsOfTrace.values()) {
    if (rows.length > 1) creditTrades(table, rows, credit);
  }
  return { byOrder, rowsOfTrace, unordered };
}

interface Fact extends EntryFacts {
  readonly row: Row;
}

function creditTrades(
  table: EntryTable,
  rows: readonly Row[],
  credit: (orderId: string, row: Row, by: CreditBy) => void,
): void {
  const facts: Fact[] = rows
    .map((row) => ({ row, ...table.facts(row) }))
    .filter(({ state }) => state !== 'skipped')
    .sort((one, other) => one.startedMillis - other.startedMillis);
  const linked = facts.filter(({ linkReason }) => linkReason !== undefined);
  const own = facts.filter(({ orderId, linkReason }) => orderId !== undefined && linkReason === undefined);
  if (linked.length === 0 || own.length < 2) return;
  const ofOrder = grouped(own, ({ orderId }) => [orderId ?? '']);
  const near = grouped(own, placesOf);
  const ofStage = grouped(facts, ({ stage }) => [stage]);
  const shown = new Set(facts.map(({ orderId, stage }) => `${orderId} ${stage}`));
  for (const entry of linked) {
    const first = ofOrder.get(entry.orderId ?? '') ?? [];
    const peers = ofStage.get(entry.stage) ?? [];
    // What comes after the next decision of that stage is of another cycle.
    const nextMillis = peers[peers.indexOf(entry) + 1]?.startedMillis ?? Number.POSITIVE_INFINITY;
    const others = new Set(first.flatMap(placesOf).flatMap((place) => near.get(place) ?? []));
    for (const other of others) {
      const mayBe =
        other.orderId !== undefined &&
        other.orderId !== entry.orderId &&
        other.stage !== entry.stage &&
        other.startedMillis >= entry.startedMillis &&
        other.startedMillis < nextMillis &&
        sameSymbol(entry.symbol, other.symbol) &&
        first.every(({ symbol }) => sameSymbol(symbol, other.symbol)) &&
        !shown.has(`${other.orderId} ${entry.stage}`);
      if (mayBe && other.orderId !== undefined) credit(other.orderId, entry.row, 'trade');
    }
  }
}

function grouped(facts: readonly Fact[], keysOf: (fact: Fact) => readonly string[]): Map<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const key of keysOf(fact)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [fact]);
      else group.push(fact);
    }
  }
  return groups;
}

/** Two spans stand together when they are one, one is the other's parent, or both have the same parent. */
const placesOf = ({ spanId, parentSpanId }: EntryFacts): string[] =>
  [spanId, parentSpanId].filter((id) => id !== undefined);
