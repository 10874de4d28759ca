import { plainLine } from '../lib/plain-line';

/** Words for a value in a message. */
export type ShowValue = (value: unknown) => string;

const MAX_SHOWN_LENGTH = 80;

/** One that is shorter stands in half of all words: it is looked for as a whole value only. */
const SHORT_SECRET = 5;

/**
 * Shows values in messages, but none that holds one of `secrets`: people paste a key into the wrong place.
 * The list is read at each call and may grow. Case is ignored, for parts of a URL come in lower case.
 */
export function showValues(secrets: readonly string[]): ShowValue {
  const holdsSecret = (text: string): boolean => {
    const lower = text.toLowerCase();
    return secrets.some((secret) => {
      const hidden = secret.trim().toLowerCase();
      return hidden.length < SHORT_SECRET ? lower.trim() === hidden : lower.includes(hidden);
    });
  };
  const quoted = (text: string): string =>
    holdsSecret(text) || holdsSecret(plainLine(text, text.length))
      ? 'a value that is not shown because it holds a credential'
      : `"${plainLine(text, MAX_SHOWN_LENGTH)}"`;

  return (value) => {
    switch (typeof value) {
      case 'string':
        return quoted(value);
      case 'number':
      case 'bigint':
      case 'boolean':
        return holdsSecret(String(value)) ? quoted(String(value)) : String(value);
      case 'undefined':
        return 'nothing';
      case 'function':
        return 'a function';
      case 'symbol':
        return 'a symbol';
      case 'object':
        if (value === null) return 'null';
        return Array.isArray(value) ? 'a list' : 'an object';
    }
  };
}
