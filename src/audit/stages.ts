import type { AuditedOrder, Credit } from './audit';
import { PUNCTUAL_MILLIS } from './entry-facts';

/** These show what was done, and not that an AI decided it. */
const NO_DECISIONS: ReadonlySet<string> = new Set(['Execution', 'Risk Assessment']);
const DECISION = 'Decision Making';

type Standing = Pick<AuditedOrder, 'logged' | 'late' | 'rejected' | 'waiting'>;

/** Stages by the best that one of their logs came to. */
export function standingOf(credits: readonly Credit[]): Standing {
  const stages = [...new Set(credits.map(({ entry }) => entry.stage))];
  const has = (stage: string, test: (credit: Credit) => boolean): boolean =>
    credits.some((credit) => credit.entry.stage === stage && test(credit));
  const accepted = (stage: string): boolean => has(stage, ({ entry }) => entry.state === 'delivered');
  const waits = (stage: string): boolean => has(stage, ({ timeliness }) => timeliness === 'waiting');
  const open = stages.filter((stage) => !accepted(stage));
  return {
    logged: stages.filter(accepted),
    late: stages.filter(
      (stage) => accepted(stage) && !has(stage, ({ timeliness }) => timeliness === 'in-time'),
    ),
    waiting: open.filter(waits),
    rejected: open.filter(
      (stage) =>
        !waits(stage) && has(stage, ({ entry }) => entry.state === 'rejected' || entry.state === 'invalid'),
    ),
  };
}

/**
 * What an order has to show without an instruction: the stages that more than half of the orders with logs have. An
 * order without any of them would otherwise set the measure for all.
 */
export function expectedOf(orders: readonly (readonly Credit[])[]): readonly string[] {
  const counts = new Map<string, number>();
  let withLogs = 0;
  for (const credits of orders) {
    const stages = new Set(
      credits.filter(({ entry }) => entry.state !== 'skipped').map(({ entry }) => entry.stage),
    );
    if (stages.size === 0) continue;
    withLogs += 1;
    for (const stage of stages) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  const usual = [...counts].filter(([, count]) => count * 2 > withLogs).map(([stage]) => stage);
  return usual.some((stage) => !NO_DECISIONS.has(stage)) ? usual : [DECISION, ...usual];
}

/**
 * Expected stages that no accepted log shows and that are not about to be sent; and stages that were logged and whose
 * log did not arrive. What has no log yet may still come in the first minute after the order's newest log.
 */
export function missingOf(
  credits: readonly Credit[],
  standing: Standing,
  expected: readonly string[],
  nowMillis: number,
): Pick<AuditedOrder, 'missing' | 'waiting'> {
  const failed = credits
    .filter(({ entry }) => entry.state !== 'skipped' && entry.state !== 'settled')
    .map(({ entry }) => entry.stage);
  const shown = new Set([...standing.logged, ...standing.waiting]);
  const open = [...new Set([...expected, ...failed])].filter((stage) => !shown.has(stage));
  const newest = Math.max(...credits.map(({ entry }) => entry.endedMillis));
  const mayCome = nowMillis - newest <= PUNCTUAL_MILLIS;
  const awaited = mayCome ? open.filter((stage) => !failed.includes(stage)) : [];
  return {
    missing: open.filter((stage) => !awaited.includes(stage)),
    waiting: [...standing.waiting, ...awaited],
  };
}
