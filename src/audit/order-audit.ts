import type { EntryHistory } from '../journal/read-entries';
import type { Audit, AuditedOrder, Credit, Unordered } from './audit';
import { contradictionsOf } from './contradictions';
import { type Credits, creditOrders, type LateOrder } from './credits';
import { type EntryFacts, factsOf, timelinessOf } from './entry-facts';
import { EntryTable } from './entry-table';
import type { ListedOrder } from './order-list';
import { expectedOf, missingOf, standingOf } from './stages';
import { type Amounts, amountsFor, outputOf, payloadSaysHold } from './stated';

const MOST_UNLINKED = 1_000;

export interface AuditOptions {
  /** The exchange's own list; without it only the orders that the journal names are known. */
  readonly listed?: readonly ListedOrder[] | undefined;
  /** What each order has to show. Default: what most orders show. */
  readonly stages?: readonly string[] | undefined;
  /** Only orders and decisions from this time on ... */
  readonly sinceMillis?: number | undefined;
  /** ... and before this one. */
  readonly untilMillis?: number | undefined;
}

/** Takes entries in any order, one by one, and judges at the end. */
export interface OrderAudit {
  take(history: EntryHistory): EntryFacts;
  /** The bot named an order after the entry was sent. */
  takeLateOrder(late: LateOrder): void;
  finish(nowMillis: number): Audit;
}

export function createOrderAudit(options: AuditOptions = {}): OrderAudit {
  const table = new EntryTable();
  const late: LateOrder[] = [];
  const listed = new Map(options.listed?.map((order) => [order.orderId, order]));
  const stated = new Map<string, Amounts>();

  return {
    take(history) {
      const { id, stage, orderId, payload } = history.entry;
      const facts = factsOf(history, payloadSaysHold(payload));
      table.add(facts);
      if (orderId !== undefined && stage === 'Execution' && listed.has(orderId)) {
        stated.set(id, amountsFor(outputOf(payload), orderId));
      }
      return facts;
    },
    takeLateOrder(order) {
      late.push(order);
    },
    finish(nowMillis) {
      const credits = creditOrders(table, late);
      const isAsked = (atMillis: number | undefined): boolean =>
        atMillis === undefined ||
        (atMillis >= (options.sinceMillis ?? Number.NEGATIVE_INFINITY) &&
          atMillis < (options.untilMillis ?? Number.POSITIVE_INFINITY));
      const shown = shownCredits(table, credits, [...listed.keys()], nowMillis);
      const expected = options.stages ?? expectedOf([...shown.values()]);
      const trades = tradesOf(shown);
      const orders = [...shown]
        .map(([orderId, ofOrder]): AuditedOrder => {
          const order = listed.get(orderId);
          const atMillis = ofOrder[0]?.entry.endedMillis ?? order?.createdMillis;
          const standing = standingOf(ofOrder);
          const { missing, waiting } = missingOf(ofOrder, standing, expected, nowMillis);
          const neighbours = neighboursOf(table, credits, ofOrder);
          return {
            orderId,
            tradeId: trades.get(orderId) ?? orderId,
            symbol: ofOrder.find(({ entry }) => entry.symbol !== undefined)?.entry.symbol ?? order?.symbol,
            atMillis,
            isListed: options.listed === undefined ? undefined : order !== undefined,
            credits: ofOrder,
            ...standing,
            missing,
            waiting,
            possibleDuplicates: ofOrder.filter(({ entry }) => entry.possibleDuplicate).length,
            contradictions: contradictionsOf({
              orderId,
              credits: ofOrder,
              neighbours,
              listed: order,
              stated,
            }),
            status: missing.length > 0 ? 'gaps' : waiting.length > 0 ? 'under-way' : 'complete',
          };
        })
        .filter(({ atMillis }) => isAsked(atMillis))
        .sort((one, other) => (one.atMillis ?? Infinity) - (other.atMillis ?? Infinity) || 0);
      const unordered = unorderedOf(table, credits, isAsked);
      let entries = 0;
      for (let row = 0; row < table.size; row += 1) if (isAsked(table.endedMillis(row))) entries += 1;
      return {
        nowMillis,
        entries,
        expectedStages: expected,
        stagesGiven: options.stages !== undefined,
        orders,
        unordered,
        totals: totalsOf(orders),
      };
    },
  };
}

