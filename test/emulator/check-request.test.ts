import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../src/emulator/weex/check-request.js';

const ACCOUNT = { apiKey: 'vector-key', apiSecret: 'vector-secret-1', apiPassphrase: 'vector-passphrase' };
const ODD_ACCOUNT = { apiKey: 'odd-key', apiSecret: 'Gehe1m "quoted" ü', apiPassphrase: 'odd passphrase' };
const ACCOUNTS = new Map([ACCOUNT, ODD_ACCOUNT].map((account) => [account.apiKey, account]));

const ASCII_BODY =
  '{"orderId":596471064624628269,"stage":"Decision Making","model":"gpt-4.1-2025-04-14",' +
  '"input":{"price":44950},"output":{"signal":"BUY"},"explanation":"EMA cross"}';
const UNICODE_BODY =
  '{"stage":"Exécution","model":"模型","input":{"a":"😀"},"output":{"b":"ł"},"explanation":"Kauf – „Ausbruch“"}';

/**
 * Computed with OpenSSL and nothing else:
 * `printf '%s' "$timestamp$method$target$body" | openssl dgst -sha256 -hmac "$secret" -binary | openssl base64 -A`
 */
const VECTORS = [
  {
    what: 'a v2 upload',
    account: ACCOUNT,
    timestamp: '1764000000000',
    target: '/capi/v2/order/uploadAiLog',
    body: ASCII_BODY,
    sign: 'Cts5Hh74l7JRgt8/6iC4N3dYMMAontLaDYIdbIZiP7g=',
  },
  {
    what: 'a v3 upload with text outside ASCII',
    account: ACCOUNT,
    timestamp: '1764000000000',
    target: '/capi/v3/order/uploadAiLog',
    body: UNICODE_BODY,
    sign: 'lG469OANwb61SnPWHsyo9hLsUIg9lB++vg0M6ePQvTk=',
  },
  {
    what: 'a target with a query, exactly as it came',
    account: ACCOUNT,
    timestamp: '1764000000123',
    target: '/capi/v2/order/uploadAiLog?trace=1&x=%20',
    body: ASCII_BODY,
    sign: '7faM7saP9irv/69f8Sdn1Dqpn32W47gUyhQ3daQ4qDQ=',
  },
  {
    what: 'a secret with quotes and text outside ASCII',
    account: ODD_ACCOUNT,
    timestamp: '1764000029999',
    target: '/capi/v2/order/uploadAiLog',
    body: ASCII_BODY,
    sign: '1Q+vDwGyz7LJe+/LsBx1El3vVP/wK43gAK/ulCUApF0=',
  },
];

const [VECTOR = VECTORS[0]] = VECTORS;
if (VECTOR === undefined) throw new Error('there is a vector');

function check(
  vector: (typeof VECTORS)[number],
  change: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly target?: string;
    readonly method?: string;
  } = {},
  serverMillis = Number(vector.timestamp),
): string | undefined {
  const headers = {
    'access-key': vector.account.apiKey,
    'access-sign': vector.sign,
    'access-timestamp': vector.timestamp,
    'access-passphrase': vector.account.apiPassphrase,
    'content-type': 'application/json',
    ...change.headers,
  };
  return checkRequest(
    {
      method: change.method ?? 'POST',
      target: change.target ?? vector.target,
      headers,
      body: Buffer.from(change.body ?? vector.body),
    },
    ACCOUNTS,
    serverMillis,
  )?.kind;
}

describe('the signature check', () => {
  for (const vector of VECTORS) {
    test(`takes the signature that OpenSSL computes for ${vector.what}`, () => {
      expect(check(vector)).toBeUndefined();
    });
  }

  const changes = [
    { what: 'another body', change: { body: ASCII_BODY.replace('BUY', 'BUy') } },
    { what: 'a body with one more space', change: { body: `${ASCII_BODY} ` } },
    { what: 'another path', change: { target: '/capi/v3/order/uploadAiLog' } },
    { what: 'an added query', change: { target: '/capi/v2/order/uploadAiLog?a=1' } },
    { what: 'another method', change: { method: 'PUT' } },
    { what: 'another time', change: { headers: { 'access-timestamp': '1764000000001' } } },
    { what: 'the key of another account', change: { headers: { 'access-key': 'odd-key' } } },
    {
      what: 'a signature with one other character',
      change: { headers: { 'access-sign': VECTOR.sign.replace('C', 'D') } },
    },
    { what: 'a shorter signature', change: { headers: { 'access-sign': VECTOR.sign.slice(1) } } },
    {
      what: 'a signature in hexadecimal',
      change: { headers: { 'access-sign': Buffer.from(VECTOR.sign, 'base64').toString('hex') } },
    },
  ];
  for (const { what, change } of changes) {
    test(`refuses a good signature that came with ${what}`, () => {
      expect(check(VECTOR, change)).toBe('signature-wrong');
    });
  }
});

describe('the other checks of the head', () => {
  const cases = [
    { what: 'no key', headers: { 'access-key': '' }, problem: 'key-missing' },
    { what: 'no signature', headers: { 'access-sign': '' }, problem: 'signature-missing' },
    { what: 'no time', headers: { 'access-timestamp': '' }, problem: 'timestamp-missing' },
    { what: 'no passphrase', headers: { 'access-passphrase': '' }, problem: 'passphrase-missing' },
    {
      what: 'a time in seconds',
      headers: { 'access-timestamp': '1764000000' },
      problem: 'timestamp-invalid',
    },
    {
      what: 'a time as ISO text',
      headers: { 'access-timestamp': '2025-11-24T16:00Z' },
      problem: 'timestamp-invalid',
    },
    { what: 'an unknown key', headers: { 'access-key': 'nobody' }, problem: 'key-unknown' },
    {
      what: 'a wrong passphrase',
      headers: { 'access-passphrase': 'vector-passphrasf' },
      problem: 'passphrase-wrong',
    },
    {
      what: 'a passphrase that only begins right',
      headers: { 'access-passphrase': 'vector-pass' },
      problem: 'passphrase-wrong',
    },
    { what: 'no content type', headers: { 'content-type': '' }, problem: 'content-type' },
    {
      what: 'a form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      problem: 'content-type',
    },
    {
      what: 'a content type that only begins right',
      headers: { 'content-type': 'application/jsonp' },
      problem: 'content-type',
    },
  ];
  for (const { what, headers, problem } of cases) {
    test(`refuse ${what} as ${problem}`, () => {
      expect(check(VECTOR, { headers })).toBe(problem);
    });
  }

  test('take a content type with a character set', () => {
    expect(check(VECTOR, { headers: { 'content-type': 'application/json; charset=utf-8' } })).toBeUndefined();
  });

  const window = [
    { offMillis: 30_000, problem: undefined },
    { offMillis: -30_000, problem: undefined },
    { offMillis: 30_001, problem: 'timestamp-expired' },
    { offMillis: -30_001, problem: 'timestamp-expired' },
  ];
  for (const { offMillis, problem } of window) {
    test(`${problem === undefined ? 'take' : 'refuse'} a time ${offMillis} ms from the server's clock`, () => {
      expect(check(VECTOR, {}, Number(VECTOR.timestamp) - offMillis)).toBe(problem);
    });
  }
});
