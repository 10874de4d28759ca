import { expect, test } from 'vitest';
import { resolveOptions } from '../../src/emulator/options.js';
import { rateWindow } from '../../src/emulator/weex/rate-window.js';

test('the limit is 500 requests in 10 s when nothing is said, as WEEX documents', () => {
  expect(resolveOptions({}).rateLimit).toEqual({ requests: 500, windowMillis: 10_000 });
});

test('the window slides: a place is free again when its request is as old as the window', () => {
  const rate = rateWindow({ requests: 2, windowMillis: 1_000 });
  const times = [0, 400, 999, 1_000, 1_399, 1_400, 1_401];
  expect(times.map((now) => rate.take('a', now))).toEqual([true, true, false, true, false, true, false]);
});

test('a refused request does not count', () => {
  const rate = rateWindow({ requests: 1, windowMillis: 1_000 });
  expect([0, 500, 999, 1_000].map((now) => rate.take('a', now))).toEqual([true, false, false, true]);
});

test('keys are counted apart', () => {
  const rate = rateWindow({ requests: 1, windowMillis: 1_000 });
  expect([rate.take('a', 0), rate.take('b', 0), rate.take('a', 0)]).toEqual([true, true, false]);
});

test('no limit takes everything', () => {
  const rate = rateWindow(false);
  expect(Array.from({ length: 1_000 }, () => rate.take('a', 0))).not.toContain(false);
});