function shownCredits(
  table: EntryTable,
  credits: Credits,
  listed: readonly string[],
  nowMillis: number,
): ReadonlyMap<string, readonly Credit[]> {
  const shown = new Map<string, readonly Credit[]>();
  for (const [orderId, rows] of credits.byOrder) {
    const ofOrder = rows.map(({ row, by }): Credit => {
      const entry = table.facts(row);
      return { entry, by, timeliness: timelinessOf(entry, nowMillis) };
    });
    shown.set(
      orderId,
      ofOrder.sort((one, other) => one.entry.endedMillis - other.entry.endedMillis),
    );
  }
  for (const orderId of listed) if (!shown.has(orderId)) shown.set(orderId, []);
  return shown;
}

/** Orders that share a decision, or were stated by one span, are one trade; it bears the id of its first order. */
function tradesOf(shown: ReadonlyMap<string, readonly Credit[]>): ReadonlyMap<string, string> {
  const firstOf = new Map<string, string>();
  const trades = new Map<string, string>();
  const rootOf = (orderId: string): string => {
    let root = orderId;
    for (let next = trades.get(root); next !== undefined && next !== root; next = trades.get(root))
      root = next;
    return root;
  };
  const byTime = [...shown].sort(
    ([, one], [, other]) =>
      (one[0]?.entry.endedMillis ?? Infinity) - (other[0]?.entry.endedMillis ?? Infinity) || 0,
  );
  for (const [orderId, credits] of byTime) {
    trades.set(orderId, orderId);
    for (const { entry } of credits) {
      const keys = [entry.id, ...(entry.spanId === undefined ? [] : [`${entry.traceId}/${entry.spanId}`])];
      for (const key of keys) {
        const first = firstOf.get(key);
        if (first === undefined) firstOf.set(key, orderId);
        else trades.set(rootOf(orderId), rootOf(first));
      }
    }
  }
  return new Map([...trades.keys()].map((orderId) => [orderId, rootOf(orderId)]));
}

function neighboursOf(table: EntryTable, credits: Credits, ofOrder: readonly Credit[]): EntryFacts[] {
  const traces = new Set(ofOrder.map(({ entry }) => entry.traceId).filter((id) => id !== undefined));
  return [...traces]
    .flatMap((traceId) => credits.rowsOfTrace.get(traceId) ?? [])
    .filter((row) => table.orderId(row) === undefined)
    .map((row) => table.facts(row))
    .filter(({ state }) => state !== 'skipped');
}

function unorderedOf(table: EntryTable, credits: Credits, isAsked: (atMillis: number) => boolean): Unordered {
  let [total, holds, saidNone, unlinked] = [0, 0, 0, 0];
  const newest: EntryFacts[] = [];
  for (const row of credits.unordered) {
    if (!isAsked(table.endedMillis(row))) continue;
    const facts = table.facts(row);
    if (facts.state === 'skipped' || facts.state === 'settled') continue;
    total += 1;
    if (facts.noOrder) saidNone += 1;
    else if (facts.holds) holds += 1;
    else {
      unlinked += 1;
      newest.push(facts);
      if (newest.length > MOST_UNLINKED) newest.shift();
    }
  }
  return { total, holds, saidNone, unlinked, newestUnlinked: newest };
}

function totalsOf(orders: readonly AuditedOrder[]): Audit['totals'] {
  const count = (test: (order: AuditedOrder) => boolean): number => orders.filter(test).length;
  return {
    orders: orders.length,
    complete: count(({ status }) => status === 'complete'),
    underWay: count(({ status }) => status === 'under-way'),
    gaps: count(({ status }) => status === 'gaps'),
    unlogged: count(({ logged }) => logged.length === 0),
    withLate: count(({ late }) => late.length > 0),
    contradictions: orders.reduce((sum, { contradictions }) => sum + contradictions.length, 0),
    possibleDuplicates: orders.reduce((sum, { possibleDuplicates }) => sum + possibleDuplicates, 0),
  };
}
