import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonMembers } from '../../src/emulator/weex/json-members.js';

test('the members of an object keep their exact text', () => {
  const json =
    ' { "a" : 596471064624628269 , "b":"x\\"},{\\\\" ,"c":{"d":[1,{"e":"]"}]},"f":null,"g":-1.50e+3} ';
  expect(jsonMembers(json)).toEqual([
    { name: 'a', text: '596471064624628269' },
    { name: 'b', text: '"x\\"},{\\\\"' },
    { name: 'c', text: '{"d":[1,{"e":"]"}]}' },
    { name: 'f', text: 'null' },
    { name: 'g', text: '-1.50e+3' },
  ]);
});

test('a name that occurs twice is there twice', () => {
  expect(jsonMembers('{"a":1,"\\u0061":2}')).toEqual([
    { name: 'a', text: '1' },
    { name: 'a', text: '2' },
  ]);
});

test('an empty object has no members', () => {
  expect(jsonMembers(' { } ')).toEqual([]);
});

test('the members of any object are what JSON.parse finds, with any white space', () => {
  const indents = fc.constantFrom(undefined, 1, '\t', '\r\n');
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), indents, (object, indent) => {
      const json = JSON.stringify(object, undefined, indent);
      const found = jsonMembers(json).map(({ name, text }) => [name, JSON.parse(text)]);
      expect(found).toEqual(Object.entries(JSON.parse(json)));
    }),
    { numRuns: 100 },
  );
});

test('a string of a megabyte of quotes and backslashes is passed over', () => {
  const value = '\\"'.repeat(500_000);
  const json = JSON.stringify({ value, after: 1 });
  expect(jsonMembers(json).at(-1)).toEqual({ name: 'after', text: '1' });
});
