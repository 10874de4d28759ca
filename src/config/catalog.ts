import type { MeterProvider } from '@opentelemetry/api';
import { certificateParser } from './certificates';
import { CREDENTIAL_VARIABLES, fileVariable } from './credentials';
import { hostList } from './endpoint';
import { orderIdRules } from './order-id-from';
import {
  choice,
  decimalNumber,
  flag,
  given,
  list,
  type Parser,
  pattern,
  valid,
  wholeNumber,
  wholeNumberOrMost,
} from './parser';
import type { WeexApiVersion, WeexMode, WeexOptions } from './settings';

/** What the documentation says of a setting. */
export interface Described {
  /** In the order in which they are looked at; none: code only. */
  readonly variables: readonly string[];
  readonly unit?: string;
  /** The default in words. */
  readonly byDefault: string;
  readonly meaning: string;
}

/** A setting whose values can be checked by themselves. */
export interface Setting<T> extends Described {
  readonly option: keyof WeexOptions;
  readonly parser: Parser<T>;
  readonly fallback: T;
}

export const OWN_PREFIX = 'OTEL_EXPORTER_WEEX_';

const own = (name: string): readonly string[] => [`${OWN_PREFIX}${name}`];
const setting = <T>(definition: Setting<T>): Setting<T> => {
  // Lists by default are shared by all settings.
  Object.freeze(definition.fallback);
  return definition;
};

/** The longest that a timer can wait. */
const LONGEST_MILLIS = 2 ** 31 - 1;
/** A request whose signature is 30 s old is refused, so an attempt that lasts longer than this is dead. */
const LONGEST_ATTEMPT_MILLIS = 300_000;

const millis = (
  option: keyof WeexOptions,
  name: string,
  fallback: number,
  meaning: string,
): Setting<number> => ({
  option,
  variables: own(name),
  unit: 'ms',
  byDefault: String(fallback),
  meaning,
  parser: wholeNumber({ min: 0, max: LONGEST_MILLIS, unit: 'milliseconds' }),
  fallback,
});

const credential = (option: keyof typeof CREDENTIAL_VARIABLES, meaning: string): Described => ({
  variables: CREDENTIAL_VARIABLES[option].flatMap((name) => [name, fileVariable(name)]),
  byDefault: 'required in mode `live`',
  meaning,
});

const names = list((item) => valid(item), 'names');

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isFilter = (value: unknown): value is NonNullable<WeexOptions['filter']> => isFunction(value);
const isRedact = (value: unknown): value is NonNullable<WeexOptions['redact']> => isFunction(value);
const isOnEvent = (value: unknown): value is NonNullable<WeexOptions['onEvent']> => isFunction(value);
const isMeterProvider = (value: unknown): value is MeterProvider =>
  typeof value === 'object' && value !== null && 'getMeter' in value && isFunction(value.getMeter);

