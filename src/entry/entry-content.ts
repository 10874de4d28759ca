import { isEmptyObject, isJsonObject, objectText, valueText } from './json-text';
import { parseExact, parseReadable } from './parse-exact';
import { serializeForAiLog } from './serialize';
import { stringifyExact } from './stringify-exact';

export type TextKey = 'prompt' | 'response';

/**
 * Input or output of an entry. What is read can always be written as JSON: an integer above 2^53 is its digits as
 * text. Where the text of an object was given, that very text goes on, with bare digits.
 */
export interface Content {
  /** The same value each time. */
  read(): unknown;
  /** The text of a JSON object; `undefined` when there is nothing. */
  json(textKey: TextKey): string | undefined;
  /** The text when a `redact` hook has put `value` in place of this; `undefined` when nothing stands for nothing. */
  replacedBy(value: unknown, textKey: TextKey): string | undefined;
}

/** Stands for what a `redact` hook took away whole. WEEX would refuse an empty object. */
const REDACTED = '{"redacted":true}';

/** Objects are copied at once, because the bot may change them later. */
export function contentOfValue(value: unknown): Content {
  const copy = typeof value === 'object' && value !== null ? serializeForAiLog(value) : value;
  return {
    read: () => copy,
    json: (textKey) => objectText(copy, textKey)?.json,
    replacedBy: (replacement, textKey) => objectText(replacement, textKey)?.json ?? REDACTED,
  };
}

/**
 * Parsed when someone looks. What the reader changes in the value is changed in the text.
 *
 * What is missing, and may still come from a call below, is shown as `{}`: hooks are written for objects.
 */
export function contentOfJson(text: string | undefined): Content {
  const isObject = text !== undefined && isJsonObject(text);
  let parsed: { readonly value: unknown } | undefined;
  const content: Content = {
    read() {
      parsed ??= { value: isObject ? parseReadable(text) : (text ?? {}) };
      return parsed.value;
    },
    json(textKey) {
      const isAsItWas = parsed === undefined || !isObject || isStill(parsed.value, text);
      return isAsItWas ? text : content.replacedBy(parsed?.value, textKey);
    },
    replacedBy(value, textKey) {
      if (text === undefined) {
        const json = objectText(value, textKey)?.json;
        return json === undefined || isEmptyObject(json) ? undefined : json;
      }
      const isNewObject = typeof value === 'object' && value !== null;
      if (!isObject || !isNewObject) return objectText(value, textKey)?.json ?? REDACTED;
      return valueText(withBareDigits(serializeForAiLog(value), parseExact(text)));
    },
  };
  return content;
}

function isStill(value: unknown, text: string): boolean {
  try {
    return stringifyExact(value) === stringifyExact(parseReadable(text));
  } catch {
    return false;
  }
}

/** Where `exact` has a bigint and `copy` its digits as text, `copy` gets the bigint: a number stays a number. */
function withBareDigits(copy: unknown, exact: unknown): unknown {
  if (typeof exact === 'bigint') return copy === String(exact) ? exact : copy;
  if (typeof copy !== 'object' || copy === null || typeof exact !== 'object' || exact === null) return copy;
  for (const key of Object.keys(copy)) {
    if (!Object.hasOwn(exact, key)) continue;
    const value = withBareDigits(Reflect.get(copy, key), Reflect.get(exact, key));
    // Defined, not assigned: the key may be `__proto__`.
    Object.defineProperty(copy, key, { value });
  }
  return copy;
}
