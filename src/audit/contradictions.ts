import type { Contradiction, Credit } from './audit';
import { type EntryFacts, sameSymbol } from './entry-facts';
import type { ListedOrder } from './order-list';
import type { Amounts } from './stated';

const EXECUTION = 'Execution';

export interface Claims {
  readonly orderId: string;
  readonly credits: readonly Credit[];
  /** Entries of the order's traces that have no order. */
  readonly neighbours: readonly EntryFacts[];
  /** What the exchange says of the order. */
  readonly listed: ListedOrder | undefined;
  /** What the outputs of the order's executions state, by entry id. */
  readonly stated: ReadonlyMap<string, Amounts>;
}

/** What in an order's logs speaks against the order. */
export function contradictionsOf(claims: Claims): readonly Contradiction[] {
  return [...holds(claims), ...amounts(claims)];
}

function holds({ orderId, credits, neighbours }: Claims): Contradiction[] {
  const told = (entry: EntryFacts, how: string): Contradiction => ({
    kind: 'hold-with-order',
    orderId,
    entryId: entry.id,
    words: `the ${entry.stage} log of ${new Date(entry.endedMillis).toISOString()} says to do nothing, and ${how}`,
  });
  const linked = credits.filter(({ entry }) => entry.holds);
  if (linked.length > 0) return linked.map(({ entry }) => told(entry, `this order is linked to it`));
  // A decision that acts explains the order; a HOLD beside it is about something else.
  if (credits.some(({ entry }) => entry.stage !== EXECUTION)) return [];
  const placed = Math.min(...credits.map(({ entry }) => entry.startedMillis));
  const symbol = credits.map(({ entry }) => entry.symbol).find((text) => text !== undefined);
  const before = neighbours
    .filter((entry) => entry.startedMillis <= placed && sameSymbol(entry.symbol, symbol))
    .sort((one, other) => one.startedMillis - other.startedMillis)
    .at(-1);
  return before?.holds === true ? [told(before, 'this order was made after it in the same trace')] : [];
}

function amounts({ orderId, credits, listed, stated }: Claims): Contradiction[] {
  if (listed === undefined) return [];
  const order = listed.amounts;
  return credits.flatMap(({ entry }) => {
    const log = stated.get(entry.id);
    if (log === undefined) return [];
    const differs = (
      kind: Contradiction['kind'],
      name: string,
      said: string | undefined,
      real: readonly (string | undefined)[],
    ): Contradiction[] => {
      // A market order has the price 0, and what nothing was filled of has no average.
      const known = real.filter((text) => text !== undefined && Number(text) !== 0);
      if (said === undefined || known.length === 0 || known.some((text) => isSame(said, text ?? '')))
        return [];
      const words = `the ${entry.stage} log says ${name} ${said}, the exchange says ${[...new Set(known)].join(' or ')}`;
      return [{ kind, orderId, entryId: entry.id, words }];
    };
    return [
      ...differs('size-differs', 'executed size', log.filledSize, [order.filledSize]),
      ...differs('price-differs', 'executed price', log.filledPrice, [order.filledPrice]),
      ...differs('size-differs', 'size', log.size, [order.size, order.filledSize]),
      ...differs('price-differs', 'price', log.price, [order.price, order.filledPrice]),
    ];
  });
}

/** `0.010` and `0.01` are the same; so are numbers that differ in the last bits of a double only. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Number(one), Number(other)];
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
