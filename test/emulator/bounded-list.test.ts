import { expect, test } from 'vitest';
import { BoundedList } from '../../src/emulator/thread/bounded-list.js';

test('the newest items are kept, within a count', () => {
  const list = new BoundedList<string>(2, 1_000);
  for (const item of ['a', 'b', 'c']) list.push(item, 1);
  expect([list.after(0), list.first, list.last]).toEqual([['b', 'c'], 2, 3]);
  expect([list.get(1), list.get(2), list.after(2), list.after(3)]).toEqual([undefined, 'b', ['c'], []]);
});

test('the newest items are kept, within a number of bytes', () => {
  const list = new BoundedList<string>(1_000, 10);
  for (const item of ['a', 'b', 'c']) list.push(item, 4);
  expect(list.after(0)).toEqual(['b', 'c']);
  list.push('d', 10);
  expect(list.after(0)).toEqual(['d']);
});

test('an item that is larger than everything allowed is counted and not kept', () => {
  const list = new BoundedList<string>(10, 10);
  list.push('huge', 11);
  expect([list.after(0), list.first, list.last]).toEqual([[], 2, 1]);
  list.push('small', 1);
  expect([list.after(0), list.get(2)]).toEqual([['small'], 'small']);
});

test('after clear() numbers begin at 1 again', () => {
  const list = new BoundedList<string>(10, 10);
  list.push('a', 10);
  list.clear();
  list.push('b', 10);
  expect([list.after(0), list.first, list.last]).toEqual([['b'], 1, 1]);
});
