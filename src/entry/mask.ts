import { skipSpace, stringEnd } from './json-scan';
import { isJson } from './json-text';

/** Keeps our own credentials out of everything that is written or sent. */
export interface Mask {
  /** Plain text. */
  text(text: string): string;
  /** JSON text: works on its strings, keys too, and leaves every other character as it is. */
  json(json: string): string;
}

/** What stands where a secret was. */
export const MASKED = '[masked]';

/** A shorter secret may be a word (`bitcoin`): masking it inside a text would rewrite prompts. */
const SHORTEST_MASKED_INSIDE = 12;

/** JSON inside a string of JSON, as in a tool call's arguments, is escaped once more; so far is looked. */
const DEEPEST_NESTING = 3;
const MOST_BACKSLASHES = 2 ** DEEPEST_NESTING;

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The secret as JSON.stringify writes it: once, and again for JSON inside a string of JSON. */
function stringified(secret: string): string[] {
  const forms = [escaped(secret)];
  while (forms.length < DEEPEST_NESTING) forms.push(escaped(forms.at(-1) ?? ''));
  return [...new Set(forms)];
}

const asPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const LETTER_ESCAPES: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

/** Finds a secret with each of its characters as itself or as any escape that JSON has for it. */
function anySpelling(secret: string): RegExp {
  const backslashes = `\\\\{1,${MOST_BACKSLASHES}}`;
  const units = secret.split('').map((unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
    const digits = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    const itself =
      unit === '\\' ? backslashes : `${/["/]/.test(unit) ? `\\\\{0,${MOST_BACKSLASHES}}` : ''}\\u${hex}`;
    const letter = LETTER_ESCAPES[unit];
    return `(?:${itself}|${backslashes}u${digits}${letter === undefined ? '' : `|${backslashes}${letter}`})`;
  });
  return new RegExp(units.join(''), 'g');
}

/**
 * A mask for these secrets; blank ones are ignored.
 *
 * A secret of 12 characters or more is found anywhere in a text, whichever way JSON escapes it and also inside
 * JSON text that is itself a JSON string. A shorter one only where it is a whole string value.
 */
export function createMask(secrets: readonly string[]): Mask {
  const given = [...new Set(secrets.map((secret) => secret.trim()).filter((secret) => secret !== ''))];
  const long = given.filter((secret) => secret.length >= SHORTEST_MASKED_INSIDE);
  const short = given.filter((secret) => secret.length < SHORTEST_MASKED_INSIDE);
  const forms = given.flatMap(stringified);
  const plainForms = forms.filter((form) => !form.includes('\\'));
  // Without these two escapes a string has one spelling in JSON, and looking for that is enough.
  const formsOrEscapes = new RegExp(['\\\\[u/]', ...forms.map(asPattern)].join('|'));
  // Several times faster than the expression, but blind to escapes.
  const mayHoldSecret = (json: string): boolean =>
    json.includes('\\') ? formsOrEscapes.test(json) : plainForms.some((form) => json.includes(form));
  const spellings = long.map(anySpelling);

  const inside = (value: string): string => {
    // Without a backslash a secret can only stand there as it is, and plain search is many times faster.
    const mayHold = value.includes('\\') || long.some((secret) => value.includes(secret));
    return mayHold ? maskInside(value, spellings) : value;
  };
  const text = (value: string, nesting = DEEPEST_NESTING): string => {
    if (short.includes(value.trim())) return MASKED;
    const masked = inside(value);
    const mayHoldShort =
      nesting > 0 && /^\s*[[{]/.test(masked) && short.some((secret) => masked.includes(secret));
    return mayHoldShort && isJson(masked) ? mapStrings(masked, maskString(nesting - 1)) : masked;
  };
  const maskString =
    (nesting: number) =>
    (token: string, isKey: boolean): string => {
      const content = token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);
      const masked = isKey ? inside(content) : text(content, nesting);
      return masked === content ? token : JSON.stringify(masked);
    };

  return {
    text: (value) => text(value),
    json(json) {
      return given.length > 0 && mayHoldSecret(json) ? mapStrings(json, maskString(DEEPEST_NESTING)) : json;
    },
  };
}

/** Replaces each run of overlapping occurrences, so that no part of a secret stays beside another's mark. */
function maskInside(text: string, secrets: readonly RegExp[]): string {
  const found: [start: number, end: number][] = [];
  for (const secret of secrets) {
    secret.lastIndex = 0;
    for (let match = secret.exec(text); match !== null; match = secret.exec(text)) {
      found.push([match.index, secret.lastIndex]);
      // A secret may overlap with itself.
      secret.lastIndex = match.index + 1;
    }
  }
  if (found.length === 0) return text;
  found.sort((a, b) => a[0] - b[0]);
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of found) {
    if (start >= done) parts.push(text.slice(done, start), MASKED);
    done = Math.max(done, end);
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function mapStrings(json: string, change: (token: string, isKey: boolean) => string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let open = json.indexOf('"'); open !== -1; ) {
    const end = stringEnd(json, open);
    const token = json.slice(open, end);
    const changed = change(token, json[skipSpace(json, end)] === ':');
    if (changed !== token) {
      parts.push(json.slice(copied, open), changed);
      copied = end;
    }
    open = json.indexOf('"', end);
  }
  if (copied === 0) return json;
  parts.push(json.slice(copied));
  return parts.join('');
}
