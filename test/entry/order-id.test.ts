import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOrderIds } from '../../src/entry/order-id.js';

const ids = (...all: string[]) => ({ kind: 'ids', ids: all, refused: [] });

describe('readOrderIds', () => {
  test.each([
    ['18 digits', '596471064624628269', ids('596471064624628269')],
    ['19 digits', '9223372036854775807', ids('9223372036854775807')],
    ['spaces around', ' 42\n', ids('42')],
    ['a bigint', 596471064624628269n, ids('596471064624628269')],
    ['a safe integer', 9007199254740991, ids('9007199254740991')],
    ['several, each once', ['1', 2n, 3, '2'], ids('1', '2', '3')],
    ['several with gaps', ['1', null, '', undefined], ids('1')],
  ])('reads %s', (_, value, expected) => {
    expect(readOrderIds(value)).toStrictEqual(expected);
  });

  test.each([[undefined], [null], [''], ['  '], [[]], [[null, '']]])('%j says nothing', (value) => {
    expect(readOrderIds(value)).toStrictEqual({ kind: 'absent' });
  });

  test.each([['none'], [' None '], ['NONE'], [['none']], [['none', '']]])(
    '%j says that there is no order',
    (value) => {
      expect(readOrderIds(value)).toStrictEqual({ kind: 'none' });
    },
  );

  test.each<[string, unknown, RegExp]>([
    ['a number above 2^53', 596471064624628200, /above 2\^53.*string or a bigint/],
    ['a fraction', 1.5, /not an integer/],
    ['NaN', Number.NaN, /not an integer/],
    ['zero', 0, /between 1 and 9223372036854775807/],
    ['a negative number', -1, /between 1/],
    ['zero as bigint', 0n, /between 1/],
    ['zero as text', '0', /leading zeros/],
    ['leading zeros', '007', /leading zeros/],
    ['2^63', '9223372036854775808', /between 1/],
    ['2^63 as bigint', 2n ** 63n, /between 1/],
    ['far too many digits', '9'.repeat(100_000), /between 1/],
    ['a sign', '+5', /not all decimal digits/],
    ['an exponent', '1e5', /not all decimal digits/],
    ['other digits', '١٢٣', /not all decimal digits/],
    ['a UUID', 'b0a7c2c4-0000-4000-8000-000000000000', /text of 36 characters/],
    ['a boolean', true, /type boolean/],
    ['an object', { id: 1 }, /type object/],
    ['an array in an array', [['1']], /type object/],
  ])('refuses %s', (_, value, reason) => {
    expect(readOrderIds(value)).toStrictEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });

  test('never repeats a refused text, because it could be a secret', () => {
    expect(JSON.stringify(readOrderIds(['weex_secret', 'weex_secret']))).not.toContain('weex_secret');
  });

  test('keeps the good ids of an array and tells about the others', () => {
    expect(readOrderIds(['1', 'x', 'none'])).toStrictEqual({
      kind: 'ids',
      ids: ['1'],
      refused: [expect.stringContaining('not all decimal digits'), expect.stringContaining(`'none'`)],
    });
  });

  test('reads at most 128 parts of an array and says so', () => {
    const reading = readOrderIds(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(reading).toMatchObject({ kind: 'ids', refused: ['order ids after the first 128 are not read'] });
    expect(reading.kind === 'ids' && reading.ids.length).toBe(128);
  });

  test('never changes or invents a digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (id) => {
        expect(readOrderIds(id)).toStrictEqual(ids(String(id)));
        expect(readOrderIds(` ${id} `)).toStrictEqual(ids(String(id)));
      }),
    );
    fc.assert(
      fc.property(fc.anything({ withBigInt: true }), (value) => {
        const reading = readOrderIds(value);
        if (reading.kind !== 'ids') return;
        const given = (Array.isArray(value) ? value : [value]).map((part) => String(part).trim());
        for (const id of reading.ids) expect(given).toContain(id);
      }),
    );
  });
});
