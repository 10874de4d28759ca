import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.js';
import { WeexConfigError } from '../../src/errors.js';
import { CREDENTIALS, resolveLive, resolveWith } from '../helpers/resolve-with.js';

const prefix = 'OTEL_EXPORTER_WEEX_';

/** For each setting with a variable: its default, a variable's text with its value, and a value in code. */
const cases = [
  ['mode', 'MODE', 'live', 'RECORD', 'record', 'off'],
  ['account', 'ACCOUNT', undefined, ' my-bot_1.a ', 'my-bot_1.a', 'other'],
  [
    'endpoint',
    'ENDPOINT',
    'https://api-contract.weex.com',
    'https://a.weex.com/x/',
    'https://a.weex.com/x',
    'http://localhost:81',
  ],
  ['apiVersion', 'API_VERSION', 'v2', 'V3', 'v3', 'v3'],
  ['timeoutMillis', 'TIMEOUT', 10_000, '2500', 2_500, 1],
  ['flushTimeoutMillis', 'FLUSH_TIMEOUT', 10_000, '0', 0, 0],
  ['exitTimeoutMillis', 'EXIT_TIMEOUT', 1_500, '0', 0, 7],
  ['locale', 'LOCALE', 'en-US', 'zh-CN', 'zh-CN', 'de'],
  ['journalMaxBytes', 'JOURNAL_MAX_BYTES', 2_147_483_648, '1048576', 1_048_576, 5_000_000_000],
  ['retentionDays', 'RETENTION_DAYS', 180, '0', 0, 30],
  ['rateLimit', 'RATE_LIMIT', 10, '0.5', 0.5, 50],
  ['concurrency', 'CONCURRENCY', 4, '64', 64, 1],
  ['linkWindowMillis', 'LINK_WINDOW', 20_000, '0', 0, 5_000],
  [
    'orderIdFrom',
    'ORDER_ID_FROM',
    [],
    'tool:place_order:orderId, tool:a:b:c.0.d',
    ['tool:place_order:orderId', 'tool:a:b:c.0.d'],
    ['tool:x:y'],
  ],
  ['maxEntryBytes', 'MAX_ENTRY_BYTES', 262_144, '1000000', 1_000_000, 256],
  ['vocabularies', 'VOCABULARIES', 'all', 'OWN', 'own', ['gen_ai']],
  ['include', 'INCLUDE', [], 'a, b ,,', ['a', 'b'], ['c']],
  ['exclude', 'EXCLUDE', [], 'a', ['a'], ['b']],
  ['collapseRepeatsMillis', 'COLLAPSE_REPEATS', 0, '60000', 60_000, 5],
  ['answersOnly', 'ANSWERS_ONLY', false, 'TRUE', true, true],
] as const;

describe('where a setting comes from', () => {
  it.each(cases)('%s: code beats %s beats the default', (option, name, fallback, text, fromText, inCode) => {
    const value = (options: object, env: Record<string, string>): unknown => {
      const { settings, problems, warnings } = resolveLive(options, env);
      expect([...problems, ...warnings]).toEqual([]);
      return settings?.[option];
    };
    if (fallback !== undefined) expect(value({}, {})).toEqual(fallback);
    expect(value({}, { [prefix + name]: text })).toEqual(fromText);
    expect(value({ [option]: inCode }, { [prefix + name]: text })).toEqual(inCode);
  });

  it.each(cases)('%s: empty means unset, in %s and in code', (option, name, fallback) => {
    const { settings, warnings } = resolveLive({ [option]: '' }, { [prefix + name]: ' \t' });
    expect(warnings).toEqual([]);
    if (fallback !== undefined) expect(settings?.[option]).toEqual(fallback);
  });

  it('takes the endpoint from the first variable that is set and usable', () => {
    const names = [`${prefix}ENDPOINT`, 'WEEX_AI_API_BASE', 'WEEX_API_BASE'];
    const [a, b, c] = ['https://a.weex.com', 'https://b.weex.com', 'https://c.weex.com'];
    const endpoint = (...values: readonly string[]) =>
      resolveLive({}, Object.fromEntries(names.map((name, position) => [name, values[position] ?? ''])))
        .settings?.endpoint;
    expect(endpoint(a, b, c)).toBe(a);
    expect(endpoint('', b, c)).toBe(b);
    expect(endpoint('', '', c)).toBe(c);
    expect(endpoint('ftp://x', b, c)).toBe(b);
  });

  it('is not touched by what code passes later', () => {
    const include = ['a'];
    const { settings } = resolveLive({ include });
    include.push('b');
    expect(settings?.include).toEqual(['a']);
    for (const value of [settings, settings?.include, settings?.proxy, settings?.credentials, settings?.ca]) {
      expect(Object.isFrozen(value)).toBe(true);
    }
    expect(Object.isFrozen(settings?.credentials.current())).toBe(true);
  });
});

