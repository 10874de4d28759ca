import { describe, expect, test } from 'vitest';
import { isFaultName, NAMED_FAULTS } from '../../src/emulator/faults/named-faults.js';
import { parseFaults } from '../../src/emulator/faults/parse-fault.js';
import type { WeexEmulatorFault } from '../../src/emulator.js';

describe('a fault that cannot be is refused with what to do:', () => {
  const cases: readonly (readonly [fault: WeexEmulatorFault, words: RegExp])[] = [
    [200, /status 200 needs a body to send; for a usual success say 'accept'/],
    [{ status: 204 }, /status 204 needs a body/],
    [{ status: 99, body: '' }, /expected status to be a whole number from 200 to 599; got "99"/],
    [{ status: 503.5 }, /expected status to be a whole number/],
    ['00000', /code "00000" means success: say 'accept'/],
    [0, /code "0" means success/],
    [{}, /expected one of fault, code and status/],
    [{ fault: 'slow', status: 503 }, /give fault, or code and status, not both/],
    [{ code: '40015', body: 'x' }, /give code or body, not both/],
    [{ status: 503, times: 0 }, /expected times to be a whole number from 1/],
    [{ status: 503, times: 1.5 }, /expected times to be a whole number/],
    [{ status: 503, probability: 1.1 }, /expected probability to be from 0 to 1; got "1.1"/],
    [{ status: 503, probability: Number.NaN }, /expected probability to be from 0 to 1/],
    [{ fault: 'slow', delayMillis: -1 }, /expected delayMillis to be a whole number from 0/],
    [{ fault: 'huge-body', bytes: 10 ** 9 }, /expected bytes to be a whole number from 1/],
    [{ status: 429, retryAfterSeconds: 0.5 }, /expected retryAfterSeconds to be a whole number/],
    [{ status: 302, location: 'a\r\nb: c' }, /header "location" cannot be sent/],
    [{ status: 503, headers: { 'bad name': 'x' } }, /header "bad name" cannot be sent/],
    [{ fault: 'clock-skew' }, /clock-skew needs skewMillis/],
    [{ fault: 'clock-skew', skewMillis: 1e15 }, /expected skewMillis to be a whole number/],
    [{ fault: 'reset-before-body', when: { stage: 'Execution' } }, /acts before the body is known/],
    [{ fault: 'reset-before-body', per: 'orderId' }, /acts before the body is known/],
    [{ fault: 'reset-before-body', accept: true }, /cannot take a log that it has not read/],
  ];
  for (const [fault, words] of cases) {
    test(JSON.stringify(fault), () => {
      expect(() => parseFaults([fault])).toThrow(TypeError);
      expect(() => parseFaults([fault])).toThrow(words);
    });
  }

  test('all problems at once, each with its place', () => {
    expect(() => parseFaults([503, 200, 'accept', {}])).toThrow(
      /fault 2: status 200.*; fault 4: expected one/,
    );
  });
});

test('every name but clock-skew is a fault as it stands', () => {
  for (const name of Object.keys(NAMED_FAULTS)) {
    if (!isFaultName(name)) throw new Error('a key is a name');
    const parse = () => parseFaults([{ fault: name }]);
    if (name === 'clock-skew') expect(parse).toThrow(/skewMillis/);
    else expect(parse()[0]?.label).toBe(name);
  }
});

test('a fault is for one request, one with a probability for all', () => {
  expect(parseFaults([503])[0]?.times).toBe(1);
  expect(parseFaults([{ status: 503, probability: 0.1 }])[0]?.times).toBe(Number.POSITIVE_INFINITY);
  expect(parseFaults([{ status: 503, probability: 0.1, times: 3 }])[0]?.times).toBe(3);
});
