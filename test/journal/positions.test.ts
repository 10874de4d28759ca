import { expect, test } from 'vitest';
import { Positions } from '../../src/journal/positions.js';

test('a million positions take less than 25 MB, and read back', () => {
  const positions = new Positions();
  const before = process.memoryUsage().arrayBuffers;
  for (let index = 0; index < 1_000_000; index += 1)
    positions.add(1 + (index % 40), index * 60, 2_000, index);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(25_000_000);
  expect(positions.at(999_999)).toEqual({ segment: 40, offset: 999_999 * 60, length: 2_000, seq: 999_999 });
  expect(positions.count).toBe(1_000_000);
});

test('the slot freed last is used first, with nothing left of the one before', () => {
  const positions = new Positions();
  const slots = [1, 2, 3].map((seq) => positions.add(1, 0, 1, seq));
  positions.link(slots[1] ?? -1, '42');
  positions.lose(slots[1] ?? -1);
  for (const slot of slots) positions.remove(slot);
  positions.remove(slots[0] ?? -1);
  expect(positions.count).toBe(0);
  expect([positions.add(2, 0, 1, 4), positions.add(2, 0, 1, 5)]).toEqual([slots[2], slots[1]]);
  expect(positions.orderId(slots[1] ?? -1)).toBeUndefined();
  expect(positions.isLost(slots[1] ?? -1)).toBe(false);
});

const orderIds: readonly (readonly [string, boolean])[] = [
  ['1', true],
  ['596471064624628269', true],
  ['9223372036854775807', true],
  ['9223372036854775808', false],
  ['0', false],
  ['-1', false],
  ['01', false],
  ['1.0', false],
  ['', false],
  ['none', false],
  ['12345678901234567890', false],
];

test.each(orderIds)('order id %j: taken exactly or not at all', (orderId, isTaken) => {
  const positions = new Positions();
  const slot = positions.add(1, 0, 1, 1);
  expect(positions.link(slot, orderId)).toBe(isTaken);
  expect(positions.orderId(slot)).toBe(isTaken ? orderId : undefined);
});

test('the open entries of one file are found, in bounded steps', () => {
  const positions = new Positions();
  for (let index = 0; index < 20_000; index += 1) positions.add(1 + (index % 2), index, 1, index);
  const found: number[] = [];
  for (let from = 0; from < positions.used; ) {
    const { slot, next } = positions.findIn(2, from, 1_000);
    expect(next - from).toBeLessThanOrEqual(1_000);
    if (slot !== undefined) found.push(slot);
    from = next;
  }
  expect(found).toHaveLength(10_000);
  expect(found.every((slot) => slot % 2 === 1)).toBe(true);
});
