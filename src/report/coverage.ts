import type { Audit, AuditedOrder } from '../audit/audit';
import type { ReportCoverage, StageCoverage } from './report-data';

const MOST_STAGES = 12;

/** The audit of all orders in figures. */
export function coverageOf(
  { orders, totals, expectedStages, unordered }: Audit,
  isListed: boolean,
): ReportCoverage {
  const { total, holds, saidNone, unlinked } = unordered;
  return {
    ...totals,
    isListed,
    stages: stageCoverage(orders, expectedStages),
    unordered: { total, holds: holds + saidNone, unlinked },
  };
}

/** Expected stages first, then those that only some orders have. */
function stageCoverage(orders: readonly AuditedOrder[], expected: readonly string[]): StageCoverage[] {
  const counts = new Map<string, { inTime: number; late: number; waiting: number; missing: number }>();
  const of = (stage: string) => {
    const known = counts.get(stage) ?? { inTime: 0, late: 0, waiting: 0, missing: 0 };
    counts.set(stage, known);
    return known;
  };
  for (const stage of expected) of(stage);
  for (const { logged, late, waiting, missing } of orders) {
    for (const stage of logged) {
      if (late.includes(stage)) of(stage).late += 1;
      else of(stage).inTime += 1;
    }
    for (const stage of waiting) of(stage).waiting += 1;
    for (const stage of missing) of(stage).missing += 1;
  }
  return [...counts]
    .slice(0, MOST_STAGES)
    .map(([stage, numbers]) => ({ stage, isExpected: expected.includes(stage), ...numbers }));
}