const wrong = [
  ['mode', 'MODE', 'recrod', 'Live'],
  ['account', 'ACCOUNT', '../x', '.hidden'],
  ['account', 'ACCOUNT', 'a'.repeat(65), 7],
  ['endpoint', 'ENDPOINT', 'http://api.weex.com', 'https://evil.com'],
  ['apiVersion', 'API_VERSION', 'v1', 2],
  ['timeoutMillis', 'TIMEOUT', '10s', -1],
  ['timeoutMillis', 'TIMEOUT', '1e3', 1.5],
  ['timeoutMillis', 'TIMEOUT', '300001', Number.NaN],
  ['flushTimeoutMillis', 'FLUSH_TIMEOUT', '-1', '5'],
  ['exitTimeoutMillis', 'EXIT_TIMEOUT', '2147483648', Number.POSITIVE_INFINITY],
  ['locale', 'LOCALE', 'en us', 'en\r\nX-Evil: 1'],
  ['journalDir', 'JOURNAL_DIR', '/a\0b', 5],
  ['journalMaxBytes', 'JOURNAL_MAX_BYTES', '2GiB', 1_000],
  ['retentionDays', 'RETENTION_DAYS', '1.5', -1],
  ['rateLimit', 'RATE_LIMIT', '0', 0.05],
  ['rateLimit', 'RATE_LIMIT', '100001', Number.NaN],
  ['concurrency', 'CONCURRENCY', '0', 65],
  ['linkWindowMillis', 'LINK_WINDOW', 'soon', true],
  ['orderIdFrom', 'ORDER_ID_FROM', 'place_order:orderId', ['tool:place_order']],
  ['orderIdFrom', 'ORDER_ID_FROM', 'tool:a:b..c', ['tool::b']],
  ['maxEntryBytes', 'MAX_ENTRY_BYTES', '255', 1_000_001],
  ['vocabularies', 'VOCABULARIES', '%', [5]],
  ['include', 'INCLUDE', undefined, { a: 1 }],
  ['collapseRepeatsMillis', 'COLLAPSE_REPEATS', 'x', '0'],
  ['answersOnly', 'ANSWERS_ONLY', 'yes', 'true'],
  ['filter', undefined, undefined, 'x'],
  ['redact', undefined, undefined, {}],
  ['onEvent', undefined, undefined, 1],
  ['selfObsMeterProvider', undefined, undefined, {}],
  ['ca', 'CERTIFICATE', '/no/such/file', 'no pem'],
] as const;

describe('what is wrong', () => {
  it.each(wrong)('%s: in code it is an error that names it (%s, %j, %j)', (option, _name, _text, inCode) => {
    const { problems } = resolveLive({ [option]: inCode });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${option}: expected .+`));
  });

  it.each(wrong.filter(([, name, text]) => name !== undefined && text !== undefined))(
    '%s: in %s it is warned about by name and ignored (%j)',
    (option, name, text) => {
      const { settings, warnings } = resolveLive({}, { [prefix + name]: text ?? '' });
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(
        new RegExp(`^${prefix}${name}: expected .+; ignored, the default \\(.+\\) is used$`),
      );
      expect(settings?.[option]).toEqual(resolveLive({}).settings?.[option]);
    },
  );

  it('is told in one error, every problem of it', () => {
    const act = () => resolveSettings({ timeoutMillis: -1, concurrency: 0 }, {}, () => {});
    expect(act).toThrow(WeexConfigError);
    const { problems } = resolveWith({ timeoutMillis: -1, concurrency: 0 });
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).toMatch(
      /apiKey.+\n.*apiSecret.+\n.*apiPassphrase.+\n.*timeoutMillis.+\n.*concurrency/,
    );
  });

  it('is not looked for in a variable that code overrules', () => {
    expect(resolveLive({ timeoutMillis: 5 }, { [`${prefix}TIMEOUT`]: 'x' }).warnings).toEqual([]);
  });

  it('costs a list in a variable only its bad items', () => {
    const text = 'tool:place_order:orderId, place_order';
    const { settings, warnings } = resolveLive({}, { [`${prefix}ORDER_ID_FROM`]: text });
    expect(settings?.orderIdFrom).toEqual(['tool:place_order:orderId']);
    expect(warnings).toEqual([expect.stringMatching(/got "place_order"; ignored, the rest is used$/)]);
  });

  it.each(['mode', 5, null, [], () => {}])('options that are no object (%j)', (options) => {
    const { problems } = resolveWith(Object(options), {});
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('a misspelt name', () => {
  it.each([
    ['apisecret', 'apiSecret'],
    ['api_key', 'apiKey'],
    ['timeout', 'timeoutMillis'],
    ['passphrase', 'apiPassphrase'],
    ['timeoutMs', 'timeoutMillis'],
    ['baseUrl', undefined],
  ])('in code is an error: %s', (name, meant) => {
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    expect(resolveLive({ [name]: 'x' }).problems).toEqual([`options: "${name}" is not an option${hint}`]);
  });

  it('in the environment is warned about, where the prefix is ours alone', () => {
    const { warnings } = resolveLive(
      {},
      { [`${prefix}TIMEOT`]: '1', WEEX_API_KEYS: 'x', OTEL_EXPORTER_OTLP_X: '1' },
    );
    expect(warnings).toEqual([`${prefix}TIMEOT is not a setting; did you mean ${prefix}TIMEOUT?`]);
  });
});

describe('account', () => {
  it('is by default a hash of key and endpoint, and of nothing else', () => {
    const expected = createHash('sha256')
      .update(`${CREDENTIALS.apiKey}\nhttps://api-contract.weex.com`)
      .digest('hex')
      .slice(0, 16);
    expect(resolveLive({}).settings?.account).toBe(expected);
    expect(resolveLive({ apiSecret: 'another', timeoutMillis: 1 }).settings?.account).toBe(expected);
    expect(resolveLive({ apiKey: 'another' }).settings?.account).not.toBe(expected);
    expect(resolveLive({ endpoint: 'http://localhost:1' }).settings?.account).not.toBe(expected);
  });
});

