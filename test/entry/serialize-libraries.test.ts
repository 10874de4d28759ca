import {
  Decimal as ArrowDecimal,
  makeVector,
  RecordBatch,
  Table,
  tableFromArrays,
  tableFromJSON,
  vectorFromArray,
} from 'apache-arrow';
import Big from 'big.js';
import BigNumber from 'bignumber.js';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serializeForAiLog } from '../../src/entry/serialize.js';

const makers: [name: string, make: (text: string) => object][] = [
  ['decimal.js', (text) => new Decimal(text)],
  ['big.js', (text) => new Big(text)],
  ['bignumber.js', (text) => new BigNumber(text)],
];

describe.each(makers)('%s', (_, make) => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['0.1', 0.1],
    ['-44950.50', -44950.5],
    ['1e21', 1e21],
    ['1e-7', 1e-7],
    ['9007199254740991', 9007199254740991],
    ['0.30000000000000004', 0.30000000000000004],
    ['596471064624628269', '596471064624628269'],
    ['-596471064624628269.5', '-596471064624628269.5'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['0.000001234567890123456789', '0.000001234567890123456789'],
    ['1.234567890123456789e-7', '1.234567890123456789e-7'],
    ['123456789012345678901', '123456789012345678901'],
    ['1.234567890123456789012e+21', '1.234567890123456789012e+21'],
    ['1e400', '1e+400'],
    ['1e-400', '1e-400'],
  ])('%s is kept without losing a digit', (text, expected) => {
    expect(serializeForAiLog({ price: make(text) })).toStrictEqual({ price: expected });
  });

  test('is a number exactly when the number has the same value', () => {
    const digits = fc.tuple(
      fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      fc.integer({ min: -30, max: 30 }),
    );
    fc.assert(
      fc.property(digits, ([whole, exponent]) => {
        const exact = new Decimal(`${whole}e${exponent}`);
        const copy = serializeForAiLog(make(`${whole}e${exponent}`));
        expect(new Decimal(String(copy)).equals(exact)).toBe(true);
        expect(typeof copy).toBe(new Decimal(Number(exact)).equals(exact) ? 'number' : 'string');
      }),
    );
  });
});

test.each([
  ['decimal.js NaN', new Decimal(Number.NaN), 'NaN'],
  ['decimal.js -Infinity', new Decimal(Number.NEGATIVE_INFINITY), '-Infinity'],
  ['bignumber.js NaN', new BigNumber(Number.NaN), 'NaN'],
  ['bignumber.js Infinity', new BigNumber(Number.POSITIVE_INFINITY), 'Infinity'],
])('%s is its word', (_, value, expected) => {
  expect(serializeForAiLog(value)).toBe(expected);
});

test('a Decimal class with its own precision and notation gives the same', () => {
  const Loud = Decimal.clone({ toExpNeg: 0, toExpPos: 0, precision: 40 });
  expect(serializeForAiLog([new Loud('44950.5'), new Loud('596471064624628269')])).toStrictEqual([
    44950.5,
    '596471064624628269',
  ]);
});

test('a bn.js number is decimal, although its own toJSON is hexadecimal', () => {
  class BN {
    readonly negative = 0;
    readonly words = [255];
    readonly length = 1;
    readonly red = null;
    toString(): string {
      return '255';
    }
    toJSON(): string {
      return 'ff';
    }
  }
  expect(serializeForAiLog(new BN())).toBe(255);
});

test('a long.js number is decimal, although its properties are two halves', () => {
  class Long {
    readonly low = 1;
    readonly high = 2_097_152;
    readonly unsigned = false;
    toString(): string {
      return '9007199254740993';
    }
  }
  expect(serializeForAiLog(new Long())).toBe('9007199254740993');
});

