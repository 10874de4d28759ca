import type { MeterProvider } from '@opentelemetry/api';
import type { AiLogEntry, AiLogEntryFields } from '../entry/ai-log-entry';
import type { WeexEvent } from '../events';
import type { ProxyVariables } from '../lib/proxy-for';
import type { FinishedSpan } from '../mapping/finished-span';

export type WeexMode = 'live' | 'record' | 'off';
export type WeexApiVersion = 'v2' | 'v3';

/**
 * What a bot may set in code. Code beats environment beats default; durations are whole milliseconds.
 * Everything is optional: see the README's table for the variables and the defaults.
 */
export interface WeexOptions {
  apiKey?: string | undefined;
  apiSecret?: string | undefined;
  apiPassphrase?: string | undefined;
  mode?: WeexMode | undefined;
  account?: string | undefined;
  endpoint?: string | undefined;
  allowedHosts?: readonly string[] | undefined;
  apiVersion?: WeexApiVersion | undefined;
  timeoutMillis?: number | undefined;
  flushTimeoutMillis?: number | undefined;
  exitTimeoutMillis?: number | undefined;
  locale?: string | undefined;
  journalDir?: string | undefined;
  journalMaxBytes?: number | undefined;
  retentionDays?: number | undefined;
  rateLimit?: number | undefined;
  concurrency?: number | undefined;
  linkWindowMillis?: number | undefined;
  orderIdFrom?: string | readonly string[] | undefined;
  maxEntryBytes?: number | undefined;
  vocabularies?: 'all' | 'own' | readonly string[] | undefined;
  include?: readonly string[] | undefined;
  exclude?: readonly string[] | undefined;
  /** False keeps the entry from WEEX (counted as skipped). If it throws, the entry is kept. */
  filter?: ((entry: AiLogEntry, span: FinishedSpan | undefined) => boolean) | undefined;
  /** Returns the fields to replace. Runs before the journal. If it throws, nothing of the content is kept. */
  redact?: ((entry: AiLogEntry) => Partial<AiLogEntryFields> | AiLogEntry | undefined) | undefined;
  onEvent?: ((event: WeexEvent) => void) | undefined;
  collapseRepeatsMillis?: number | undefined;
  answersOnly?: boolean | undefined;
  /** PEM certificates, trusted beside the system's. */
  ca?: string | readonly string[] | undefined;
  selfObsMeterProvider?: MeterProvider | undefined;
}

export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly apiPassphrase: string;
}

/** Credentials that may come from files and change while the bot runs. */
export interface CredentialSource {
  current(): Credentials;
  /** Reads files again; on any trouble the former values stay. */
  refresh(): Credentials;
}

/** The proxy variables: URLs checked and made absolute, the exceptions as found. */
export type ProxySettings = ProxyVariables;

/** Everything resolved and checked. */
export interface Settings {
  readonly mode: WeexMode;
  readonly credentials: CredentialSource;
  /** A safe folder name: the given account name, else a hash of key and endpoint. */
  readonly account: string;
  /** Origin and path without a trailing slash. */
  readonly endpoint: string;
  readonly apiVersion: WeexApiVersion;
  readonly timeoutMillis: number;
  readonly flushTimeoutMillis: number;
  readonly exitTimeoutMillis: number;
  readonly locale: string;
  /** `undefined`: memory only, by choice or because no folder could be named. */
  readonly journalDir: string | undefined;
  readonly journalMaxBytes: number;
  readonly retentionDays: number;
  readonly rateLimit: number;
  readonly concurrency: number;
  readonly linkWindowMillis: number;
  readonly orderIdFrom: readonly string[];
  readonly maxEntryBytes: number;
  readonly vocabularies: 'all' | 'own' | readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly filter: WeexOptions['filter'];
  readonly redact: WeexOptions['redact'];
  readonly onEvent: WeexOptions['onEvent'];
  readonly collapseRepeatsMillis: number;
  readonly answersOnly: boolean;
  readonly ca: readonly string[];
  readonly proxy: ProxySettings;
  readonly selfObsMeterProvider: MeterProvider | undefined;
}