describe('modes without sending', () => {
  it.each(['record', 'off'])('%s needs no credentials', (mode) => {
    const { settings, problems, warnings } = resolveWith({ mode });
    expect([...problems, ...warnings]).toEqual([]);
    expect(settings?.credentials.current()).toEqual({ apiKey: '', apiSecret: '', apiPassphrase: '' });
    expect(settings?.account).toMatch(/^[0-9a-f]{16}$/);
  });

  it('record warns of credentials that cannot be used', () => {
    const { problems, warnings } = resolveWith({ mode: 'record' }, { WEEX_API_KEY_FILE: '/no/such/file' });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('WEEX_API_KEY_FILE: /no/such/file')]);
  });
});

describe('limits', () => {
  it('reads a time-out of 0 as the longest one', () => {
    expect(resolveLive({ timeoutMillis: 0 }).settings?.timeoutMillis).toBe(300_000);
    expect(resolveLive({}, { [`${prefix}TIMEOUT`]: '0' }).settings?.timeoutMillis).toBe(300_000);
  });

  it('takes a rate above what WEEX allows for loopback alone', () => {
    const fast = { rateLimit: 51 };
    expect(resolveLive({ ...fast, endpoint: 'http://localhost:1' })).toMatchObject({
      settings: fast,
      warnings: [],
    });
    const { settings, warnings } = resolveLive(fast);
    expect(settings?.rateLimit).toBe(50);
    expect(warnings).toEqual([expect.stringContaining('51 requests a second')]);
  });

  it('warns of a link window that cannot keep the minute', () => {
    expect(resolveLive({ linkWindowMillis: 50_000 }).warnings).toEqual([]);
    expect(resolveLive({ linkWindowMillis: 60_000 }).warnings).toEqual([expect.stringContaining('60000 ms')]);
  });
});

describe('vocabularies', () => {
  const known = { vocabularies: ['own', 'gen_ai', 'vercel-ai'] };

  it.each([
    ['all', 'all'],
    ['own', 'own'],
    [['OWN'], 'own'],
    ['GEN_AI, own', ['gen_ai', 'own']],
    [['gen_ai', 'all'], 'all'],
  ])('reads %j as %j', (given, expected) => {
    expect(resolveLive({ vocabularies: given }, {}, known).settings?.vocabularies).toEqual(expected);
    expect(
      resolveLive({}, { [`${prefix}VOCABULARIES`]: String(given) }, known).settings?.vocabularies,
    ).toEqual(expected);
  });

  it('refuses a name that does not exist, for it would silently leave decisions out', () => {
    const { problems } = resolveLive({ vocabularies: ['genai'] }, {}, known);
    expect(problems).toEqual([
      expect.stringMatching(/gen_ai, vercel-ai.+got "genai" \(did you mean "gen_ai"\?\)$/),
    ]);
    expect(resolveLive({ vocabularies: [] }, {}, known).problems).toHaveLength(1);
  });
});

describe('proxies', () => {
  it('are read in both cases, lower case first, and made absolute', () => {
    const { settings, warnings } = resolveLive(
      {},
      {
        HTTPS_PROXY: 'http://upper:1',
        https_proxy: 'lower:2',
        HTTP_PROXY: 'https://u:p@plain:3',
        NO_PROXY: 'a, b',
        no_proxy: '',
      },
    );
    expect(settings?.proxy).toEqual({
      httpsProxy: 'http://lower:2/',
      httpProxy: 'https://u:p@plain:3/',
      noProxy: 'a, b',
    });
    expect(warnings).toEqual([]);
  });

  it.each(['socks5://user:pass@proxy:1', 'http://:80', '::::'])(
    'that cannot be used are warned about unseen: %s',
    (value) => {
      const { settings, warnings } = resolveLive({}, { HTTPS_PROXY: value });
      expect(settings?.proxy.httpsProxy).toBeUndefined();
      expect(warnings).toEqual([expect.stringMatching(/^HTTPS_PROXY: expected/)]);
      expect(warnings.join()).not.toContain(value);
    },
  );
});