describe('Apache Arrow', () => {
  const table = tableFromArrays({
    price: Float64Array.from([1.5, 2.5]),
    side: ['BUY', 'SELL'],
    orderId: BigInt64Array.from([596471064624628269n, 7n]),
  });
  const rows = [
    { price: 1.5, side: 'BUY', orderId: '596471064624628269' },
    { price: 2.5, side: 'SELL', orderId: 7 },
  ];

  test('a Table becomes rows', () => {
    expect(serializeForAiLog({ candles: table })).toStrictEqual({ candles: rows });
  });

  test('so does a RecordBatch', () => {
    const batch = table.batches[0];
    expect(batch).toBeInstanceOf(RecordBatch);
    expect(serializeForAiLog(batch)).toStrictEqual(rows);
  });

  test('nested structs, lists, nulls and an empty table are kept', () => {
    const nested = tableFromJSON([{ book: { bid: 1 }, levels: [1, 2] }]);
    expect(serializeForAiLog(nested)).toStrictEqual([{ book: { bid: 1 }, levels: [1, 2] }]);
    expect(serializeForAiLog(tableFromArrays({ a: [1, null] }))).toStrictEqual([{ a: 1 }, { a: null }]);
    expect(serializeForAiLog(new Table())).toStrictEqual([]);
  });

  test('a column of decimals keeps its digits', () => {
    const words = (unscaled: bigint): number[] =>
      [0n, 32n, 64n, 96n].map((shift) => Number((BigInt.asUintN(128, unscaled) >> shift) & 0xffff_ffffn));
    const unscaled = [449505000n, -15000n, 0n, 12345678901234567890123n];
    const data = new Uint32Array(unscaled.flatMap(words));
    const price = makeVector({
      type: new ArrowDecimal(4, 38, 128),
      data,
      length: unscaled.length,
      nullCount: 0,
    });
    expect(serializeForAiLog(price)).toStrictEqual([44950.5, -1.5, 0, '1234567890123456789.0123']);
  });

  test('a Vector becomes an array', () => {
    expect(serializeForAiLog(vectorFromArray(['a', 'b']))).toStrictEqual(['a', 'b']);
  });

  test('of a long Table only the first rows are made', () => {
    const long = tableFromArrays({ price: new Float64Array(500_000) });
    const copy = serializeForAiLog(long);
    expect(JSON.stringify(copy)).toMatch(/… \[cut: \d+ items\]"\]$/);
  });
});

/** As nodejs-polars builds them: plain objects behind proxies, and a Series whose tag is a function. */
function polarsSeries(values: unknown[]): object {
  const series = {
    [Symbol.toStringTag]: () => 'Series',
    get length(): number {
      return values.length;
    },
    slice: (offset: number, length: number) => polarsSeries(values.slice(offset, offset + length)),
    toArray: () => values,
    toJSON: () => 'bytes of the Arrow format',
  };
  return new Proxy(series, { get: (target, key, receiver) => Reflect.get(target, key, receiver) });
}

function polarsFrame(columns: Record<string, unknown[]>): object {
  const names = Object.keys(columns);
  const frame = {
    get [Symbol.toStringTag](): string {
      return 'DataFrame';
    },
    get columns(): string[] {
      return names;
    },
    toRecords(): never {
      throw new Error(
        'StructOwned is not supported, please convert to string or number before collecting to js',
      );
    },
  };
  return new Proxy(frame, {
    get: (target, key, receiver) =>
      typeof key === 'string' && names.includes(key)
        ? polarsSeries(columns[key] ?? [])
        : Reflect.get(target, key, receiver),
    has: (_, key) => typeof key === 'string' && names.includes(key),
    ownKeys: () => names,
    getOwnPropertyDescriptor: (_, key) => ({
      configurable: true,
      enumerable: true,
      value: polarsSeries(columns[String(key)] ?? []),
    }),
  });
}

describe('a frame shaped as nodejs-polars builds it', () => {
  test('becomes rows, structs too, which its own toRecords refuses', () => {
    const frame = polarsFrame({ at: [new Date(0)], price: [1.5], levels: [[1, 2]], book: [{ bid: 5n }] });
    expect(serializeForAiLog(frame)).toStrictEqual([
      { at: '1970-01-01T00:00:00.000Z', price: 1.5, levels: [1, 2], book: { bid: 5 } },
    ]);
  });

  test('becomes rows whatever its columns are called', () => {
    const frame = polarsFrame({ columns: [1], toRecords: [2], height: [3], ['__proto__']: [4] });
    expect(JSON.stringify(serializeForAiLog(frame))).toBe(
      '[{"columns":1,"toRecords":2,"height":3,"__proto__":4}]',
    );
  });

  test('a Series becomes an array', () => {
    expect(serializeForAiLog({ close: polarsSeries([1, Number.NaN, null]) })).toStrictEqual({
      close: [1, 'NaN', null],
    });
  });

  test('of a long frame only the first rows are copied', () => {
    let copied = 0;
    const values = new Proxy(new Array(400_000).fill(1), {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) copied += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(JSON.stringify(serializeForAiLog(polarsFrame({ a: values })))).toContain('[cut: ');
    expect(copied).toBeLessThan(250_000);
  });
});

const polars = await import('nodejs-polars').then(
  ({ default: library }) => library,
  () => undefined,
);

describe.skipIf(polars === undefined)('nodejs-polars', () => {
  test('a DataFrame becomes rows and a Series an array', () => {
    const frame = polars?.DataFrame({
      side: ['BUY', 'SELL'],
      price: [1.5, null],
      book: [{ bid: 1 }, { bid: 2 }],
    });
    expect(serializeForAiLog(frame)).toStrictEqual([
      { side: 'BUY', price: 1.5, book: { bid: 1 } },
      { side: 'SELL', price: null, book: { bid: 2 } },
    ]);
    expect(serializeForAiLog(frame?.getColumn('side'))).toStrictEqual(['BUY', 'SELL']);
  });
});

/** As danfojs 1 builds them: rows in `$data`, getters on the class, and a toJSON that throws. */
class DanfoFrame {
  readonly $isSeries: boolean;
  readonly $data: unknown[];
  readonly $columns: string[];
  readonly $index = [0, 1];
  constructor(columns: string[], data: unknown[], isSeries = false) {
    this.$isSeries = isSeries;
    this.$data = data;
    this.$columns = columns;
  }
  get columns(): string[] {
    return this.$columns;
  }
  get values(): unknown[] {
    return this.$data;
  }
  get shape(): number[] {
    return [this.$data.length, this.$columns.length];
  }
  toJSON(): never {
    throw new Error('`toJSON` function is deprecated.');
  }
}

describe('danfojs', () => {
  test('a DataFrame becomes rows', () => {
    const frame = new DanfoFrame(
      ['side', 'price'],
      [
        ['BUY', 1.5],
        ['SELL', undefined],
      ],
    );
    expect(serializeForAiLog(frame)).toStrictEqual([{ side: 'BUY', price: 1.5 }, { side: 'SELL' }]);
  });

  test('a Series becomes an array', () => {
    expect(serializeForAiLog(new DanfoFrame(['price'], [1.5, 2.5], true))).toStrictEqual([1.5, 2.5]);
  });
});
