import { expect, test } from 'vitest';
import { AccountHistory, type FailedAttempt } from '../../src/evidence/outages.js';

const T0 = 1_760_000_000_000;
const at = (second: number): number => T0 + second * 1_000;
const time = (second: number): string => new Date(at(second)).toISOString();
const failed = (
  second: number,
  reason: string,
  disposition: FailedAttempt['disposition'] = 'retry',
  weexCode?: string,
): FailedAttempt => ({ disposition, atMillis: at(second), weexCode, reason });
const always = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

test('a run of failures lasts until the next acceptance; one or two failures are none', () => {
  const history = new AccountHistory();
  for (const second of [12, 10, 11, 20, 30, 31]) history.attempted(failed(second, 'ECONNREFUSED'));
  for (const second of [25, 1, 15]) history.accepted(at(second), undefined);
  history.attempted(failed(32, 'HTTP 503'));
  history.attempted(failed(33, 'wrong', 'reject', '40017'));
  expect(history.outages(...always)).toEqual([
    { kind: 'unreachable', from: time(10), until: time(15), failedAttempts: 3, words: { ECONNREFUSED: 3 } },
    {
      kind: 'unreachable',
      from: time(30),
      until: undefined,
      failedAttempts: 3,
      words: { ECONNREFUSED: 2, 'HTTP 503': 1 },
    },
  ]);
});

test('a pause lasts until the account is resumed, by whichever process', () => {
  const history = new AccountHistory();
  history.paused(at(10), '40753 disabled');
  history.paused(at(12), '40753 disabled');
  history.attempted(failed(10, 'disabled', 'hold', '40753'));
  history.attempted(failed(15, 'disabled', 'hold', '40753'));
  history.resumed(at(20));
  history.resumed(at(21));
  history.paused(at(40), '521');
  expect(history.outages(...always)).toEqual([
    { kind: 'paused', from: time(10), until: time(20), failedAttempts: 2, words: { '40753 disabled': 2 } },
    { kind: 'paused', from: time(40), until: undefined, failedAttempts: 0, words: { '521': 1 } },
  ]);
});

test('only those that touch the time asked for', () => {
  const history = new AccountHistory();
  history.paused(at(10), 'x');
  history.resumed(at(20));
  expect(history.outages(at(21), at(30))).toEqual([]);
  expect(history.outages(at(0), at(9))).toEqual([]);
  expect(history.outages(at(19), at(30))).toHaveLength(1);
});

test('the clocks differ by the middle of all answers that state a time', () => {
  const history = new AccountHistory();
  expect(history.clock()).toBeUndefined();
  for (const difference of [30, -10, 20]) history.accepted(at(1), at(1) + difference);
  history.accepted(at(1), undefined);
  expect(history.clock()).toEqual({ answers: 3, medianMillis: 20, leastMillis: -10, mostMillis: 30 });
});
