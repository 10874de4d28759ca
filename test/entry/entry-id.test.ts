import { expect, test } from 'vitest';
import { newEntryId } from '../../src/entry/entry-id.js';
import { systemClock } from '../../src/lib/clock.js';

const at = (millis: number) => ({ ...systemClock, wallMillis: () => millis });

test('an entry id is a version 7 UUID that begins with the time', () => {
  expect(newEntryId(at(0x0123_4567_89ab))).toMatch(
    /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('ids sort by time', () => {
  const times = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 4_000_000_000_000];
  const ids = times.map((millis) => newEntryId(at(millis)));
  expect([...ids].sort()).toStrictEqual(ids);
});

test('ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newEntryId(at(1)))).size).toBe(10_000);
});

test.each([-5, Number.NaN, 2 ** 60, 1.5])('a clock at %d still gives a valid id', (millis) => {
  expect(newEntryId(at(millis))).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
