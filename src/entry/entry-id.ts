import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock';

const LARGEST_48_BITS = 2 ** 48 - 1;

/**
 * A new UUID version 7 (RFC 9562): 48 bits of milliseconds since 1970, then 74 random bits, so that ids sort by
 * the time they were made.
 */
export function newEntryId(clock: Clock): string {
  const millis = Math.min(Math.max(Math.trunc(clock.wallMillis()) || 0, 0), LARGEST_48_BITS);
  const time = millis.toString(16).padStart(12, '0');
  // A version 4 UUID has its random bits and its variant where version 7 has them; only what stands before differs.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
