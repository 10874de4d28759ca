import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serializeForAiLog } from '../../src/entry/serialize.js';

const MOST_CHARACTERS = 1_048_576;

const nested = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { in: value };
  return value;
};

const hostile: [title: string, make: () => unknown][] = [
  ['a text of 10 MB', () => 'x'.repeat(10_000_000)],
  ['10 MB in one of two texts', () => ({ system: 'x'.repeat(10_000_000), user: 'buy or sell?' })],
  ['a million numbers', () => Array.from({ length: 1_000_000 }, (_, index) => index)],
  ['an array that only claims to be long', () => new Array(4_294_967_295)],
  ['a typed array of 5 million', () => new Float64Array(5_000_000)],
  [
    '150,000 keys',
    () => Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`key${index}`, index])),
  ],
  ['a key of 3 MB', () => ({ a: 1, ['k'.repeat(3_000_000)]: 2, b: 3 })],
  ['a Map of 150,000', () => new Map(Array.from({ length: 150_000 }, (_, index) => [index, index]))],
  ['a Set of 150,000', () => new Set(Array.from({ length: 150_000 }, (_, index) => index))],
  ['100,000 levels', () => nested(100_000)],
  [
    'one object shared a billion times',
    () => Array.from({ length: 10 }).reduce((inner) => Array(10).fill(inner), 'x'),
  ],
  ['surrogate pairs at the cut', () => `${'a'.repeat(1_000)}${'😀'.repeat(1_000_000)}`],
  [
    'a toJSON that never ends',
    () => {
      const endless = (): object => ({ toJSON: () => ({ next: endless() }) });
      return endless();
    },
  ],
  [
    'a proxy with 120,000 keys',
    () =>
      new Proxy(
        {},
        {
          ownKeys: () => Array.from({ length: 120_000 }, (_, index) => String(index)),
          getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
          get: (_, key) => (typeof key === 'string' && /^\d+$/.test(key) ? 'value' : undefined),
        },
      ),
  ],
];

describe('limits of serializeForAiLog', () => {
  test.each(hostile)('%s is cut, marked, small, and stays as it is when copied again', (_, make) => {
    const copy = serializeForAiLog(make());
    const json = JSON.stringify(copy);
    expect(json.length).toBeLessThanOrEqual(MOST_CHARACTERS + 16);
    expect(json).toContain('[cut: ');
    expect(json).not.toMatch(/\p{Surrogate}/u);
    deepStrictEqual(serializeForAiLog(copy), copy);
    deepStrictEqual(JSON.parse(json), copy);
  });

  test('a text tells how many characters are missing', () => {
    const copy = String(serializeForAiLog('x'.repeat(2_000_000)));
    const [, kept = '', cut] = /^(x+)… \[cut: (\d+) characters\]$/.exec(copy) ?? [];
    expect(kept.length + Number(cut)).toBe(2_000_000);
    expect(copy.length).toBeGreaterThan(MOST_CHARACTERS - 64);
  });

  test('an array tells how many items are missing', () => {
    const copy = serializeForAiLog(Array.from({ length: 200_000 }, () => 1));
    if (!Array.isArray(copy)) throw new Error('expected an array');
    const cut = /^… \[cut: (\d+) items\]$/.exec(String(copy.at(-1)))?.[1];
    expect(copy.length - 1 + Number(cut)).toBe(200_000);
  });

  test('an object tells how many keys are missing, and a key of its own with that name stays', () => {
    const big = 'x'.repeat(1_200_000);
    const copy = serializeForAiLog({ '…': 'mine', [`${big}1`]: 1, [`${big}2`]: 2, last: 3 });
    expect(copy).toStrictEqual({ '…': 'mine', '……': '[cut: 2 keys]', last: 3 });
  });

  test('a huge first member leaves room for the others', () => {
    const candles = Array.from({ length: 300_000 }, (_, index) => [index, 1.5]);
    const copy = serializeForAiLog({ candles, symbol: 'BTCUSDT', question: 'long or short?' });
    expect(copy).toMatchObject({ symbol: 'BTCUSDT', question: 'long or short?' });
  });

  test('members beyond the limit are not even read', () => {
    let reads = 0;
    const list = new Proxy(new Array(1_000_000).fill(0), {
      get(target, key, receiver) {
        reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    serializeForAiLog(list);
    expect(reads).toBeLessThan(250_000);
  });

  test('64 levels stay, what is deeper is marked', () => {
    expect(JSON.stringify(serializeForAiLog(nested(64)))).toContain('bottom');
    expect(JSON.stringify(serializeForAiLog(nested(65)))).toContain('… [cut: deeper than 64 levels]');
  });

  test('whatever is cut, copying the copy changes nothing', () => {
    const long = fc.integer({ min: 1, max: 1_500_000 }).map((length) => 'y'.repeat(length));
    const wide = fc.integer({ min: 1, max: 150_000 }).map((length) => Array(length).fill(7));
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, long, wide, tie('list'), tie('record')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      record: fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        const copy = serializeForAiLog(given);
        expect(JSON.stringify(copy).length).toBeLessThanOrEqual(1.2 * MOST_CHARACTERS);
        deepStrictEqual(serializeForAiLog(copy), copy);
      }),
      { numRuns: 15 },
    );
  });
});
