import { fitMembers } from './cut-members';
import { cutLongestStrings } from './cut-strings';
import type { JsonRange } from './json-range';
import { membersOf } from './json-scan';

/** What is cut when a payload is too long; the other fields are short and stay. */
const CUT_KEYS = new Set(['"input"', '"output"']);

/**
 * A payload of at most `maxBytes` in UTF-8, by cutting inside `input` and `output` alone.
 *
 * The longest strings go first, each cut to the same length and marked at its end (`… [cut: 12 characters]`). Where
 * that is not enough, elements and keys go, with a marker in their place (`… [cut: 12 items]`, `"…": "[cut: 12
 * keys]"`). What is not cut keeps its very characters, the result is valid JSON, and input and output stay objects
 * that are not empty. Linear in the payload's length.
 *
 * Only a payload whose other fields alone are about as long as `maxBytes` stays longer.
 *
 * @param payloadJson valid JSON: an object with the keys `input` and `output`
 */
export function cutPayload(payloadJson: string, maxBytes: number): { payload: string; cut: boolean } {
  // A UTF-16 unit is at most three bytes, so most payloads need no count.
  if (payloadJson.length * 3 <= maxBytes) return { payload: payloadJson, cut: false };
  const bytes = Buffer.byteLength(payloadJson);
  if (bytes <= maxBytes) return { payload: payloadJson, cut: false };
  const ranges = cutRanges(payloadJson);
  const excess = bytes - maxBytes;
  // Strings that cannot give enough stay whole for the moment: elements have to go anyway and may make room for them.
  const payload = cutLongestStrings(payloadJson, ranges, excess) ?? fitMembers(payloadJson, ranges, excess);
  return { payload, cut: true };
}

function cutRanges(payloadJson: string): JsonRange[] {
  const ranges: JsonRange[] = [];
  for (const { keyStart, keyEnd, start, end } of membersOf(payloadJson, 0)) {
    if (CUT_KEYS.has(payloadJson.slice(keyStart, keyEnd))) ranges.push({ start, end });
  }
  return ranges;
}
