/** What is wrong with a value. */
export interface Problem {
  /** What should have come, in words that follow "expected". */
  readonly expected: string;
  /** What came, where it may be shown. */
  readonly got?: unknown;
  /** What to do, as a sentence without its end. */
  readonly hint?: string | undefined;
}

/** A value or none, and what was wrong: a list may lose bad items and keep the others. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly kind: 'nothing'; readonly problems: readonly Problem[] };

/** Reads one setting, given in code or as a variable's text (trimmed, never empty). */
export interface Parser<T> {
  fromCode(value: unknown): Parsed<T>;
  fromText(text: string): Parsed<T>;
}

/** Empty means unset, in code too: `apiKey: config.key ?? ''` is how bots are written. */
export const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

export const valid = <T>(value: T): Parsed<T> => ({ kind: 'value', value, problems: [] });

/** `got` is left out where it must not be shown. */
export const invalid = (expected: string, ...got: [] | [unknown]): Parsed<never> => ({
  kind: 'nothing',
  problems: [got.length === 0 ? { expected } : { expected, got: got[0] }],
});

/** The same rule for text in code and in a variable. */
export function text<T>(parse: (text: string) => Parsed<T>, expected: string): Parser<T> {
  return {
    fromCode: (value) => (typeof value === 'string' ? parse(value) : invalid(expected, value)),
    fromText: parse,
  };
}

export const pattern = (allowed: RegExp, expected: string): Parser<string> =>
  text((value) => (allowed.test(value) ? valid(value) : invalid(expected, value)), expected);

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Said in messages, such as `milliseconds`. */
  readonly unit: string;
}

export function wholeNumber({ min, max, unit }: NumberRange): Parser<number> {
  const expected = `a whole number of ${unit} from ${min} to ${max}`;
  const check = (value: number, got: unknown): Parsed<number> =>
    Number.isSafeInteger(value) && value >= min && value <= max ? valid(value) : invalid(expected, got);
  return {
    fromCode: (value) => (typeof value === 'number' ? check(value, value) : invalid(expected, value)),
    fromText: (raw) => (/^\d+$/.test(raw) ? check(Number(raw), raw) : invalid(expected, raw)),
  };
}

/** 0 stands for the most: the specification has it mean "no limit", and everything here has one. */
export function wholeNumberOrMost(range: Omit<NumberRange, 'min'>): Parser<number> {
  const parser = wholeNumber({ ...range, min: 0 });
  const most = (parsed: Parsed<number>): Parsed<number> =>
    parsed.kind === 'value' && parsed.value === 0 ? valid(range.max) : parsed;
  return {
    fromCode: (value) => most(parser.fromCode(value)),
    fromText: (raw) => most(parser.fromText(raw)),
  };
}

export function decimalNumber({ min, max, unit }: NumberRange): Parser<number> {
  const expected = `a number of ${unit} from ${min} to ${max}`;
  const check = (value: number, got: unknown): Parsed<number> =>
    value >= min && value <= max ? valid(value) : invalid(expected, got);
  return {
    fromCode: (value) => (typeof value === 'number' ? check(value, value) : invalid(expected, value)),
    fromText: (raw) => (/^\d+(\.\d+)?$/.test(raw) ? check(Number(raw), raw) : invalid(expected, raw)),
  };
}

/** One of some words; in a variable in any case, as the specification asks. */
export function choice<const T extends string>(words: readonly T[]): Parser<T> {
  const expected = `one of ${words.map((word) => `"${word}"`).join(', ')}`;
  const pick = (word: unknown, got: unknown): Parsed<T> => {
    const found = words.find((candidate) => candidate === word);
    return found === undefined ? invalid(expected, got) : valid(found);
  };
  return { fromCode: (value) => pick(value, value), fromText: (raw) => pick(raw.toLowerCase(), raw) };
}

/** As the specification has it: only "true", in any case, is true. */
export const flag: Parser<boolean> = {
  fromCode: (value) => (typeof value === 'boolean' ? valid(value) : invalid('true or false', value)),
  fromText(raw) {
    switch (raw.toLowerCase()) {
      case 'true':
        return valid(true);
      case 'false':
        return valid(false);
    }
    return invalid('"true" or "false"', raw);
  },
};

/** A function or an object that is used as it is; cannot come from a variable. */
export const given = <T>(
  accepts: (value: unknown) => value is T,
  expected: string,
): Parser<T | undefined> => ({
  fromCode: (value) => (accepts(value) ? valid(value) : invalid(expected, value)),
  fromText: () => invalid(`${expected} in code`),
});

/** Items in code, or in one text with commas between them; trimmed, without empty ones. */
export function list<T>(parseItem: (item: string) => Parsed<T>, expected: string): Parser<readonly T[]> {
  const parseItems = (items: readonly unknown[]): Parsed<readonly T[]> => {
    const values: T[] = [];
    const problems: Problem[] = [];
    for (const item of items) {
      const trimmed = typeof item === 'string' ? item.trim() : item;
      if (trimmed === '') continue;
      const parsed = typeof trimmed === 'string' ? parseItem(trimmed) : invalid(expected, trimmed);
      if (parsed.kind === 'value') values.push(parsed.value);
      problems.push(...parsed.problems);
    }
    if (values.length === 0 && problems.length > 0) return { kind: 'nothing', problems };
    return { kind: 'value', value: Object.freeze(values), problems };
  };
  const fromText = (raw: string): Parsed<readonly T[]> => parseItems(raw.split(','));
  return {
    fromText,
    fromCode(value) {
      if (typeof value === 'string') return fromText(value);
      return Array.isArray(value) ? parseItems(value) : invalid(`a list of ${expected}`, value);
    },
  };
}
