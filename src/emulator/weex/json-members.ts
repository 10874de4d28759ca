/** The exact text of one member's value in a JSON object, and how often its name occurs. */
export interface JsonMember {
  readonly name: string;
  readonly text: string;
}

const STRUCTURAL = /["{}[\]]/g;
const WHITESPACE = /[ \t\r\n]*/y;
const SCALAR = /[^,}\] \t\r\n]*/y;

/**
 * The members of a JSON object as text, in order and with repetitions.
 *
 * `JSON.parse` alone will not do: it changes order ids above 2^53, and it hides a name that occurs twice.
 * The text must be valid JSON with an object at the top: parse it first.
 */
export function jsonMembers(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = skipWhitespace(json, json.indexOf('{') + 1);
  while (json[at] === '"') {
    const nameEnd = endOfString(json, at);
    const name: unknown = JSON.parse(json.slice(at, nameEnd));
    const start = skipWhitespace(json, json.indexOf(':', nameEnd) + 1);
    const end = endOfValue(json, start);
    members.push({ name: String(name), text: json.slice(start, end) });
    at = skipWhitespace(json, end);
    if (json[at] === ',') at = skipWhitespace(json, at + 1);
  }
  return members;
}

function skipWhitespace(json: string, from: number): number {
  WHITESPACE.lastIndex = from;
  WHITESPACE.test(json);
  return WHITESPACE.lastIndex;
}

/** Position after the closing quote. Finds quotes with `indexOf`: one expression would exhaust the regexp stack on long texts. */
function endOfString(json: string, start: number): number {
  let quote = json.indexOf('"', start + 1);
  while (quote !== -1) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = json.indexOf('"', quote + 1);
  }
  return json.length;
}

function endOfValue(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfString(json, start);
  if (first !== '{' && first !== '[') {
    SCALAR.lastIndex = start;
    SCALAR.test(json);
    return SCALAR.lastIndex;
  }
  let depth = 0;
  let at = start;
  for (;;) {
    STRUCTURAL.lastIndex = at;
    const found = STRUCTURAL.exec(json);
    if (found === null) return json.length;
    if (found[0] === '"') {
      at = endOfString(json, found.index);
      continue;
    }
    depth += found[0] === '{' || found[0] === '[' ? 1 : -1;
    at = found.index + 1;
    if (depth === 0) return at;
  }
}
