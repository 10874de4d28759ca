import { deepStrictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { serializeForAiLog } from '../../src/entry/serialize.js';

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
  key: fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'toJSON', 'toString', 'length', '…'),
  ),
});

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

class Position {
  readonly symbol = 'BTCUSDT';
  readonly size = 0.3;
  describe(): string {
    return this.symbol;
  }
}

class Hidden {
  readonly #price = 5;
  get price(): number {
    return this.#price;
  }
}

class Opaque {
  readonly #price = 5;
  sum(): number {
    return this.#price;
  }
}

class WithText extends Opaque {
  override toString(): string {
    return 'BTC/USDT';
  }
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const throwing = {
  good: 1,
  get bad(): number {
    throw new Error('no price');
  },
};

const circular: Record<string, unknown> = { name: 'a' };
circular['self'] = circular;
circular['list'] = [{ up: circular }];

const cases: [title: string, given: unknown, expected: unknown][] = [
  [
    'plain data stays as it is',
    { a: [1, 'x', true, null, { b: -1.5 }] },
    { a: [1, 'x', true, null, { b: -1.5 }] },
  ],
  ['a string stays, lone surrogates too', 'a\ud800b', 'a\ud800b'],
  ['undefined is null alone', undefined, null],
  ['undefined is left out of objects and null in arrays', { a: undefined, b: [undefined] }, { b: [null] }],
  ['holes are null', Object.assign(new Array(3), { 0: 1, 2: 3 }), [1, null, 3]],
  ['NaN and infinities are words', [Number.NaN, 1 / 0, -1 / 0], ['NaN', 'Infinity', '-Infinity']],
  ['negative zero is zero', -0, 0],
  ['a safe bigint is a number', 9_007_199_254_740_991n, 9_007_199_254_740_991],
  ['an unsafe bigint is its digits', { id: 596471064624628269n }, { id: '596471064624628269' }],
  ['a negative unsafe bigint is its digits', -596471064624628269n, '-596471064624628269'],
  ['a bigint without end is marked', 10n ** 5_000n, '… [cut: a bigint of more than 4096 bits]'],
  ['a Date is ISO text', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an invalid Date says so', new Date(Number.NaN), 'Invalid Date'],
  ['a Temporal.Instant is ISO text', Temporal.Instant.from('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05Z'],
  ['a Temporal.PlainDate is ISO text', Temporal.PlainDate.from('2026-01-02'), '2026-01-02'],
  [
    'a Temporal.ZonedDateTime is ISO text',
    Temporal.ZonedDateTime.from('2026-01-02T03:04:05+01:00[Europe/Paris]'),
    '2026-01-02T03:04:05+01:00[Europe/Paris]',
  ],
  ['a Temporal.Duration is ISO text', Temporal.Duration.from({ minutes: 5 }), 'PT5M'],
  ['a Map with string keys is an object', new Map([['a', new Map([['b', 1n]])]]), { a: { b: 1 } }],
  [
    'a Map with other keys is pairs, in order',
    new Map<unknown, unknown>([
      [101.5, 3],
      [100, new Date(0)],
    ]),
    [
      [101.5, 3],
      [100, '1970-01-01T00:00:00.000Z'],
    ],
  ],
  ['a Set is an array', new Set([1, 'a', new Set([2])]), [1, 'a', [2]]],
  [
    'typed arrays are numbers',
    [new Float64Array([1.5, Number.NaN]), new Int16Array([-2])],
    [[1.5, 'NaN'], [-2]],
  ],
  [
    '64-bit arrays keep their digits',
    new BigInt64Array([1n, 596471064624628269n]),
    [1, '596471064624628269'],
  ],
  ['a URL is its text', new URL('https://weex.com/a?b=1'), 'https://weex.com/a?b=1'],
  ['URLSearchParams is its text', new URLSearchParams({ a: '1' }), 'a=1'],
  ['a RegExp is its text', /a+/g, '/a+/g'],
  ['toJSON is asked', { at: { toJSON: (key: string) => `of ${key}` } }, { at: 'of at' }],
  [
    'what toJSON returns is copied too',
    { toJSON: () => ({ at: new Date(0), n: 5n }) },
    { at: '1970-01-01T00:00:00.000Z', n: 5 },
  ],
  ['toJSON that returns undefined is left out', { a: { toJSON: () => undefined } }, {}],
  [
    'toJSON that throws is marked',
    {
      a: {
        toJSON: () => {
          throw new Error('nope');
        },
      },
      b: 1,
    },
    { a: '[threw: nope]', b: 1 },
  ],
  [
    'toJSON that returns its object gives its properties',
    {
      a: 1,
      toJSON() {
        return this;
      },
    },
    { a: 1, toJSON: '[function toJSON]' },
  ],
  ['a getter that throws is marked', throwing, { good: 1, bad: '[threw: no price]' }],
  [
    'a getter that throws nothing of use is marked',
    {
      get a() {
        throw undefined;
      },
    },
    { a: '[threw: undefined]' },
  ],
  [
    'a revoked proxy is marked',
    [revoked()],
    ["[threw: Cannot perform 'IsArray' on a proxy that has been revoked]"],
  ],
  ['a class instance is its own properties', new Position(), { symbol: 'BTCUSDT', size: 0.3 }],
  ['an instance with private state is its getters', new Hidden(), { price: 5 }],
  ['an instance with its own text is that', new WithText(), 'BTC/USDT'],
  [
    'an instance that shows nothing is its class',
    [new Opaque(), Promise.resolve(), new WeakMap()],
    ['[Opaque]', '[Promise]', '[WeakMap]'],
  ],
  [
    'functions and symbols are named',
    [function buy() {}, () => {}, Symbol('s')],
    ['[function buy]', '[function]', 'Symbol(s)'],
  ],
  ['boxed values are unboxed', [Object(1), Object('a'), Object(true), Object(7n)], [1, 'a', true, 7]],
  [
    'an object inside itself is marked',
    circular,
    { name: 'a', self: '[circular]', list: [{ up: '[circular]' }] },
  ],
  ['an object that stands twice is no cycle', [circular['name'], circular['name']], ['a', 'a']],
  [
    'binary is described and not copied',
    { chart: new Uint8Array([1, 2]) },
    {
      chart: {
        mime: 'application/octet-stream',
        bytes: 2,
        sha256: 'a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222',
      },
    },
  ],
  [
    'a Blob is described',
    new Blob(['abc'], { type: 'text/plain' }),
    { mime: 'text/plain', bytes: 3, sha256: '[not computed: a Blob has to be awaited]' },
  ],
];

describe('serializeForAiLog', () => {
  test.each(cases)('%s', (_, given, expected) => {
    expect(serializeForAiLog(given)).toStrictEqual(expected);
  });

  test('never throws, and its result survives JSON unchanged', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const copy = serializeForAiLog(value);
        deepStrictEqual(throughJson(copy), copy);
      }),
      { numRuns: 1_000 },
    );
  });

