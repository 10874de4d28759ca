import { isJsonObject, objectText, valueText } from './json-text';
import { parseExact } from './parse-exact';
import { serialize } from './serialize';
import { stringifyExact } from './stringify-exact';

export type TextKey = 'prompt' | 'response';

/** Input or output of an entry: a value of the bot's, or JSON text that is parsed when someone looks. */
export interface Content {
  /** The same value each time. */
  read(): unknown;
  /** The text of a JSON object; `undefined` when there is nothing. */
  json(textKey: TextKey): string | undefined;
}

/** Stands for what a `redact` hook took away whole. WEEX would refuse an empty object. */
const REDACTED = '{"redacted":true}';

/** Objects are copied at once, because the bot may change them later. */
export function contentOfValue(value: unknown): Content {
  const copy = typeof value === 'object' && value !== null ? serialize(value, 'bigint') : value;
  return { read: () => copy, json: (textKey) => objectText(copy, textKey)?.json };
}

/** Integers above 2^53 are read as bigints. What a reader changes in the value is changed in the text. */
export function contentOfJson(text: string | undefined): Content {
  let parsed: { readonly value: unknown } | undefined;
  return {
    read() {
      parsed ??= { value: text !== undefined && isJsonObject(text) ? parseExact(text) : text };
      return parsed.value;
    },
    json: (textKey) =>
      parsed === undefined || text === undefined || isStill(parsed.value, text)
        ? text
        : jsonOfReplacement(parsed.value, textKey),
  };
}

/** The text for a value that a `redact` hook put in place of input or output. */
export function jsonOfReplacement(value: unknown, textKey: TextKey): string {
  if (typeof value === 'object' && value !== null) return valueText(value, 'bigint');
  return objectText(value, textKey)?.json ?? REDACTED;
}

function isStill(value: unknown, text: string): boolean {
  if (typeof value !== 'object') return value === text;
  try {
    return stringifyExact(value) === stringifyExact(parseExact(text));
  } catch {
    return false;
  }
}
