import { describe, expect, test } from 'vitest';
import { classify, type JudgingContext, type Verdict } from '../../src/delivery/classify.js';
import type { Exchange } from '../../src/delivery/transport.js';

const SECRETS = ['s3cr3t-s3cr3t', 'my-passphrase', 'weex_abcdef'];
const BEFORE: JudgingContext = { acceptedBefore: false, secrets: SECRETS, wallMillis: 1_732_276_800_000 };
const LATER: JudgingContext = { ...BEFORE, acceptedBefore: true };

const answer = (status: number, body: string, headers = {}): Extract<Exchange, { kind: 'answer' }> => ({
  kind: 'answer',
  status,
  headers,
  body,
});
const v2 = (code: unknown, msg = 'words'): string =>
  JSON.stringify({ code, msg, requestTime: 1_732_276_800_123, data: null });
const v3 = (code: unknown, msg = 'words'): string => JSON.stringify({ code, msg });

type Kind = Verdict['kind'];

/** The table of WEEX's codes, written out a second time so that the data cannot agree with itself. */
const CODES: readonly (readonly [Kind, readonly (string | number)[]])[] = [
  [
    'hold',
    [
      '40001',
      '40002',
      '40003',
      '40011',
      '40006',
      '40009',
      '40012',
      '40013',
      '40014',
      '40016',
      '40018',
      '40021',
      '40022',
      '40753',
      '50003',
      '50004',
      -1040,
      -1041,
      -1042,
      -1044,
      -1047,
      -1049,
      -1050,
      -1051,
      -1052,
      -1053,
      -1055,
      -1056,
      -1057,
      -1058,
      -1190,
      -3235,
      -3236,
    ],
  ],
  ['clock', ['40005', '40008', -1043, -1046]],
  [
    'reject',
    ['40007', '40017', '40019', '40020', -1045, -1128, -1135, -1140, -1141, -1142, -1150, -1160, -1180],
  ],
  ['retry', ['40015', '30015', '429', 429, -1000, -1054]],
  ['order-unknown', ['50005', -2200, -3200]],
];

describe('a code of the table', () => {
  for (const [kind, codes] of CODES) {
    for (const code of codes) {
      test(`${JSON.stringify(code)} is ${kind}, whatever the status and the history`, () => {
        for (const status of [200, 400, 403, 500]) {
          for (const context of [BEFORE, LATER]) {
            for (const body of [v2(code), v3(code), v2(String(code)), v2(Number(code))]) {
              expect(classify(answer(status, body), context).kind).toBe(kind);
            }
          }
        }
      });
    }
  }

  test("is named with WEEX's words", () => {
    const verdict = classify(answer(400, v2('40020', 'Parameter orderId error')), LATER);
    expect(verdict).toEqual({
      kind: 'reject',
      known: true,
      words: { httpStatus: 400, weexCode: '40020', reason: 'Parameter orderId error' },
    });
  });

  test('is explained when WEEX has no words for it', () => {
    const verdict = classify(answer(400, '{"code":"40009"}'), LATER);
    expect(verdict).toMatchObject({ kind: 'hold', words: { reason: 'the signature check failed' } });
  });

  test("tells WEEX's time with a refused timestamp", () => {
    expect(classify(answer(400, v2('40008')), LATER)).toMatchObject({ requestTime: 1_732_276_800_123 });
    expect(classify(answer(400, v3(-1046)), LATER)).toMatchObject({ requestTime: undefined });
  });
});

describe('success', () => {
  for (const code of ['00000', '0', 0]) {
    test(`is the code ${JSON.stringify(code)}`, () => {
      expect(classify(answer(200, v2(code, 'success')), BEFORE)).toEqual({
        kind: 'accepted',
        httpStatus: 200,
        code: String(code),
        msg: 'success',
        requestTime: 1_732_276_800_123,
      });
    });
  }

  test('is decided by the body and not by the status', () => {
    expect(classify(answer(500, v2('00000')), BEFORE).kind).toBe('accepted');
    expect(classify(answer(200, v2('40020')), BEFORE).kind).toBe('reject');
  });

  const NOT_SUCCESS = [
    '',
    'OK',
    'null',
    '[]',
    '"00000"',
    '{}',
    '{"code":null}',
    '{"code":""}',
    '{"code":false}',
    '{"code":{"a":0}}',
    '{"msg":"success"}',
    '{"code":"00000"',
    '<html><title>Welcome</title></html>',
  ];
  for (const body of NOT_SUCCESS) {
    test(`is not HTTP 200 with the body ${body}: retried, and perhaps accepted`, () => {
      expect(classify(answer(200, body), LATER)).toMatchObject({
        kind: 'retry',
        failure: 'server',
        uncertain: true,
      });
    });
  }

  test('is no code that merely looks like zero', () => {
    for (const code of ['000', '0000000', '-0.1', 'false']) {
      expect(classify(answer(200, v2(code)), LATER).kind).toBe('reject');
    }
  });

  test('is read behind a byte order mark', () => {
    expect(classify(answer(200, `\ufeff${v2('00000')}`), BEFORE).kind).toBe('accepted');
  });
});

