import { createHash } from 'node:crypto';
import { Recent } from '../lib/recent';

/** Most different decisions that one window tells apart; beyond it a repeat may be sent, never a first one lost. */
const CAPACITY = 10_000;

/** Says whether an entry without an order says again what was said in the current window. */
export type Repeats = (parts: readonly (string | undefined)[], nowMillis: number) => boolean;

/** The window is fixed: it begins with the first of its kind, and a repeat does not prolong it. */
export function createRepeats(windowMillis: number): Repeats {
  const firsts = new Recent<number>(CAPACITY);
  return (parts, nowMillis) => {
    const key = digestOf(parts);
    const since = firsts.get(key);
    if (since !== undefined && nowMillis - since < windowMillis) return true;
    firsts.set(key, nowMillis);
    return false;
  };
}

/** A text that stands for texts of any length. */
export const digestOf = (parts: readonly (string | undefined)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('base64');
