const EXPECTED = 'a time such as 2026-05-01 or 2026-05-01T12:00:00Z';

type TimeReading =
  | { readonly kind: 'read'; readonly millis: number | undefined }
  | { readonly kind: 'wrong'; readonly problem: string };

export type PeriodReading =
  | {
      readonly kind: 'read';
      readonly sinceMillis: number | undefined;
      readonly untilMillis: number | undefined;
    }
  | { readonly kind: 'wrong'; readonly problem: string };

/** The values of `--since` and `--until`. */
export function readPeriod(line: { text(option: string): string | undefined }): PeriodReading {
  const since = readTime('since', line.text('since'));
  if (since.kind === 'wrong') return since;
  const until = readTime('until', line.text('until'));
  if (until.kind === 'wrong') return until;
  return { kind: 'read', sinceMillis: since.millis, untilMillis: until.millis };
}

/** A day alone is its beginning, UTC. */
function readTime(name: string, text: string | undefined): TimeReading {
  if (text === undefined) return { kind: 'read', millis: undefined };
  const millis = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis)
    ? { kind: 'wrong', problem: `expected --${name} to be ${EXPECTED}, got "${text}"` }
    : { kind: 'read', millis };
}
