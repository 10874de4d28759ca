import { DEFAULT_ACCOUNT, type WeexEmulatorCredentials } from './account';
import type { WeexEmulatorFault } from './faults/fault';
import type { FaultPlan } from './faults/fault-plan';
import { parseFaults } from './faults/parse-fault';
import type { EmulatedApiVersion } from './weex/endpoints';
import type { RateLimit } from './weex/rate-window';

export interface WeexEmulatorOptions {
  /** @default 0: a free port, see `url` */
  readonly port?: number | undefined;
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /**
   * More names by which clients may call the emulator, for example a service name in a container network.
   * Loopback names and `host` always may; anything else gets HTTP 403, against DNS rebinding.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** The accounts that are known; `credentials` is the first. @default one account, the same at every start */
  readonly accounts?: readonly WeexEmulatorCredentials[] | undefined;
  /** Serve only this version's upload path; the other answers 404. @default both */
  readonly apiVersion?: EmulatedApiVersion | undefined;
  /** Faults that stand from the start, as if scripted. */
  readonly faults?: readonly WeexEmulatorFault[] | undefined;
  /** Of the dice that faults with a `probability` roll. @default 1 */
  readonly seed?: number | undefined;
  /** Every answer to an upload or a time request is this much later. @default 0 */
  readonly latencyMillis?: number | undefined;
  /** For each address and account. @default 500 requests in 10,000 ms, as WEEX documents; `false`: no limit */
  readonly rateLimit?: RateLimit | false | undefined;
  /** A longer body gets HTTP 413. WEEX states no limit. @default 4 MiB */
  readonly maxBodyBytes?: number | undefined;
  /**
   * How many logs and requests are kept, the newest; never more than 256 MiB of bodies. `logs()` makes parsed
   * copies of them. `'count'` keeps none, for load tests: `stats()` still counts. @default 100,000
   */
  readonly keepLogs?: number | 'count' | undefined;
}

/** Options with all defaults. Plain data: it crosses into the thread. */
export interface EmulatorSettings {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly accounts: readonly WeexEmulatorCredentials[];
  readonly apiVersion: EmulatedApiVersion | undefined;
  readonly faults: readonly FaultPlan[];
  readonly seed: number;
  readonly latencyMillis: number;
  readonly rateLimit: RateLimit | false;
  readonly maxBodyBytes: number;
  /** 0: none. */
  readonly keepLogs: number;
}

const MOST_BODY_BYTES = 67_108_864;

/** @throws TypeError that lists every problem, and never a secret */
export function resolveOptions(options: WeexEmulatorOptions): EmulatorSettings {
  const problems: string[] = [];
  const whole = (name: string, value: number, least: number, most: number): void => {
    if (!(Number.isInteger(value) && value >= least && value <= most)) {
      problems.push(`expected ${name} to be a whole number from ${least} to ${most}, got ${String(value)}`);
    }
  };
  const keep = options.keepLogs ?? 100_000;
  const settings: EmulatorSettings = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    allowedHosts: (options.allowedHosts ?? []).map((name) => name.toLowerCase()),
    accounts: options.accounts ?? [DEFAULT_ACCOUNT],
    apiVersion: options.apiVersion,
    faults: parseFaults(options.faults ?? []),
    seed: options.seed ?? 1,
    latencyMillis: options.latencyMillis ?? 0,
    rateLimit: options.rateLimit ?? { requests: 500, windowMillis: 10_000 },
    maxBodyBytes: options.maxBodyBytes ?? 4_194_304,
    keepLogs: keep === 'count' ? 0 : keep,
  };
  whole('port', settings.port, 0, 65_535);
  whole('seed', settings.seed, 0, Number.MAX_SAFE_INTEGER);
  whole('latencyMillis', settings.latencyMillis, 0, 3_600_000);
  whole('maxBodyBytes', settings.maxBodyBytes, 1, MOST_BODY_BYTES);
  whole('keepLogs', settings.keepLogs, 0, 10_000_000);
  if (settings.rateLimit !== false) {
    whole('rateLimit.requests', settings.rateLimit.requests, 1, 100_000);
    whole('rateLimit.windowMillis', settings.rateLimit.windowMillis, 1, 3_600_000);
  }
  if (settings.host === '') problems.push('expected host to be an address, got an empty text');
  const { apiVersion } = settings;
  if (apiVersion !== undefined && apiVersion !== 'v2' && apiVersion !== 'v3') {
    problems.push(`expected apiVersion to be v2 or v3, got ${String(apiVersion)}`);
  }
  problems.push(...accountProblems(settings.accounts));
  if (problems.length > 0) throw new TypeError(`the emulator cannot start: ${problems.join('; ')}`);
  return settings;
}

function accountProblems(accounts: readonly WeexEmulatorCredentials[]): string[] {
  const problems: string[] = [];
  if (accounts.length === 0) problems.push('expected at least one account');
  const keys = new Set<string>();
  for (const [index, account] of accounts.entries()) {
    for (const field of ['apiKey', 'apiSecret', 'apiPassphrase'] as const) {
      const value: unknown = account[field];
      if (typeof value !== 'string' || value === '' || value.trim() !== value) {
        problems.push(`expected ${field} of account ${index + 1} to be text without surrounding spaces`);
      }
    }
    if (keys.has(account.apiKey)) problems.push(`account ${index + 1} has the apiKey of another`);
    keys.add(account.apiKey);
  }
  return problems;
}
