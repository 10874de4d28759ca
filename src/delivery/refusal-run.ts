import type { Words } from './classify';

const SAME_UNKNOWN = 3;
const OF_ANY_KIND = 20;

/** Refusals without an acceptance between them. */
export interface RefusalRun {
  readonly count: number;
  readonly code: string;
  /** How many of the last ones had this one code, which is not in the table; 0 for a known one. */
  readonly sameUnknown: number;
}

export const NO_REFUSALS: RefusalRun = { count: 0, code: '', sameUnknown: 0 };

export function withRefusal(run: RefusalRun, words: Words, known: boolean): RefusalRun {
  const code = words.weexCode ?? `HTTP ${words.httpStatus}`;
  const sameUnknown = known ? 0 : 1 + (code === run.code ? run.sameUnknown : 0);
  return { count: run.count + 1, code, sameUnknown };
}

/**
 * How many refusals there were once it is likely that they are about the account and not about the entries: 3
 * in a row with one unknown code, or 20 of any kind. `undefined` before.
 */
export function suspicious(run: RefusalRun): number | undefined {
  if (run.sameUnknown >= SAME_UNKNOWN) return run.sameUnknown;
  return run.count >= OF_ANY_KIND ? run.count : undefined;
}
