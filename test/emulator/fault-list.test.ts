import { describe, expect, test } from 'vitest';
import { faultList, type RequestFacts } from '../../src/emulator/faults/fault-list.js';
import { parseFaults } from '../../src/emulator/faults/parse-fault.js';
import type { WeexEmulatorFault } from '../../src/emulator.js';

const FACTS: RequestFacts = {
  endpoint: 'upload',
  apiVersion: 'v2',
  account: 'key-a',
  body: Buffer.from('{"stage":"Execution","note":"żółw"}'),
  stage: 'Execution',
  model: 'gpt',
  orderId: '42',
};

function listOf(...faults: WeexEmulatorFault[]) {
  const list = faultList(1);
  list.add(parseFaults(faults));
  return list;
}

describe('a condition', () => {
  const holds: readonly NonNullable<Extract<WeexEmulatorFault, object>['when']>[] = [
    {},
    { endpoint: 'any' },
    { apiVersion: 'v2' },
    { account: 'key-a' },
    { stage: 'Execution' },
    { stage: ['Decision Making', 'Execution'] },
    { model: 'gpt', stage: 'Execution', orderId: '42' },
    { orderId: ['41', '42'] },
    { hasOrderId: true },
    { bodyIncludes: 'żółw' },
    { bodyIncludes: ['nothing', '"note"'] },
    { bodyBytesFrom: FACTS.body.length },
  ];
  for (const when of holds) {
    test(`holds: ${JSON.stringify(when)}`, () => {
      expect(listOf({ status: 503, when }).take(FACTS)?.label).toBe('HTTP 503');
    });
  }

  const fails: typeof holds = [
    { endpoint: 'time' },
    { apiVersion: 'v3' },
    { account: 'key-b' },
    { stage: 'execution' },
    { stage: [] },
    { model: 'gpt', stage: 'Decision Making' },
    { orderId: '4' },
    { hasOrderId: false },
    { bodyIncludes: 'zolw' },
    { bodyBytesFrom: FACTS.body.length + 1 },
  ];
  for (const when of fails) {
    test(`does not hold, and the fault stays: ${JSON.stringify(when)}`, () => {
      const list = listOf({ status: 503, when });
      expect(list.take(FACTS)).toBeUndefined();
      expect(list.describe()).toHaveLength(1);
    });
  }

  test('on what a body has none of does not hold', () => {
    const facts = { ...FACTS, stage: undefined, orderId: undefined };
    expect(listOf({ status: 503, when: { stage: ['Execution'] } }).take(facts)).toBeUndefined();
    expect(listOf({ status: 503, when: { orderId: '42' } }).take(facts)).toBeUndefined();
  });
});

describe('the list', () => {
  test('gives the first fault that is for the request, and drops it when used up', () => {
    const list = listOf({ status: 500, when: { stage: 'Other' } }, { status: 502, times: 2 }, 503);
    const labels = [1, 2, 3, 4].map(() => list.take(FACTS)?.label);
    expect(labels).toEqual(['HTTP 502', 'HTTP 502', 'HTTP 503', undefined]);
    expect(list.describe()).toEqual([{ label: 'HTTP 500', timesLeft: 1, condition: 'stage "Other"' }]);
  });

  test('keeps a fault of infinitely many times', () => {
    const list = listOf({ status: 503, times: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 1_000; i += 1) list.take(FACTS);
    expect(list.describe()).toEqual([{ label: 'HTTP 503', timesLeft: undefined, condition: '' }]);
  });

  test('goes past a fault that is used up for one order only', () => {
    const list = listOf({ status: 503, per: 'orderId' }, 502);
    const labels = ['1', '1', '2'].map((orderId) => list.take({ ...FACTS, orderId })?.label);
    expect(labels).toEqual(['HTTP 503', 'HTTP 502', 'HTTP 503']);
  });

  test('rolls dice only for requests that the fault is for, about as often as told', () => {
    const list = listOf({ status: 503, probability: 0.25, when: { stage: 'Execution' } });
    let hits = 0;
    for (let i = 0; i < 4_000; i += 1) {
      if (list.take(FACTS) !== undefined) hits += 1;
      expect(list.take({ ...FACTS, stage: 'Other' })).toBeUndefined();
    }
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1_100);
  });

  test('never applies a probability of 0, and always one of 1', () => {
    expect(listOf({ status: 503, probability: 0 }).take(FACTS)).toBeUndefined();
    expect(listOf({ status: 503, probability: 1 }).take(FACTS)?.label).toBe('HTTP 503');
  });
});

describe('before the body is there', () => {
  test('only reset-before-body is taken, and only when it comes first', () => {
    expect(listOf('reset-before-body').takeAtHead(FACTS)?.label).toBe('reset-before-body');
    expect(listOf(503, 'reset-before-body').takeAtHead(FACTS)).toBeUndefined();
    expect(listOf(503).takeAtHead(FACTS)).toBeUndefined();
  });

  test('a fault that may be meant is waited for; when it was not, the reset comes with the body', () => {
    const list = listOf({ status: 503, when: { stage: 'Other' } }, 'reset-before-body');
    expect(list.takeAtHead(FACTS)).toBeUndefined();
    expect(list.take(FACTS)?.label).toBe('reset-before-body');
  });

  test('the dice of reset-before-body fall once', () => {
    const list = listOf({ fault: 'reset-before-body', probability: 0.5 });
    let resets = 0;
    for (let i = 0; i < 1_000; i += 1) {
      if ((list.takeAtHead(FACTS) ?? list.take(FACTS)) !== undefined) resets += 1;
    }
    expect(resets).toBeGreaterThan(430);
    expect(resets).toBeLessThan(570);
  });

  test('clock-skew is no obstacle', () => {
    const list = listOf({ fault: 'clock-skew', skewMillis: 5 }, 'reset-before-body');
    expect(list.takeAtHead(FACTS)?.label).toBe('reset-before-body');
    expect(list.skewMillis()).toBe(5);
  });
});
