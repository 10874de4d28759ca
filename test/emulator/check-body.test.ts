import { describe, expect, test } from 'vitest';
import { checkBody } from '../../src/emulator/weex/check-body.js';
import { bodyWith, bodyWithOrder } from './client.js';

/** `good`, or the kind of the problem and its detail. */
function verdict(body: string | Buffer): string {
  const check = checkBody(Buffer.from(body));
  return check.kind === 'good' ? 'good' : `${check.problem.kind}: ${check.problem.detail}`;
}

const ORDER_RULE =
  'parameter-invalid: orderId must be null, absent, or bare digits from 1 to 9223372036854775807';

describe('an order id', () => {
  const good = ['1', '596471064624628269', '9007199254740993', '9223372036854775807', ' 42 ', '\n7'];
  for (const digits of good) {
    test(`of ${JSON.stringify(digits)} is taken digit by digit`, () => {
      const check = checkBody(Buffer.from(bodyWithOrder(digits)));
      expect(check.kind === 'good' && check.log.orderId).toBe(digits.trim());
    });
  }

  for (const body of [bodyWith(), bodyWithOrder('null')]) {
    test(`may be missing: ${body.slice(0, 20)}`, () => {
      const check = checkBody(Buffer.from(body));
      expect(check.kind === 'good' && check.log.orderId).toBeUndefined();
      expect(check.kind).toBe('good');
    });
  }

  const bad = [
    '0',
    '-1',
    '1.0',
    '1e3',
    '9223372036854775808',
    '"596471064624628269"',
    'true',
    '[1]',
    '{}',
    '""',
  ];
  for (const text of bad) {
    test(`of ${text} is refused`, () => {
      expect(verdict(bodyWithOrder(text))).toBe(ORDER_RULE);
    });
  }
});

describe('a body', () => {
  const cases: readonly (readonly [what: string, body: string | Buffer, verdict: string])[] = [
    ['nothing', '', 'not-json: the body is empty'],
    ['text that is no JSON', '{"stage":', 'not-json: the body cannot be parsed'],
    ['an array', '[]', 'not-json: the body must be a JSON object'],
    ['null', 'null', 'not-json: the body must be a JSON object'],
    ['a string', '"a"', 'not-json: the body must be a JSON object'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not-json: the body is not UTF-8'],
    ['no stage', bodyWith({ stage: undefined }), 'parameter-empty: stage'],
    ['a null stage', bodyWith({ stage: null }), 'parameter-empty: stage'],
    ['an empty stage', bodyWith({ stage: '' }), 'parameter-empty: stage'],
    ['a blank stage', bodyWith({ stage: ' \n' }), 'parameter-empty: stage'],
    ['a number as stage', bodyWith({ stage: 1 }), 'parameter-invalid: stage must be a string'],
    ['an empty model', bodyWith({ model: '' }), 'parameter-empty: model'],
    ['an object as model', bodyWith({ model: {} }), 'parameter-invalid: model must be a string'],
    ['no input', bodyWith({ input: undefined }), 'parameter-empty: input'],
    ['an empty input', bodyWith({ input: {} }), 'parameter-empty: input'],
    ['text as input', bodyWith({ input: '{"a":1}' }), 'parameter-invalid: input must be a JSON object'],
    ['an array as input', bodyWith({ input: [1] }), 'parameter-invalid: input must be a JSON object'],
    ['no output', bodyWith({ output: undefined }), 'parameter-empty: output'],
    ['an empty output', bodyWith({ output: {} }), 'parameter-empty: output'],
    ['null as output', bodyWith({ output: null }), 'parameter-empty: output'],
    ['no explanation', bodyWith({ explanation: undefined }), 'parameter-empty: explanation'],
    ['an empty explanation', bodyWith({ explanation: '' }), 'parameter-empty: explanation'],
    ['1,000 characters of explanation', bodyWith({ explanation: 'x'.repeat(1_000) }), 'good'],
    ['1,000 characters beyond UTF-16 units', bodyWith({ explanation: '😀'.repeat(1_000) }), 'good'],
    ['1,000 characters between spaces', bodyWith({ explanation: ` ${'x'.repeat(1_000)}\n` }), 'good'],
    [
      '1,001 characters of explanation',
      bodyWith({ explanation: 'x'.repeat(1_001) }),
      'parameter-invalid: explanation has 1001 characters, at most 1000 are taken',
    ],
    [
      'U+FFFD in the explanation',
      bodyWith({ explanation: 'caf\ufffd' }),
      'parameter-invalid: explanation holds U+FFFD, the mark of broken text',
    ],
    [
      'an explanation cut inside a surrogate pair',
      bodyWith({ explanation: '😀'.slice(0, 1) }),
      'parameter-invalid: explanation holds half a surrogate pair',
    ],
    [
      'a field twice',
      `{"stage":"a",${bodyWith().slice(1)}`,
      'parameter-invalid: a field occurs twice (stage)',
    ],
    [
      'a field twice, once in escapes',
      `{"orderId":1,"order\\u0049d":2,${bodyWith().slice(1)}`,
      'parameter-invalid: a field occurs twice (orderId)',
    ],
    ['fields that WEEX does not know', bodyWith({ timestamp: '2025-12-26', extra: [1] }), 'good'],
    ['free text as stage', bodyWith({ stage: 'Post-trade review' }), 'good'],
  ];
  for (const [what, body, expected] of cases) {
    test(`with ${what} is ${expected}`, () => {
      expect(verdict(body)).toBe(expected);
    });
  }

  test('is not quoted in the refusal beyond a plain field name', () => {
    const name = '<b>\u202e'.repeat(20);
    expect(verdict(`{"${name}":1,"${name}":2,${bodyWith().slice(1)}`)).toBe(
      'parameter-invalid: a field occurs twice (an unusual name)',
    );
  });
});