/** Every setting: where it is set, what it means, how it is read, what it is without a word. */
export const catalog = {
  apiKey: credential(
    'apiKey',
    'The key of the WEEX account. A `_FILE` variable names a file that holds the value; it is read again before a probe.',
  ),
  apiSecret: credential('apiSecret', 'The secret that signs. Two variables that differ are an error.'),
  apiPassphrase: credential(
    'apiPassphrase',
    'The passphrase chosen with the key. Two variables that differ are an error.',
  ),
  mode: setting<WeexMode>({
    option: 'mode',
    variables: own('MODE'),
    byDefault: '`live`',
    meaning: '`live` sends; `record` keeps the journal and never sends (paper trading); `off` does nothing.',
    parser: choice(['live', 'record', 'off']),
    fallback: 'live',
  }),
  account: setting<string | undefined>({
    option: 'account',
    variables: own('ACCOUNT'),
    byDefault: 'a hash of key and endpoint',
    meaning: "A name for the account's folder in the journal. Set one if keys rotate: it has to stay.",
    parser: pattern(
      /^(?!\.)[\w.-]{1,64}$/,
      '1 to 64 letters, digits, ".", "_" or "-" that do not begin with "."',
    ),
    fallback: undefined,
  }),
  endpoint: {
    variables: [...own('ENDPOINT'), 'WEEX_AI_API_BASE', 'WEEX_API_BASE'],
    byDefault: '`https://api-contract.weex.com`',
    meaning:
      'The base of the API: https (http for loopback alone), a known host, without user information or query.',
  },
  allowedHosts: setting({
    option: 'allowedHosts',
    variables: own('ALLOWED_HOSTS'),
    byDefault: 'none',
    meaning:
      'Hosts (or `*.domain`) that may get signed requests, beside `*.weex.com`, `*.weex.tech` and loopback.',
    parser: hostList,
    fallback: [],
  }),
  apiVersion: setting<WeexApiVersion>({
    option: 'apiVersion',
    variables: own('API_VERSION'),
    byDefault: '`v2`',
    meaning: 'The version of the API: `v2` or `v3`.',
    parser: choice(['v2', 'v3']),
    fallback: 'v2',
  }),
  timeoutMillis: setting({
    ...millis(
      'timeoutMillis',
      'TIMEOUT',
      10_000,
      `One attempt. 0 is the longest, ${LONGEST_ATTEMPT_MILLIS}.`,
    ),
    parser: wholeNumberOrMost({ max: LONGEST_ATTEMPT_MILLIS, unit: 'milliseconds' }),
  }),
  flushTimeoutMillis: millis(
    'flushTimeoutMillis',
    'FLUSH_TIMEOUT',
    10_000,
    '`forceFlush()` and `shutdown()`. 0 does not wait.',
  ),
  exitTimeoutMillis: millis(
    'exitTimeoutMillis',
    'EXIT_TIMEOUT',
    1_500,
    'The flush at the exit of the process, by signal or by itself. 0 does not wait.',
  ),
  locale: setting({
    option: 'locale',
    variables: own('LOCALE'),
    byDefault: '`en-US`',
    meaning: "The language of WEEX's messages.",
    parser: pattern(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$/, 'a language tag such as "en-US"'),
    fallback: 'en-US',
  }),
  journalDir: {
    variables: own('JOURNAL_DIR'),
    byDefault:
      '`$XDG_STATE_HOME/opentelemetry-exporter-weex`, else `~/.local/state/opentelemetry-exporter-weex`',
    meaning: 'The folder of the journal; `none` keeps entries in memory only.',
  },
  journalMaxBytes: setting({
    option: 'journalMaxBytes',
    variables: own('JOURNAL_MAX_BYTES'),
    unit: 'bytes',
    byDefault: '2147483648 (2 GiB)',
    meaning:
      'Beyond it the oldest archived segments go; entries that are pending or linked to an order never do.',
    parser: wholeNumber({ min: 1_048_576, max: Number.MAX_SAFE_INTEGER, unit: 'bytes' }),
    fallback: 2 * 1_024 ** 3,
  }),
  retentionDays: setting({
    option: 'retentionDays',
    variables: own('RETENTION_DAYS'),
    unit: 'days',
    byDefault: '180',
    meaning: 'How long what is settled stays in the archive.',
    parser: wholeNumber({ min: 0, max: 36_500, unit: 'days' }),
    fallback: 180,
  }),
  rateLimit: setting({
    option: 'rateLimit',
    variables: own('RATE_LIMIT'),
    unit: 'requests a second',
    byDefault: '10',
    meaning:
      'For the account, shared by its live processes. WEEX counts trading requests too; above 50 only to loopback.',
    parser: decimalNumber({ min: 0.1, max: 100_000, unit: 'requests a second' }),
    fallback: 10,
  }),
  concurrency: setting({
    option: 'concurrency',
    variables: own('CONCURRENCY'),
    unit: 'requests',
    byDefault: '4',
    meaning: 'Requests under way at once.',
    parser: wholeNumber({ min: 1, max: 64, unit: 'requests' }),
    fallback: 4,
  }),
  linkWindowMillis: millis(
    'linkWindowMillis',
    'LINK_WINDOW',
    20_000,
    'How long an entry waits for the order id of its trace. 0 sends at once. WEEX wants entries within a minute.',
  ),
  orderIdFrom: setting({
    option: 'orderIdFrom',
    variables: own('ORDER_ID_FROM'),
    byDefault: 'none',
    meaning: "Where a tool span's result holds the order id: `tool:place_order:orderId`, a list.",
    parser: orderIdRules,
    fallback: [],
  }),
  maxEntryBytes: setting({
    option: 'maxEntryBytes',
    variables: own('MAX_ENTRY_BYTES'),
    unit: 'bytes',
    byDefault: '262144',
    meaning: 'Above it the longest strings of input and output are cut, and the cut is marked.',
    parser: wholeNumber({ min: 256, max: 1_000_000, unit: 'bytes' }),
    fallback: 262_144,
  }),
  vocabularies: {
    variables: own('VOCABULARIES'),
    byDefault: '`all`',
    meaning: 'Which families of span attributes are read: `all`, `own` (`ai.*` alone) or a list.',
  },
  include: setting({
    option: 'include',
    variables: own('INCLUDE'),
    byDefault: 'all',
    meaning: 'Only these scope, span or agent names.',
    parser: names,
    fallback: [],
  }),
  exclude: setting({
    option: 'exclude',
    variables: own('EXCLUDE'),
    byDefault: 'none',
    meaning: 'Not these scope, span or agent names.',
    parser: names,
    fallback: [],
  }),
  filter: setting({
    option: 'filter',
    variables: [],
    byDefault: 'none',
    meaning:
      '`filter(entry, span)`: false keeps the entry from WEEX. If it throws, the entry is kept. For `WeexAiLogger` there is no span.',
    parser: given(isFilter, 'a function'),
    fallback: undefined,
  }),
  redact: setting({
    option: 'redact',
    variables: [],
    byDefault: 'none',
    meaning:
      '`redact(entry)` returns the fields to replace, before the journal. If it throws, the content is not kept.',
    parser: given(isRedact, 'a function'),
    fallback: undefined,
  }),
  onEvent: setting({
    option: 'onEvent',
    variables: [],
    byDefault: 'none',
    meaning: '`onEvent(event)` is told what happens to entries and to the account.',
    parser: given(isOnEvent, 'a function'),
    fallback: undefined,
  }),
  collapseRepeatsMillis: millis(
    'collapseRepeatsMillis',
    'COLLAPSE_REPEATS',
    0,
    'The window in which equal entries without an order are sent once. 0 is off.',
  ),
  answersOnly: setting({
    option: 'answersOnly',
    variables: own('ANSWERS_ONLY'),
    byDefault: '`false`',
    meaning: 'Drops the steps of a tool loop whose answer is only a tool call.',
    parser: flag,
    fallback: false,
  }),
  ca: setting({
    option: 'ca',
    variables: own('CERTIFICATE'),
    byDefault: 'none',
    meaning:
      "Certificates to trust beside the system's: PEM text in code, paths of PEM files in the variable.",
    parser: certificateParser,
    fallback: [],
  }),
  selfObsMeterProvider: setting({
    option: 'selfObsMeterProvider',
    variables: [],
    byDefault: 'the global meter provider',
    meaning: 'Where the metrics of this package go.',
    parser: given(isMeterProvider, 'a MeterProvider'),
    fallback: undefined,
  }),
} satisfies Record<keyof WeexOptions, Described>;

/** What only the environment can say. */
export const environmentOnly = {
  proxy: {
    variables: ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'],
    byDefault: 'none',
    meaning: 'Proxies and exceptions, in lower case (which wins) or upper case. Never for loopback.',
  },
} satisfies Record<string, Described>;
