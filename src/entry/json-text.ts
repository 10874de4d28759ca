import { isCutJson } from './json-cut';
import { serializeForAiLog } from './serialize';
import { stringifyExact } from './stringify-exact';
import { isWellFormed } from './well-formed';

export { parseExact } from './parse-exact';
export { stringifyExact } from './stringify-exact';

/** The text of a JSON object. */
export interface ObjectText {
  readonly json: string;
  /** It had been cut before it came here, by an attribute length limit. */
  readonly truncated: boolean;
}

/**
 * Turns what a span attribute or a caller holds into the text of a JSON object that is not empty, as WEEX wants
 * input and output. `undefined` when there is nothing: undefined, null, or blank text.
 *
 * Text that parses as JSON is JSON, and its very characters go on: numbers keep their digits, and double keys
 * stay. Only a lone surrogate becomes an escape, because it has no UTF-8.
 *
 * | given | result |
 * |---|---|
 * | text of an object | that text |
 * | text of an array, number, string, `true`, `false` or `null` | `{"value": that text}` |
 * | text of an object or array whose end is missing | `{"text": ..., "truncated": true}` |
 * | any other text | `{"prompt": ...}` or `{"response": ...}` |
 * | an object | its copy by `serializeForAiLog` |
 * | anything else, and what serializes to no object | `{"value": ...}` |
 * | an empty object, as text or value | `{"value": {}}`: WEEX refuses `{}`, and it is what the bot said |
 */
export function objectText(value: unknown, textKey: 'prompt' | 'response'): ObjectText | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return ofString(value.trim(), textKey);
  return { json: valueText(serializeForAiLog(value)), truncated: false };
}

/** The text of a JSON object that is not empty for a JSON value. */
export function valueText(value: unknown): string {
  const json = stringifyExact(value);
  return json.startsWith('{') && json !== '{}' ? json : `{"value":${json}}`;
}

function ofString(text: string, textKey: 'prompt' | 'response'): ObjectText | undefined {
  if (text === '') return undefined;
  if (isJsonObject(text)) {
    return { json: isEmptyObject(text) ? `{"value":{}}` : withoutLoneSurrogates(text), truncated: false };
  }
  if (isArrayOrScalar(text)) {
    return { json: `{"value":${withoutLoneSurrogates(text)}}`, truncated: false };
  }
  if ((text.startsWith('{') || text.startsWith('[')) && isCutJson(text)) {
    return { json: `{"text":${JSON.stringify(text)},"truncated":true}`, truncated: true };
  }
  return { json: `{"${textKey}":${JSON.stringify(text)}}`, truncated: false };
}

const NUMBER_OR_WORD = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;
const EMPTY_OBJECT = /^\{[ \n\r\t]*\}$/;
const EACH_LONE_SURROGATE = /\p{Surrogate}/gu;

/** `{}`, with or without space inside. Nearly all others begin with `{"`. */
export const isEmptyObject = (objectJson: string): boolean =>
  objectJson[1] !== '"' && EMPTY_OBJECT.test(objectJson);

/** A lone surrogate can stand in JSON only inside a string, so its escape may replace it anywhere. */
function withoutLoneSurrogates(json: string): string {
  if (isWellFormed(json)) return json;
  return json.replace(EACH_LONE_SURROGATE, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** Looks at both ends first: a prompt that is no JSON should not pay for a thrown SyntaxError. */
function isArrayOrScalar(text: string): boolean {
  const isBracketed = text.startsWith('[') ? text.endsWith(']') : text.startsWith('"') && text.endsWith('"');
  return isBracketed ? isJson(text) : NUMBER_OR_WORD.test(text);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Longer texts are parsed again rather than held. */
const LONGEST_HELD = 1_048_576;
const knownObjects: string[] = ['', '', '', ''];
let nextKnown = 0;

/**
 * Whether `text` is a JSON object, without space around it.
 *
 * An entry's input and output are checked when they are read and again when they are sealed, and parsing is the
 * most expensive step between: the last few texts that were found right are remembered.
 */
export function isJsonObject(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  if (knownObjects.includes(text)) return true;
  if (!isJson(text)) return false;
  if (text.length <= LONGEST_HELD) {
    knownObjects[nextKnown] = text;
    nextKnown = (nextKnown + 1) % knownObjects.length;
  }
  return true;
}
