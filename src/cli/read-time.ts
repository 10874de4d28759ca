const EXPECTED = 'a time such as 2026-05-01 or 2026-05-01T12:00:00Z';

export type TimeReading =
  | { readonly kind: 'read'; readonly millis: number | undefined }
  | { readonly kind: 'wrong'; readonly problem: string };

/** The value of `--since` or `--until`. A day alone is its beginning, UTC. */
export function readTime(name: string, text: string | undefined): TimeReading {
  if (text === undefined) return { kind: 'read', millis: undefined };
  const millis = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis)
    ? { kind: 'wrong', problem: `expected --${name} to be ${EXPECTED}, got "${text}"` }
    : { kind: 'read', millis };
}
