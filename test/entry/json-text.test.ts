import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCutJson } from '../../src/entry/json-cut.js';
import { objectText, parseExact, stringifyExact } from '../../src/entry/json-text.js';

const DEEP = 100_000;
const deepJson = '['.repeat(DEEP) + ']'.repeat(DEEP);

describe('objectText', () => {
  test.each([[undefined], [null], [''], [' \n ']])('%j is nothing', (value) => {
    expect(objectText(value, 'prompt')).toBeUndefined();
  });

  test.each([
    ['18-digit numbers', '{"orderId":596471064624628269,"price":44950.10,"n":1E5}'],
    ['double keys', '{"a":1,"a":2}'],
    ['spaces and escapes', '{ "a" : "\\u0061\\/" ,\n "b":[ ] }'],
    ['a key called __proto__', '{"__proto__":{"a":1}}'],
    ['depth', `{"a":${deepJson}}`],
  ])('the text of an object stays as it is: %s', (_, json) => {
    expect(objectText(json, 'prompt')).toStrictEqual({ json, truncated: false });
  });

  test.each<[string, unknown, string]>([
    ['text', 'long or short?', '{"prompt":"long or short?"}'],
    ['text with quotes and line ends', 'say "hi"\n', '{"prompt":"say \\"hi\\""}'],
    ['text that begins with a bracket', '[INFO] calm market', '{"prompt":"[INFO] calm market"}'],
    ['a template', '{{symbol}} up?', '{"prompt":"{{symbol}} up?"}'],
    ['Python', "{'a': 1}", `{"prompt":"{'a': 1}"}`],
    ['an object and more', '{"a":1} and so on', '{"prompt":"{\\"a\\":1} and so on"}'],
    ['digits that are no JSON', '007', '{"prompt":"007"}'],
    ['NaN', 'NaN', '{"prompt":"NaN"}'],
    ['a lone quote', '"', '{"prompt":"\\""}'],
    ['the text of an array', '[ 596471064624628269, 1.10 ]', '{"value":[ 596471064624628269, 1.10 ]}'],
    ['the text of a number', '596471064624628269', '{"value":596471064624628269}'],
    ['the text of a negative number', '-1.50', '{"value":-1.50}'],
    ['the text of true', ' true ', '{"value":true}'],
    ['the text of null', 'null', '{"value":null}'],
    ['the text of a string', '"BUY"', '{"value":"BUY"}'],
    ['an empty object as text', '{ }', '{"value":{}}'],
    ['an empty object', {}, '{"value":{}}'],
    ['a number', 42, '{"value":42}'],
    ['NaN as value', Number.NaN, '{"value":"NaN"}'],
    ['a boolean', false, '{"value":false}'],
    ['a bigint', 596471064624628269n, '{"value":"596471064624628269"}'],
    ['an array', ['a', undefined, 1n], '{"value":["a",null,1]}'],
    [
      'an object',
      { at: new Date(0), id: 596471064624628269n },
      '{"at":"1970-01-01T00:00:00.000Z","id":"596471064624628269"}',
    ],
    ['a Map', new Map([['a', 1]]), '{"a":1}'],
    ['a Date', new Date(0), '{"value":"1970-01-01T00:00:00.000Z"}'],
    ['a function', function buy() {}, '{"value":"[function buy]"}'],
  ])('%s becomes an object', (_, value, json) => {
    expect(objectText(value, 'prompt')).toStrictEqual({ json, truncated: false });
  });

  test('an output text is a response', () => {
    expect(objectText('BUY', 'response')?.json).toBe('{"response":"BUY"}');
  });

  test.each(['{"a":1,"b":[1,2', '[{"price":4495', '{"text":"cut in the mid', '{"a":"\\u00', '{', '[tru'])(
    'JSON that lost its end is kept as text and said to be cut: %s',
    (text) => {
      const result = objectText(text, 'prompt');
      expect(result?.truncated).toBe(true);
      expect(JSON.parse(result?.json ?? '')).toStrictEqual({ text, truncated: true });
    },
  );

  test('a lone surrogate becomes an escape, so that UTF-8 can carry it', () => {
    const { json } = objectText('{"a":"x\ud83d","b":"😀"}', 'prompt') ?? { json: '' };
    expect(json).toBe('{"a":"x\\ud83d","b":"😀"}');
    expect(Buffer.from(json).toString()).toBe(json);
    expect(objectText('["\udc00"]', 'prompt')?.json).toBe('{"value":["\\udc00"]}');
    expect(objectText('x\ud83d', 'prompt')?.json).toBe('{"prompt":"x\\ud83d"}');
  });

  test('whatever is given, the result is the text of an object that is not empty', () => {
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
      fc.json(),
      fc.json().chain((json) => fc.nat(json.length).map((end) => json.slice(0, end))),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(value, (given) => {
        const result = objectText(given, 'response');
        if (result === undefined) {
          expect(typeof given === 'string' ? given.trim() : (given ?? '')).toBe('');
          return;
        }
        const parsed: unknown = JSON.parse(result.json);
        expect(Array.isArray(parsed)).toBe(false);
        expect(Object.keys(parsed ?? {}).length).toBeGreaterThan(0);
        expect(Buffer.from(result.json).toString()).toBe(result.json);
      }),
      { numRuns: 400 },
    );
  });

  test('10 MB of text, and of JSON, are taken', () => {
    expect(objectText('x'.repeat(10_000_000), 'prompt')?.json.length).toBe(10_000_013);
    const json = JSON.stringify({ prompt: 'x'.repeat(10_000_000) });
    expect(objectText(json, 'prompt')?.json).toBe(json);
    expect(objectText(json.slice(0, -2), 'prompt')?.truncated).toBe(true);
  });
});