  test('copying a copy changes nothing', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const copy = serializeForAiLog(value);
        deepStrictEqual(serializeForAiLog(copy), copy);
      }),
      { numRuns: 500 },
    );
  });

  test('plain JSON comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        deepStrictEqual(serializeForAiLog(value), throughJson(value));
      }),
    );
  });

  test('the argument is not changed', () => {
    const look = (value: unknown): string =>
      inspect(value, { depth: null, showHidden: true, maxArrayLength: null });
    fc.assert(
      fc.property(anything, (value) => {
        const before = look(value);
        serializeForAiLog(value);
        expect(look(value)).toBe(before);
      }),
      { numRuns: 150 },
    );
  });

  test('a key called __proto__ stays a key and reaches no prototype', () => {
    const copy = serializeForAiLog(
      JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"a":1}}}'),
    );
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"constructor":{"prototype":{"a":1}}}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(serializeForAiLog(new Map([['__proto__', 1]])))).toBe('{"__proto__":1}');
  });

  test('objects of another realm are as those of this one', () => {
    const foreign: unknown = runInNewContext(
      '({ empty: {}, list: [1], map: new Map([["a", 1]]), at: new Date(0), error: new Error("x"), bytes: new Uint8Array(1) })',
    );
    expect(serializeForAiLog(foreign)).toMatchObject({
      empty: {},
      list: [1],
      map: { a: 1 },
      at: '1970-01-01T00:00:00.000Z',
      error: { name: 'Error', message: 'x' },
      bytes: { bytes: 1 },
    });
  });

  test('a proxy whose every trap throws is marked', () => {
    const hostile = new Proxy(
      {},
      new Proxy(
        {},
        {
          get: (): never => {
            throw new Error('trap');
          },
        },
      ),
    );
    expect(serializeForAiLog({ a: hostile, b: 1 })).toStrictEqual({ a: '[threw: trap]', b: 1 });
  });

  test('an error gives its name, message, code and causes, but no stack and no objects with headers', () => {
    class ApiError extends Error {
      override readonly name = 'ApiError';
      readonly code = 'ECONNRESET';
      readonly config = { headers: { 'ACCESS-SIGN': 'signature' } };
      toJSON(): object {
        return { config: this.config };
      }
    }
    const error = new ApiError('failed', { cause: new AggregateError([new RangeError('inner')], 'several') });
    expect(serializeForAiLog(error)).toStrictEqual({
      name: 'ApiError',
      message: 'failed',
      code: 'ECONNRESET',
      cause: {
        name: 'AggregateError',
        message: 'several',
        errors: [{ name: 'RangeError', message: 'inner' }],
      },
    });
  });

  test('an error that is its own cause is marked', () => {
    const error = new Error('loop');
    error.cause = error;
    expect(serializeForAiLog(error)).toStrictEqual({ name: 'Error', message: 'loop', cause: '[circular]' });
  });
});

describe('binary', () => {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const shared = new SharedArrayBuffer(8);
  new Uint8Array(shared).set(bytes);

  test.each([
    ['Buffer', bytes],
    ['Uint8Array', Uint8Array.from(bytes)],
    ['a part of a larger buffer', Buffer.concat([Buffer.from('x'), bytes]).subarray(1)],
    ['ArrayBuffer', Uint8Array.from(bytes).buffer],
    ['SharedArrayBuffer', shared],
    ['DataView', new DataView(Uint8Array.from(bytes).buffer)],
  ])('%s becomes its kind, length and hash', (_, given) => {
    expect(serializeForAiLog(given)).toStrictEqual({ mime: 'image/png', bytes: 8, sha256 });
  });

  test.each([
    ['ffd8ffe0', 'image/jpeg'],
    ['474946383961', 'image/gif'],
    ['524946460000000057454250', 'image/webp'],
    ['255044462d312e37', 'application/pdf'],
    ['00', 'application/octet-stream'],
  ])('%s is known as %s', (hex, mime) => {
    expect(serializeForAiLog(Buffer.from(hex, 'hex'))).toMatchObject({ mime });
  });

  test('more bytes than can be hashed without a pause are told without a hash', () => {
    expect(serializeForAiLog(new ArrayBuffer(17 * 1_048_576))).toStrictEqual({
      mime: 'application/octet-stream',
      bytes: 17 * 1_048_576,
      sha256: '[not computed: too many bytes]',
    });
  });
});
