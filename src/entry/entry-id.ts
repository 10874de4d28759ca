import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock';

const LARGEST_48_BITS = 2 ** 48 - 1;

/** What the ids of one millisecond have in common. */
let beginning = { millis: -1, text: '' };

/**
 * A new UUID version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits, so that ids sort by
 * the time they were made.
 */
export function newEntryId(clock: Clock): string {
  const millis = Math.min(Math.max(Math.trunc(clock.wallMillis()) || 0, 0), LARGEST_48_BITS);
  if (millis !== beginning.millis) {
    const time = millis.toString(16).padStart(12, '0');
    beginning = { millis, text: `${time.slice(0, 8)}-${time.slice(8)}-7` };
  }
  // A version 4 UUID has its random bits and its variant where version 7 has them; only what stands before differs.
  return beginning.text + randomUUID().slice(15);
}
