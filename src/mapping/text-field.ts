import { UNREADABLE } from './salvage-span';

/** The text of a field that should be text, and what was wrong with its value. */
export interface TextReading {
  readonly text: string | undefined;
  /** What came instead of text. */
  readonly cameAs: string | undefined;
}

const NOTHING: TextReading = { text: undefined, cameAs: undefined };

/** An array of words is joined; one of anything longer than this is not a name or a sentence. */
const LONGEST_LIST = 64;

/**
 * Reads text, and makes text of what plainly stands for it: a boolean, a bigint, a number that still has its
 * digits, an array of these.
 */
export function readText(value: unknown): TextReading {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value === 'string') return { text: filled(value), cameAs: undefined };
  if (Array.isArray(value)) {
    const words = value.length > LONGEST_LIST ? undefined : value.map(plainText);
    const text = words?.every((word) => word !== undefined) ? filled(words.join(', ')) : undefined;
    return { text, cameAs: 'an array' };
  }
  return { text: plainText(value), cameAs: nameOfType(value) };
}

const filled = (text: string): string | undefined => {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
};

function plainText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number':
      return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
        ? String(value)
        : undefined;
    default:
      return undefined;
  }
}

function nameOfType(value: unknown): string {
  if (value === UNREADABLE) return 'something that throws when it is read';
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? 'a number above 2^53' : 'a number';
    case 'object':
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
}