describe('isCutJson', () => {
  test('is true for every beginning of an object or array, and for no whole one', () => {
    const json = fc
      .oneof(fc.object({ withBigInt: false }), fc.array(fc.jsonValue()))
      .map((value) => JSON.stringify(value, undefined, 1));
    fc.assert(
      fc.property(json, fc.nat(), (text, at) => {
        expect(isCutJson(text.slice(0, 1 + (at % (text.length - 1))))).toBe(true);
        expect(isCutJson(text)).toBe(false);
      }),
    );
  });

  test.each([
    '{"a":1]',
    '{"a" 1',
    '{a',
    '[1 2',
    '[1,,',
    '{"a":}',
    '["\\x',
    '["\n',
    '[01',
    '[+',
    '[1.e',
    '[truth',
    '{]',
    'x',
    '',
  ])('is false for %j', (text) => {
    expect(isCutJson(text)).toBe(false);
  });

  test('100,000 levels are looked through', () => {
    expect(isCutJson('[{"a":'.repeat(DEEP))).toBe(true);
  });
});

describe('parseExact', () => {
  test.each([
    ['18 digits', '{"id":596471064624628269}', { id: 596471064624628269n }],
    [
      'the first unsafe integers',
      '[9007199254740991,9007199254740992,-9007199254740992]',
      [9007199254740991, 9007199254740992n, -9007199254740992n],
    ],
    [
      'digits in strings and fractions',
      '{"596471064624628269":"596471064624628269","f":0.5964710646246282}',
      { '596471064624628269': '596471064624628269', f: 0.5964710646246282 },
    ],
    ['an exponent', '[5964710646246282e3,1e400]', [5964710646246282e3, Number.POSITIVE_INFINITY]],
    ['a lone long number', ' 596471064624628269 ', 596471064624628269n],
    ['double keys', '{"a":596471064624628269,"b":1,"a":2}', { a: 2, b: 1 }],
    [
      'empty containers',
      '{"a":[],"b":{},"c":[[],{}],"d":596471064624628269}',
      { a: [], b: {}, c: [[], {}], d: 596471064624628269n },
    ],
    [
      'escapes',
      '{"\\u0061\\"":"\\n\\ud83d\\ude00","n":596471064624628269}',
      { 'a"': '\n😀', n: 596471064624628269n },
    ],
  ])('%s', (_, json, expected) => {
    expect(parseExact(json)).toStrictEqual(expected);
  });

  test('a key called __proto__ stays a key, with and without long digits', () => {
    for (const json of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":596471064624628269}}']) {
      const parsed = parseExact(json);
      expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
      expect(stringifyExact(parsed)).toBe(json);
    }
  });

  test.each(['', '{', '{"a":596471064624628269', "{'a':1}", 'undefined', '596471064624628269n'])(
    'throws SyntaxError for %j',
    (text) => {
      expect(() => parseExact(text)).toThrow(SyntaxError);
    },
  );

  test('is JSON.parse for everything else', () => {
    const withoutBigInts = (value: unknown): unknown => JSON.parse(stringifyExact(value));
    fc.assert(
      fc.property(fc.json(), (json) => {
        deepStrictEqual(withoutBigInts(parseExact(json)), JSON.parse(json));
        deepStrictEqual(
          withoutBigInts(parseExact(`[596471064624628269,${json}]`)),
          JSON.parse(`[596471064624628269,${json}]`),
        );
      }),
    );
  });

  test('100,000 levels are parsed and written again', () => {
    const json = `{"id":596471064624628269,"a":${deepJson}}`;
    expect(stringifyExact(parseExact(json))).toBe(json);
    expect(stringifyExact(parseExact(deepJson))).toBe(deepJson);
  });
});

describe('stringifyExact', () => {
  const exact = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.bigInt().filter((integer) => integer > 2n ** 53n || integer < -(2n ** 53n)),
      fc.jsonValue(),
      fc.array(tie('value')),
      fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value')),
    ),
  })).value;

  test('writes what parseExact reads, bigints included', () => {
    fc.assert(
      fc.property(exact, (value) => {
        const json = stringifyExact(value);
        expect(stringifyExact(parseExact(json))).toBe(json);
        expect(() => JSON.parse(json)).not.toThrow();
      }),
    );
  });

  test('is JSON.stringify where there is no bigint', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withSparseArray: true }), (value) => {
        expect(stringifyExact(value)).toBe(JSON.stringify(value) ?? 'null');
        expect(stringifyExact([1n, value])).toBe(`[1,${JSON.stringify([value]).slice(1)}`);
      }),
    );
  });

  test('writes bare digits even where the program gave bigint a toJSON', () => {
    Object.defineProperty(BigInt.prototype, 'toJSON', { value: () => 'quoted', configurable: true });
    try {
      expect(stringifyExact({ id: 596471064624628269n, a: [1, 'x'] })).toBe(
        '{"id":596471064624628269,"a":[1,"x"]}',
      );
    } finally {
      Reflect.deleteProperty(BigInt.prototype, 'toJSON');
    }
  });

  test('throws TypeError for a value that contains itself', () => {
    const loop: unknown[] = [1n];
    loop.push(loop);
    expect(() => stringifyExact(loop)).toThrow(TypeError);
  });
});