describe('an answer without a code of the table', () => {
  const STATUSES: readonly (readonly [number, Kind, Kind])[] = [
    // status, before the first acceptance, later
    [301, 'hold', 'hold'],
    [302, 'hold', 'hold'],
    [307, 'hold', 'hold'],
    [400, 'hold', 'reject'],
    [401, 'hold', 'hold'],
    [403, 'hold', 'hold'],
    [404, 'hold', 'hold'],
    [405, 'hold', 'reject'],
    [408, 'retry', 'retry'],
    [413, 'too-large', 'too-large'],
    [415, 'hold', 'reject'],
    [429, 'retry', 'retry'],
    [500, 'retry', 'retry'],
    [502, 'retry', 'retry'],
    [503, 'retry', 'retry'],
    [504, 'retry', 'retry'],
    [520, 'retry', 'retry'],
    [521, 'hold', 'hold'],
    [522, 'retry', 'retry'],
  ];
  const BODIES = ['', 'plain text', '<html><body>521</body></html>', v2('98765'), v3(-98765)];
  for (const [status, before, later] of STATUSES) {
    test(`and HTTP ${status} is ${before} before the first acceptance, ${later} after it`, () => {
      for (const body of BODIES) {
        expect(classify(answer(status, body), BEFORE).kind).toBe(before);
        expect(classify(answer(status, body), LATER).kind).toBe(later);
      }
    });
  }

  test('is not taken as being about the entry alone', () => {
    expect(classify(answer(400, v2('98765')), LATER)).toMatchObject({ kind: 'reject', known: false });
    expect(classify(answer(200, v2('98765')), BEFORE).kind).toBe('hold');
  });

  test('names 429 a rate limit and 5xx the server', () => {
    expect(classify(answer(429, ''), LATER)).toMatchObject({ failure: 'rate-limit', uncertain: false });
    expect(classify(answer(400, v2('30015')), LATER)).toMatchObject({ failure: 'rate-limit' });
    expect(classify(answer(503, ''), LATER)).toMatchObject({ failure: 'server', uncertain: false });
  });

  test('may have been accepted behind a gateway whose time was up', () => {
    expect(classify(answer(504, ''), LATER)).toMatchObject({ uncertain: true });
  });
});

describe('Retry-After', () => {
  const CASES: readonly (readonly [Record<string, string>, number | undefined])[] = [
    [{}, undefined],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': '86400' }, 15 * 60_000],
    [{ 'retry-after': '9'.repeat(400) }, 15 * 60_000],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    // By our clock it is 12:00:00; by the answer's own it is 11:00:00.
    [{ 'retry-after': 'Fri, 22 Nov 2024 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 22 Nov 2024 11:00:10 GMT', date: 'Fri, 22 Nov 2024 11:00:00 GMT' }, 10_000],
    [{ 'retry-after': 'Fri, 22 Nov 2024 11:59:00 GMT' }, 0],
  ];
  for (const [headers, expected] of CASES) {
    const shown = JSON.stringify(headers).slice(0, 100);
    test(`of ${shown} is ${expected} ms`, () => {
      expect(classify(answer(429, '', headers), LATER)).toMatchObject({ retryAfterMillis: expected });
    });
  }
});

describe('a failure without an answer', () => {
  test("is retried as the network's, and says whether WEEX may have the entry", () => {
    for (const uncertain of [true, false]) {
      expect(classify({ kind: 'failure', reason: 'ECONNRESET', uncertain }, LATER)).toEqual({
        kind: 'retry',
        failure: 'network',
        retryAfterMillis: undefined,
        uncertain,
        words: { httpStatus: undefined, weexCode: undefined, reason: 'ECONNRESET' },
      });
    }
  });

  for (const reason of ['INVALID_HEADER']) {
    test(`by ${reason} waits for a person instead of trying for ever`, () => {
      expect(classify({ kind: 'failure', reason, uncertain: false }, LATER).kind).toBe('hold');
    });
  }
});

describe("WEEX's words", () => {
  const reasonOf = (status: number, body: string): string => {
    const verdict = classify(answer(status, body), LATER);
    return verdict.kind === 'accepted' ? verdict.msg : verdict.words.reason;
  };

  test('lose control characters, line ends and direction marks', () => {
    const reason = reasonOf(400, v2('40020', 'a\u001b[31mred\u0007\r\nnext\u202eevil\u0085end'));
    expect(reason).toBe('a [31mred next evil end');
  });

  test('are bounded without splitting a character', () => {
    const reason = reasonOf(400, v2('40020', `${'x'.repeat(298)}🚀${'y'.repeat(100_000)}`));
    expect(reason).toBe(`${'x'.repeat(298)}…`);
  });

  test('never repeat our credentials, in answers, pages or receipts', () => {
    const echo = `key weex_abcdef, phrase my-passphrase, s3cr3t-s3cr3t`;
    for (const [status, body] of [
      [400, v2('40006', echo)],
      [400, `<html><body>${echo}</body></html>`],
      [200, v2('00000', echo)],
      [500, echo],
      [400, v2(echo)],
    ] as const) {
      const verdict = JSON.stringify(classify(answer(status, body), LATER));
      for (const secret of SECRETS) expect(verdict).not.toContain(secret);
    }
  });

  test('give the text of a page and not its markup', () => {
    const page =
      '<!doctype html><html><head><title>Access denied</title></head><body><h1>521</h1></body></html>';
    expect(reasonOf(521, page)).toBe(
      "HTTP 521 (the IP address is not on WEEX's allowlist), an answer without a WEEX code: Access denied 521",
    );
    expect(reasonOf(503, '')).toBe('HTTP 503, an empty answer');
  });

  test('take no time to find, however hostile the page', () => {
    const begun = performance.now();
    reasonOf(500, '<'.repeat(65_536));
    reasonOf(500, ' '.repeat(65_536));
    reasonOf(500, '<title'.repeat(10_000));
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
