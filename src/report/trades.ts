import type { ReportEntry } from './report-data';

/** Entries that belong together, as numbers in the report's list, oldest first. */
export interface Trade {
  readonly orderId?: string | undefined;
  readonly symbol?: string | undefined;
  readonly entries: readonly number[];
}

/**
 * Entries by order; those without one by trace and symbol, for a trace may decide about several symbols.
 *
 * @param traceIds of each entry its trace
 */
export function groupTrades(
  entries: readonly ReportEntry[],
  traceIds: readonly (string | undefined)[],
): Trade[] {
  const groups = new Map<string, number[]>();
  for (const [index, entry] of entries.entries()) {
    const trace = traceIds[index];
    const key =
      entry.orderId !== undefined
        ? `order ${entry.orderId}`
        : trace !== undefined
          ? `trace ${trace} ${entry.symbol ?? ''}`
          : `entry ${entry.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()].map((numbers) => {
    const members = numbers.flatMap((number) => entries[number] ?? []);
    return {
      orderId: members[0]?.orderId,
      symbol: members.find(({ symbol }) => symbol !== undefined)?.symbol,
      entries: numbers.toSorted(
        (one, other) => (entries[one]?.started ?? 0) - (entries[other]?.started ?? 0) || one - other,
      ),
    };
  });
}
