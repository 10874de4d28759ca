/** Counts since this process opened the account. Plain numbers: reading them costs nothing. */
export interface Tally {
  delivered: number;
  rejected: number;
  invalid: number;
  lost: number;
  possibleDuplicates: number;
  derivedExplanations: number;
  ambiguousLinks: number;
  lastReceiptAt: number | undefined;
  /** By reason. */
  readonly skipped: Map<string, number>;
}

export const newTally = (): Tally => ({
  delivered: 0,
  rejected: 0,
  invalid: 0,
  lost: 0,
  possibleDuplicates: 0,
  derivedExplanations: 0,
  ambiguousLinks: 0,
  lastReceiptAt: undefined,
  skipped: new Map(),
});

export function countSkipped(tally: Tally, reason: string): void {
  tally.skipped.set(reason, (tally.skipped.get(reason) ?? 0) + 1);
}

export function totalSkipped(tally: Tally): number {
  let total = 0;
  for (const count of tally.skipped.values()) total += count;
  return total;
}
