import { createHash } from 'node:crypto';
import { WeexConfigError } from '../errors';
import { isLoopbackHost } from '../lib/loopback';
import { catalog } from './catalog';
import { withExtraCertificates } from './certificates';
import { findCredentials } from './credentials';
import { DEFAULT_ENDPOINT, endpointParser } from './endpoint';
import { homeFolder } from './home-folder';
import { defaultJournalFolder, type JournalPlace, journalFolderParser } from './journal-folder';
import type { Env } from './process-env';
import { readProxies } from './proxies';
import { createSettingReader } from './setting-reader';
import type { Settings, WeexOptions } from './settings';
import { showValues } from './show-value';
import { unknownOptions, unknownVariables } from './unknown-names';
import { type VocabularyChoice, vocabularyParser } from './vocabulary-choice';

/** WEEX allows 500 requests in 10 seconds; whoever exceeds it may lose the API permission. */
const MOST_REQUESTS_A_SECOND = 50;

/** What else the settings depend on. */
export interface Surroundings {
  /** The names of the vocabularies that exist; without them only the form of a name is checked. */
  readonly vocabularies?: readonly string[] | undefined;
  readonly homeFolder?: (() => string | undefined) | undefined;
}

/** With a longer window an entry whose trace does not end misses WEEX's rule of one minute. */
const LONGEST_PUNCTUAL_WINDOW_MILLIS = 50_000;

/**
 * Everything resolved and checked: code beats environment beats default.
 *
 * What is wrong in code, and in mode `live` credentials that are missing, unusable or contradict each other,
 * end in one `WeexConfigError` with all problems. Anything else that is wrong in the environment is told to
 * `warn` and ignored. No text of either repeats a credential.
 */
export function resolveSettings(
  options: WeexOptions,
  env: Env,
  warn: (text: string) => void,
  surroundings: Surroundings = {},
): Settings {
  const problems: string[] = [];
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  const given: Readonly<Record<string, unknown>> = isObject ? { ...options } : {};
  const credentials = findCredentials(given, env);
  const show = showValues(credentials.secrets);
  const problem = (text: string): void => {
    problems.push(text);
  };
  const { read, readBy } = createSettingReader({ options: given, env, show, problem, warn });
  const home = surroundings.homeFolder ?? (() => homeFolder(env));

  if (!isObject) problem(`options: expected an object, got ${show(options)}`);
  problems.push(...unknownOptions(given, show));
  for (const text of unknownVariables(env)) warn(text);

  const mode = read(catalog.mode);
  if (mode === 'live') problems.push(...credentials.problems, ...credentials.missing);
  if (mode === 'record')
    for (const text of credentials.problems) warn(`${text}; mode record goes on without`);
  const allowedHosts = read(catalog.allowedHosts);
  const endpoint = readBy('endpoint', catalog.endpoint, endpointParser(allowedHosts), DEFAULT_ENDPOINT);
  const linkWindowMillis = read(catalog.linkWindowMillis);
  if (linkWindowMillis > LONGEST_PUNCTUAL_WINDOW_MILLIS) {
    warn(`a link window of ${linkWindowMillis} ms makes entries later than the minute that WEEX allows`);
  }
  const settings: Settings = {
    mode,
    credentials: credentials.source,
    account: read(catalog.account) ?? hashOf(credentials.source.current().apiKey, endpoint),
    endpoint,
    apiVersion: read(catalog.apiVersion),
    timeoutMillis: read(catalog.timeoutMillis),
    flushTimeoutMillis: read(catalog.flushTimeoutMillis),
    exitTimeoutMillis: read(catalog.exitTimeoutMillis),
    locale: read(catalog.locale),
    journalDir: journalDir(),
    journalMaxBytes: read(catalog.journalMaxBytes),
    retentionDays: read(catalog.retentionDays),
    rateLimit: allowedRate(read(catalog.rateLimit)),
    concurrency: read(catalog.concurrency),
    linkWindowMillis,
    orderIdFrom: read(catalog.orderIdFrom),
    maxEntryBytes: read(catalog.maxEntryBytes),
    vocabularies: readBy<VocabularyChoice>(
      'vocabularies',
      catalog.vocabularies,
      vocabularyParser(surroundings.vocabularies),
      'all',
    ),
    include: read(catalog.include),
    exclude: read(catalog.exclude),
    filter: read(catalog.filter),
    redact: read(catalog.redact),
    onEvent: read(catalog.onEvent),
    collapseRepeatsMillis: read(catalog.collapseRepeatsMillis),
    answersOnly: read(catalog.answersOnly),
    ca: withExtraCertificates(read(catalog.ca), env),
    proxy: readProxies(env, warn),
    selfObsMeterProvider: read(catalog.selfObsMeterProvider),
  };
  if (problems.length > 0) throw new WeexConfigError(problems);
  return Object.freeze(settings);

  function allowedRate(rateLimit: number): number {
    if (rateLimit <= MOST_REQUESTS_A_SECOND || isLoopbackHost(new URL(endpoint).hostname)) return rateLimit;
    warn(
      `a rate limit of ${rateLimit} requests a second is more than WEEX allows, so ${MOST_REQUESTS_A_SECOND} is used`,
    );
    return MOST_REQUESTS_A_SECOND;
  }

  function journalDir(): string | undefined {
    const place = readBy<JournalPlace | undefined>(
      'journalDir',
      catalog.journalDir,
      journalFolderParser(home),
      undefined,
    );
    if (place === 'memory') return undefined;
    const folder = place?.folder ?? defaultJournalFolder(env, home);
    if (folder === undefined && mode !== 'off') warn(NO_FOLDER);
    return folder;
  }
}

const NO_FOLDER =
  'no folder was found for the journal, so entries are kept in memory only and a restart loses those that ' +
  'are not sent: set journalDir or OTEL_EXPORTER_WEEX_JOURNAL_DIR';

/** Stands for the account as long as its key stays. */
const hashOf = (apiKey: string, endpoint: string): string =>
  createHash('sha256').update(`${apiKey}\n${endpoint}`).digest('hex').slice(0, 16);
