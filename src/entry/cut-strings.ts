import { type JsonRange, replaceRanges, waterLevel } from './json-range';
import { skipSpace, stringEnd } from './json-scan';

/** Cutting a string to less than this would leave little but its marker. */
const SHORTEST_CUT_BYTES = 64;

const MARKER = /… \[cut: (\d+) characters\]$/;

/**
 * Cuts the longest string values inside `ranges`, all to one length, so that the whole gets `excessBytes` shorter.
 * Keys are not cut. `undefined` when strings cannot give that much.
 */
export function cutLongestStrings(
  json: string,
  ranges: readonly JsonRange[],
  excessBytes: number,
): string | undefined {
  const tokens = ranges.flatMap((range) => longStrings(json, range));
  const sizes = tokens.map(({ start, end }) => Buffer.byteLength(json.slice(start, end)));
  const most = sizes.reduce((sum, size) => sum + Math.max(0, size - SHORTEST_CUT_BYTES), 0);
  if (most < excessBytes) return undefined;
  const level = waterLevel(sizes, excessBytes, SHORTEST_CUT_BYTES);
  const cut = tokens.filter((_, index) => (sizes[index] ?? 0) > level);
  return replaceRanges(
    json,
    cut,
    cut.map((token) => cutString(json, token, level)),
  );
}

function longStrings(json: string, { start, end }: JsonRange): JsonRange[] {
  const found: JsonRange[] = [];
  for (let open = json.indexOf('"', start); open !== -1 && open < end; ) {
    const close = stringEnd(json, open);
    // A UTF-16 unit is up to three bytes.
    const isLong = (close - open) * 3 > SHORTEST_CUT_BYTES;
    if (isLong && json[skipSpace(json, close)] !== ':') found.push({ start: open, end: close });
    open = json.indexOf('"', close);
  }
  return found;
}

/**
 * The JSON string of at most `mostBytes` that begins like the one at `token` and ends with a marker. No escape and no
 * surrogate pair is parted, written out or escaped.
 */
export function cutString(json: string, token: JsonRange, mostBytes: number): string {
  const most = mostBytes - 2 - Buffer.byteLength(markerFor(token.end - token.start));
  const last = token.end - 1;
  let at = token.start + 1;
  let bytes = 0;
  while (at < last) {
    const [units, size] = nextCharacter(json, at);
    if (bytes + size > most) break;
    at += units;
    bytes += size;
  }
  const rest = String(JSON.parse(`"${json.slice(at, last)}"`));
  // What was cut before and is cut again is counted once.
  const before = MARKER.exec(rest.slice(-40));
  const cut = before === null ? rest.length : rest.length - before[0].length + Number(before[1]);
  return `"${json.slice(token.start + 1, at)}${markerFor(cut)}"`;
}

const markerFor = (cut: number): string => `… [cut: ${cut} characters]`;

const HIGH_ESCAPE = /^\\u[dD][89abAB]/;
const LOW_ESCAPE = /^\\u[dD][c-fC-F]/;

/** How many UTF-16 units of JSON text and how many bytes the character at `at` takes. */
function nextCharacter(json: string, at: number): [units: number, bytes: number] {
  const code = json.charCodeAt(at);
  if (code === 0x5c) {
    if (json[at + 1] !== 'u') return [2, 2];
    const isPair = HIGH_ESCAPE.test(json.slice(at, at + 4)) && LOW_ESCAPE.test(json.slice(at + 6, at + 10));
    return isPair ? [12, 12] : [6, 6];
  }
  if (code < 0x80) return [1, 1];
  if (code < 0x800) return [1, 2];
  return (json.codePointAt(at) ?? 0) > 0xffff ? [2, 4] : [1, 3];
}
