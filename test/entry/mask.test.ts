import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, MASKED } from '../../src/entry/mask.js';

const KEY = 'weex_9f8e7d6c5b4a';
const HARD = 'se"c\\r/et\n-é😀-abcdef';

const everyUnitEscaped = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

describe('mask of plain text', () => {
  const mask = createMask([KEY, HARD, 'bitcoin']);

  test.each([
    ['a long secret inside', `key ${KEY}!`, `key ${MASKED}!`],
    ['a long secret twice', `${KEY}${KEY}`, `${MASKED}${MASKED}`],
    ['a hard secret', `<${HARD}>`, `<${MASKED}>`],
    ['a short secret alone', 'bitcoin', MASKED],
    ['a short secret with spaces around', ' bitcoin\n', MASKED],
    ['a short secret inside stays', 'buy bitcoin now', 'buy bitcoin now'],
    [
      'a short secret as a value of JSON text',
      '{"pass": "bitcoin", "say": "buy bitcoin"}',
      `{"pass": "${MASKED}", "say": "buy bitcoin"}`,
    ],
    ['other text stays', 'buy', 'buy'],
  ])('%s', (_, given, expected) => {
    expect(mask.text(given)).toBe(expected);
  });
});

describe('mask of JSON text', () => {
  const mask = createMask([KEY, HARD, 'bitcoin']);

  test.each([
    ['a value', JSON.stringify({ a: KEY }), `{"a":"${MASKED}"}`],
    ['a part of a value', JSON.stringify({ a: `x ${KEY} y` }), `{"a":"x ${MASKED} y"}`],
    ['a key', JSON.stringify({ [KEY]: 1 }), `{"${MASKED}":1}`],
    ['quotes, backslashes and emoji', JSON.stringify({ a: HARD }), `{"a":"${MASKED}"}`],
    ['escapes that nobody needs', `{"a":"${everyUnitEscaped(KEY)}"}`, `{"a":"${MASKED}"}`],
    [
      'the same in capitals',
      `{"a":"${everyUnitEscaped(HARD).replace(/[a-f0-9]{4}/g, (hex) => hex.toUpperCase())}"}`,
      `{"a":"${MASKED}"}`,
    ],
    ['an escaped slash', JSON.stringify({ a: HARD }).replace('/', '\\/'), `{"a":"${MASKED}"}`],
    ['JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: HARD }) }), `{"a":"{\\"b\\":\\"${MASKED}\\"}"}`],
    [
      'JSON in JSON in JSON',
      JSON.stringify([JSON.stringify([JSON.stringify([HARD])])]),
      JSON.stringify([JSON.stringify([JSON.stringify([MASKED])])]),
    ],
    [
      'a short secret as the whole value',
      '{"a":"bitcoin","b":["bitcoin"]}',
      `{"a":"${MASKED}","b":["${MASKED}"]}`,
    ],
    ['a short secret with an escape', '{"a":"b\\u0069tcoin"}', `{"a":"${MASKED}"}`],
    [
      'a short secret as a value in JSON in JSON',
      JSON.stringify({ a: '{"b":"bitcoin"}' }),
      JSON.stringify({ a: `{"b":"${MASKED}"}` }),
    ],
    [
      'a short secret inside a value or as a key stays',
      '{"bitcoin":"buy bitcoin"}',
      '{"bitcoin":"buy bitcoin"}',
    ],
  ])('finds %s', (_, given, expected) => {
    expect(mask.json(given)).toBe(expected);
  });

  test('leaves every other character as it is', () => {
    const rest = '"id":596471064624628269,"id":1.10,"n":1e5,"t":"\\u0061\\/ \\ud800"';
    expect(mask.json(`{ ${rest}, "a" : "${KEY}" }`)).toBe(`{ ${rest}, "a" : "${MASKED}" }`);
    expect(mask.json(`{ ${rest} }`)).toBe(`{ ${rest} }`);
  });

  test('masks overlapping secrets whole', () => {
    const two = createMask(['abcdefghijkl', 'ghijklmnopqr', 'abcdefghijklmn']);
    expect(two.json('{"a":"-abcdefghijklmnopqr-"}')).toBe(`{"a":"-${MASKED}-"}`);
  });

  test('a secret that overlaps with itself is masked whole', () => {
    expect(createMask(['abcabcabcabc']).text('abcabcabcabcabc')).toBe(MASKED);
  });

  test('blank secrets mask nothing', () => {
    expect(createMask(['', '  ']).json('{"a":"","b":"  "}')).toBe('{"a":"","b":"  "}');
  });
});

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...strings(member)]);
};

test('no long secret is left, however it is spelled', () => {
  const unit = fc.constantFrom('"', '\\', '/', 'a', 'u', '0', '\n', 'é', '😀', '\u2028');
  const secret = fc.string({ unit, minLength: 12, maxLength: 20 }).filter((text) => text.trim().length >= 12);
  const spell = fc.constantFrom(
    (text: string) => JSON.stringify(text),
    (text: string) => JSON.stringify(text).replaceAll('/', '\\/'),
    (text: string) => `"${everyUnitEscaped(text)}"`,
    (text: string) => JSON.stringify(JSON.stringify({ text })),
  );
  fc.assert(
    fc.property(secret, spell, fc.string({ unit }), fc.string({ unit }), (given, spelled, before, after) => {
      const token = spelled(before + given + after);
      const masked = createMask([given]).json(`{${token}:1,"b":[${token}],"n":1.10}`);
      const parsed: unknown = JSON.parse(masked);
      for (const text of strings(parsed)) {
        expect(text).not.toContain(given.trim());
        expect(text).not.toContain(JSON.stringify(given.trim()).slice(1, -1));
      }
      expect(masked.endsWith(',"n":1.10}')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('text without a secret costs nearly nothing', () => {
  const mask = createMask([KEY, 'another-secret-value', 'passphrase']);
  const json = JSON.stringify({ prompt: 'The market is calm. '.repeat(100_000) });
  mask.json(json);
  const started = performance.now();
  for (let run = 0; run < 10; run += 1) mask.json(json);
  const masking = performance.now() - started;
  const parsingStarted = performance.now();
  for (let run = 0; run < 10; run += 1) JSON.parse(json);
  expect(masking).toBeLessThan(3 * (performance.now() - parsingStarted) + 20);
});

test('10 MB of backslashes end soon', () => {
  const mask = createMask([HARD]);
  const json = JSON.stringify({ a: '\\'.repeat(2_000_000), b: `\\u${'\\"'.repeat(1_000_000)}` });
  const started = performance.now();
  expect(mask.json(json)).toBe(json);
  expect(performance.now() - started).toBeLessThan(5_000);
});
