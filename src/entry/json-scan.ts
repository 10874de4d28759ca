/**
 * Steps over JSON text without parsing it, so that numbers keep their digits and strings their very characters.
 *
 * Every function here takes *valid* JSON and is linear and iterative: depth costs no stack.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

export function skipSpace(json: string, from: number): number {
  let at = from;
  while (isSpace(json.charCodeAt(at))) at += 1;
  return at;
}

/** The index after the closing quote of the string that opens at `open`. */
export function stringEnd(json: string, open: number): number {
  let quote = json.indexOf('"', open + 1);
  while (quote !== -1) {
    let before = quote - 1;
    while (json.charCodeAt(before) === BACKSLASH) before -= 1;
    // An even run of backslashes escapes itself and leaves the quote alone.
    if ((quote - before) % 2 === 1) return quote + 1;
    quote = json.indexOf('"', quote + 1);
  }
  return json.length;
}

/** The index after the value that begins at `from` (no space before it). */
export function valueEnd(json: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < json.length) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = stringEnd(json, at);
        if (depth === 0) return at;
        continue;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        // A scalar ends where its container does.
        if (depth === 0) return trimEnd(json, from, at);
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case COMMA:
        if (depth === 0) return trimEnd(json, from, at);
        break;
    }
    at += 1;
  }
  return trimEnd(json, from, json.length);
}

function trimEnd(json: string, from: number, end: number): number {
  let at = end;
  while (at > from && isSpace(json.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** One member of an object, or one element of an array (`keyStart` and `keyEnd` are then the value's start). */
export interface JsonMember {
  /** Where the key begins, its quotes included. */
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The members of the object or array that opens at `open`, in order.
 *
 * @param endOf where a value ends, for a caller who knows better than to scan it again
 */
export function* membersOf(
  json: string,
  open: number,
  endOf: (json: string, from: number) => number = valueEnd,
): Generator<JsonMember> {
  const isObject = json.charCodeAt(open) === OPEN_BRACE;
  let at = skipSpace(json, open + 1);
  const first = json.charCodeAt(at);
  if (first === CLOSE_BRACE || first === CLOSE_BRACKET) return;
  while (at < json.length) {
    const keyStart = at;
    let keyEnd = at;
    if (isObject) {
      keyEnd = stringEnd(json, at);
      at = skipSpace(json, keyEnd);
      if (json.charCodeAt(at) === COLON) at = skipSpace(json, at + 1);
    }
    const end = endOf(json, at);
    yield { keyStart, keyEnd, start: at, end };
    at = skipSpace(json, end);
    if (json.charCodeAt(at) !== COMMA) return;
    at = skipSpace(json, at + 1);
  }
}
