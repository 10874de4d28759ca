import { describe, expect, test } from 'vitest';
import { fullJitter } from '../../src/delivery/backoff.js';
import { createServerClock, offsetOf, readServerTime } from '../../src/delivery/clock-offset.js';
import { createConnectionBudget } from '../../src/delivery/connection-budget.js';
import { createRateLimiter } from '../../src/delivery/rate-limiter.js';

describe('the back-off', () => {
  const bounds = { firstMillis: 500, longestMillis: 300_000 };

  test('doubles its ceiling up to the longest, for ever', () => {
    const ceilings = [1, 2, 3, 4, 10, 11, 1_000_000].map((failures) =>
      fullJitter(failures, bounds, 0.999999),
    );
    expect(ceilings).toEqual([499, 999, 1_999, 3_999, 255_999, 299_999, 299_999]);
  });

  test('may be anything from nothing to the ceiling', () => {
    expect([0, 0.25, 0.5].map((chance) => fullJitter(3, bounds, chance))).toEqual([0, 500, 1_000]);
  });
});

describe('the rate limiter', () => {
  /** Sends whenever it may, as told by the limiter, with timers that are late. */
  function sendFor(seconds: number, perSecond: number, lateMillis: number): number[] {
    const limiter = createRateLimiter();
    const sent: number[] = [];
    let now = 5_000;
    const end = now + seconds * 1_000;
    while (now < end) {
      const wait = limiter.take(now, perSecond);
      if (wait === 0) sent.push(now);
      else now += wait + lateMillis;
    }
    return sent;
  }

  for (const perSecond of [0.5, 1, 10, 50, 1_000]) {
    test(`of ${perSecond} a second never lets more go in any second than one burst above it`, () => {
      const sent = sendFor(perSecond > 100 ? 3 : 20, perSecond, 0);
      const most = Math.ceil(perSecond + 1 + perSecond / 40);
      for (const from of sent) {
        expect(sent.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(most);
      }
    });
  }

  test('loses nothing to timers that are late', () => {
    expect(sendFor(100, 10, 2).length).toBeGreaterThanOrEqual(1_000);
    expect(sendFor(100, 10, 20).length).toBeGreaterThanOrEqual(1_000);
  });

  test('saves up no more than a burst while nothing is sent', () => {
    const limiter = createRateLimiter();
    limiter.take(0, 10);
    const sent = [1, 2, 3].map(() => limiter.take(3_600_000, 10));
    expect(sent[0]).toBe(0);
    expect(sent[1]).toBeGreaterThan(0);
  });

  test('follows a rate that changes with the number of live processes', () => {
    const limiter = createRateLimiter();
    expect(limiter.take(0, 10)).toBe(0);
    expect(limiter.take(0, 10)).toBe(75);
    expect(limiter.take(0, 5)).toBe(150);
    expect(limiter.take(150, 5)).toBe(0);
  });

  test('does not hurry when a clock goes back', () => {
    const limiter = createRateLimiter();
    limiter.take(10_000, 10);
    limiter.take(10_000, 10);
    expect(limiter.take(5_000, 10)).toBeGreaterThan(0);
  });
});

describe('the budget of new connections', () => {
  test('is 30 in any minute', () => {
    const budget = createConnectionBudget(30);
    for (let opened = 0; opened < 30; opened += 1) expect(budget.take(1_000 + opened * 100)).toBe(0);
    expect(budget.take(4_000)).toBe(57_000);
    expect(budget.take(60_999)).toBe(1);
    expect(budget.take(61_000)).toBe(0);
    expect(budget.take(61_000)).toBe(100);
  });
});

describe("the server's time", () => {
  const TIMES: readonly (readonly [string, number | undefined])[] = [
    ['{"epoch":"1732276800.123","iso":"2024-11-22T12:00:00.123Z","timestamp":1732276800123}', 1732276800123],
    ['{"epoch":"1732276800.123","timestamp":"1732276800123"}', 1732276800123],
    ['{"serverTime":1732276800123}', 1732276800123],
    ['{"code":"00000","data":{"timestamp":1732276800123}}', 1732276800123],
    ['{"serverTime":1732276800}', undefined],
    ['{"serverTime":null}', undefined],
    ['{}', undefined],
    ['null', undefined],
    ['<html>', undefined],
  ];
  for (const [body, expected] of TIMES) {
    test(`in ${body} is ${expected}`, () => {
      expect(readServerTime(body)).toBe(expected);
    });
  }

  test('was read half a round trip before the answer came', () => {
    // The server is 40 s ahead of our 1,000,000; the trip took 200 ms.
    const reading = {
      serverMillis: 1_039_900,
      sentMillis: 50_000,
      receivedMillis: 50_200,
      wallMillis: 1_000_000,
    };
    expect(offsetOf(reading)).toBe(40_000);
  });

  test('is ours until it was corrected', () => {
    const clock = createServerClock();
    expect([clock.millis(1_000.7), clock.corrections]).toEqual([1_000, 0]);
    clock.correct(-250);
    expect([clock.millis(1_000.7), clock.corrections]).toEqual([750, 1]);
  });

  test('is followed when accepted answers show a drift, but not when they are beyond belief', () => {
    const clock = createServerClock();
    const reading = { sentMillis: 0, receivedMillis: 0, wallMillis: 1_000_000 };
    clock.observe({ ...reading, serverMillis: 1_004_000 });
    clock.observe({ ...reading, serverMillis: 9_000_000 });
    expect(clock.corrections).toBe(0);
    clock.observe({ ...reading, serverMillis: 1_006_000 });
    expect(clock.millis(1_000_000)).toBe(1_006_000);
    clock.observe({ ...reading, serverMillis: 1_005_000 });
    expect(clock.corrections).toBe(1);
  });
});
