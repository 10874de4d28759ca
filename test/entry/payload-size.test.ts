import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPayload } from '../../src/entry/payload-size.js';

const STAGE = '"stage":"Decision Making","model":"m-1.10"';
const EXPLANATION = '"explanation":"because 1e5"';

const payloadOf = (input: unknown, output: unknown): string =>
  `{${STAGE},"input":${JSON.stringify(input)},"output":${JSON.stringify(output)},${EXPLANATION}}`;

interface Parsed {
  readonly input: Record<string, unknown>;
  readonly output: Record<string, unknown>;
}

/** Cuts, and checks what holds for every cut. */
function cutAndCheck(payload: string, maxBytes: number): Parsed & { readonly payload: string } {
  const result = cutPayload(payload, maxBytes);
  expect(Buffer.byteLength(result.payload)).toBeLessThanOrEqual(maxBytes);
  expect(result.payload.startsWith(`{${STAGE},"input":{`)).toBe(true);
  expect(result.payload.endsWith(`},${EXPLANATION}}`)).toBe(true);
  expect(Buffer.from(result.payload).toString()).toBe(result.payload);
  const parsed: Parsed = JSON.parse(result.payload);
  expect(Object.keys(parsed.input).length).toBeGreaterThan(0);
  expect(Object.keys(parsed.output).length).toBeGreaterThan(0);
  if (!result.cut) expect(result.payload).toBe(payload);
  // Leaving out the space between members can be enough, and then there is nothing to mark.
  else if (!/[ \n]"/.test(payload)) expect(result.payload).toContain('[cut: ');
  return { ...parsed, payload: result.payload };
}

const candles = (count: number): number[][] =>
  Array.from({ length: count }, (_, at) => [1_700_000_000 + at, 44950.5]);

describe('cutPayload', () => {
  test('a payload that fits stays as it is, to the byte', () => {
    const payload = payloadOf({ a: 'é'.repeat(50) }, { b: 1 });
    expect(cutPayload(payload, Buffer.byteLength(payload))).toStrictEqual({ payload, cut: false });
    expect(cutPayload(payload, Buffer.byteLength(payload) - 1).cut).toBe(true);
  });

  test('the longest strings are cut first, and say how much is missing', () => {
    const { input, output, payload } = cutAndCheck(
      payloadOf(
        { system: 'a'.repeat(5_000), user: 'b'.repeat(900) },
        { answer: 'c'.repeat(3_000), side: 'BUY' },
      ),
      3_000,
    );
    expect(output['side']).toBe('BUY');
    expect(input['user']).toBe('b'.repeat(900));
    const kept = /^a+/.exec(String(input['system']))?.[0].length ?? 0;
    expect(input['system']).toBe(`${'a'.repeat(kept)}… [cut: ${5_000 - kept} characters]`);
    expect(String(output['answer']).length).toBe(String(input['system']).length);
    expect(Buffer.byteLength(payload)).toBeGreaterThan(2_990);
  });

  test('numbers and untouched strings keep their very characters', () => {
    const rest = '"id":596471064624628269,"id":1.10,"e":1E5,"s":"\\u0061\\/"';
    const payload = `{${STAGE},"input":{${rest},"text":"${'x'.repeat(9_000)}"},"output":{"ok" : true},${EXPLANATION}}`;
    const { payload: cut } = cutAndCheck(payload, 1_000);
    expect(cut).toContain(rest);
    expect(cut).toContain('{"ok" : true}');
  });

  test.each([
    ['escapes', '\\"\\n\\u0041'],
    ['escaped surrogate pairs', '\\ud83d\\ude00'],
    ['emoji', '😀'],
    ['letters of two and three bytes', 'é€'],
    ['backslashes', '\\\\'],
  ])('no character is parted: %s', (_, unit) => {
    const text: string = JSON.parse(`"${unit.repeat(2_000)}"`);
    for (let maxBytes = 400; maxBytes < 420; maxBytes += 1) {
      const payload = `{${STAGE},"input":{"a":"${unit.repeat(2_000)}"},"output":{"b":1},${EXPLANATION}}`;
      const [, kept = '', cut] =
        /^(.*)… \[cut: (\d+) characters\]$/s.exec(String(cutAndCheck(payload, maxBytes).input['a'])) ?? [];
      expect(text.startsWith(kept)).toBe(true);
      expect(kept).not.toMatch(/\p{Surrogate}/u);
      expect(kept.length + Number(cut)).toBe(text.length);
    }
  });

  test('what is cut twice is counted once', () => {
    const once = cutAndCheck(payloadOf({ a: 'x'.repeat(10_000) }, { b: 1 }), 4_000);
    const twice = cutAndCheck(once.payload, 1_000);
    const [, kept = '', cut] = /^(x+)… \[cut: (\d+) characters\]$/.exec(String(twice.input['a'])) ?? [];
    expect(kept.length + Number(cut)).toBe(10_000);
  });

  test('where strings cannot give enough, elements go and strings stay', () => {
    const { input } = cutAndCheck(
      payloadOf({ candles: candles(10_000), question: 'long?'.repeat(50) }, { a: 1 }),
      8_000,
    );
    expect(input['question']).toBe('long?'.repeat(50));
    const kept = input['candles'];
    if (!Array.isArray(kept)) throw new Error('expected an array');
    expect(kept.slice(0, -1)).toStrictEqual(candles(kept.length - 1));
    expect(kept.at(-1)).toBe(`… [cut: ${10_001 - kept.length} items]`);
    expect(kept.length).toBeGreaterThan(250);
  });

  test('of too many keys the first ones stay', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key${at}`, at]));
    const { input } = cutAndCheck(payloadOf(many, { a: 1 }), 2_000);
    const keys = Object.keys(input);
    expect(keys.slice(0, 3)).toStrictEqual(['key0', 'key1', 'key2']);
    expect(input['…']).toBe(`[cut: ${5_001 - keys.length} keys]`);
  });

  test('a small output beside a huge input stays whole', () => {
    const output = { side: 'BUY', reasons: ['rsi', 'ema'] };
    expect(cutAndCheck(payloadOf({ candles: candles(50_000) }, output), 4_000).output).toStrictEqual(output);
  });

  test('the messages of a conversation all stay, the longest cut', () => {
    const messages = [1, 2, 3].map((n) => ({ role: `user${n}`, parts: candles(n * 2_000) }));
    const { input } = cutAndCheck(payloadOf({ messages }, { a: 1 }), 6_000);
    expect(JSON.stringify(input)).toMatch(/user1.*user2.*user3/);
  });

  test.each<[string, () => string]>([
    ['one long string', () => payloadOf({ prompt: 'x'.repeat(10_000_000) }, { a: 1 })],
    ['one string of emoji', () => payloadOf({ prompt: '😀'.repeat(2_500_000) }, { a: 1 })],
    ['one string of escapes', () => payloadOf({ prompt: '\n"\\'.repeat(1_600_000) }, { a: 1 })],
    ['many strings', () => payloadOf({ docs: Array(50_000).fill('y'.repeat(200)) }, { a: 1 })],
    ['numbers', () => payloadOf({ n: Array(2_500_000).fill(1) }, { a: 1 })],
    ['rows', () => payloadOf({ rows: candles(450_000) }, { a: 1 })],
    [
      'keys',
      () =>
        payloadOf(Object.fromEntries(Array.from({ length: 350_000 }, (_, at) => [`k${at}`, 1])), { a: 1 }),
    ],
    [
      'long keys',
      () => payloadOf({ ['k'.repeat(5_000_000)]: 1, [`${'k'.repeat(5_000_000)}2`]: 2, a: 'b' }, { a: 1 }),
    ],
    ['empty arrays', () => payloadOf({ n: Array(1_700_000).fill([]) }, { a: 1 })],
    [
      'one number of a million digits',
      () => payloadOf({ n: 1 }, { a: 1 }).replace('{"n":1}', `{"n":${'1'.repeat(1_000_000)}}`),
    ],
    [
      'space',
      () =>
        payloadOf({ n: 1 }, { a: 1 }).replace(
          '{"n":1}',
          `{"n":${' '.repeat(5_000_000)}1${' '.repeat(5_000_000)},"t":"[cut: "}`,
        ),
    ],
    [
      '100,000 levels',
      () =>
        `{${STAGE},"input":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}},"output":{"b":1},${EXPLANATION}}`,
    ],
    [
      'a million levels of objects',
      () =>
        `{${STAGE},"input":${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)},"output":{"b":1},${EXPLANATION}}`,
    ],
  ])('5 to 10 MB fit at any limit, quickly: %s', (_, make) => {
    const payload = make();
    const started = performance.now();
    for (const maxBytes of [250_000, 300]) cutAndCheck(payload, maxBytes);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('whatever is in it and whatever the limit, it fits and is valid', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('"', '\\', '😀', '\n', 'é'), maxLength: 300 }),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'medium' }, text, fc.double(), fc.boolean(), tie('list'), tie('record')),
      list: fc.array(tie('any'), { maxLength: 40 }),
      record: fc.dictionary(text, tie('any'), { maxKeys: 8 }),
    })).any;
    const record = fc.dictionary(text, value, { minKeys: 1, maxKeys: 8 });
    fc.assert(
      fc.property(
        record,
        record,
        fc.integer({ min: 250, max: 4_000 }),
        fc.boolean(),
        (input, output, maxBytes, spaced) => {
          const json = (part: unknown): string => JSON.stringify(part, undefined, spaced ? 1 : undefined);
          cutAndCheck(`{${STAGE},"input":${json(input)},"output":${json(output)},${EXPLANATION}}`, maxBytes);
        },
      ),
      { numRuns: 250 },
    );
  });
});
