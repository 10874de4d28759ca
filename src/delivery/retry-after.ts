/** A page of a proxy may ask for a day; by then the competition is over, and one careful try does no harm. */
const LONGEST_MILLIS = 15 * 60_000;

/**
 * How long `Retry-After` asks us to wait: seconds, or an HTTP date, which is measured against the answer's own
 * `Date` since our clock may be off. `undefined` without a readable header.
 */
export function retryAfterMillis(
  headers: { readonly date?: string; readonly 'retry-after'?: string },
  wallMillis: number,
): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1_000), LONGEST_MILLIS);
  // Date.parse makes a year of "-5", and a date of much else.
  const until = /^[a-z]{3,9},? .*\d\d:\d\d/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  const answered = headers.date === undefined ? Number.NaN : Date.parse(headers.date);
  const wait = until - (Number.isNaN(answered) ? wallMillis : answered);
  return Math.min(Math.max(wait, 0), LONGEST_MILLIS);
}
