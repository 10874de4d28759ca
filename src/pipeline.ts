import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { metrics } from '@opentelemetry/api';
import { createTraceAssembler } from './assembly/trace-assembler';
import { type Env, readProcessEnv } from './config/process-env';
import { resolveSettings } from './config/resolve';
import type { CredentialSource, Credentials, Settings, WeexOptions } from './config/settings';
import type { Delivery, DeliveryListener } from './delivery/delivery';
import { createUndiciTransport } from './delivery/undici-transport';
import { createDelivery } from './delivery/uploader';
import { createMask, type Mask } from './entry/mask';
import { cutPayload } from './entry/payload-size';
import { WeexConfigError } from './errors';
import { createFileJournal, type FileJournalOptions } from './journal/file-journal';
import type { FileJournal, Journal } from './journal/journal';
import { createMemoryJournal } from './journal/memory-journal';
import { type Clock, systemClock } from './lib/clock';
import { createProcessLog, type Log } from './lib/log';
import { VERSION } from './lib/version';
import { createSpanReader } from './mapping/read-span';
import { VOCABULARY_NAMES } from './mapping/vocabularies/vocabularies';
import { createAnnouncer } from './pipeline/announcer';
import { createHooks, type Hooks } from './pipeline/hooks';
import { createIdlePipeline } from './pipeline/idle-pipeline';
import { createIntake } from './pipeline/intake';
import { createKeeper } from './pipeline/keeper';
import { createMetrics } from './pipeline/metrics';
import { createOutcomes } from './pipeline/outcomes';
import { createPipeline, type Pipeline, type RecoveringPipeline } from './pipeline/pipeline';
import { createSpanEntries } from './pipeline/span-entries';
import { countSkipped, newTally } from './pipeline/tally';

/** A share in the pipeline of one account. The pipeline closes when the last share is released. */
export interface PipelineLease {
  readonly pipeline: Pipeline;
  readonly settings: Settings;
  /** For those who look after it; `undefined` when there are no files: memory only, or mode `off`. */
  readonly journal: FileJournal | undefined;
  /** Both take `flushTimeoutMillis` unless told a shorter time: at a process's exit there is less. */
  flush(timeoutMillis?: number): Promise<void>;
  release(timeoutMillis?: number): Promise<void>;
  share(): PipelineLease;
}

interface Composed {
  readonly pipeline: Pipeline;
  readonly journal: FileJournal | undefined;
}

interface OpenedPipeline extends Composed {
  readonly settings: Settings;
  readonly hooks: Hooks;
  leases: number;
  /** Of these, the ones that are being released: they await what is under way. */
  releasing: number;
}

/** What WEEX usually needs for an answer, several times over. */
const LANDING_MILLIS = 2_000;

/**
 * Pipelines by account, on `globalThis`: the CommonJS and ESM forms, two copies of this package, and a
 * bundle must still share one, or a span would be logged twice.
 */
const REGISTRY = Symbol.for('opentelemetry-exporter-weex.pipelines.1');

/**
 * Opens the pipeline that the options name, or shares the one that this process has for the account.
 *
 * @throws WeexConfigError listing every setting in code that cannot work, and all missing credentials.
 */
export function openPipeline(options: WeexOptions, clock: Clock = systemClock): PipelineLease {
  const env = readProcessEnv();
  const settings = resolveSettings(options, env, (text) => createProcessLog(env).warn(text), {
    vocabularies: VOCABULARY_NAMES,
  });
  const registry = pipelineRegistry();
  const key = pipelineKey(settings);
  let opened = registry.get(key);
  if (opened === undefined) {
    refuseSharedName(settings, registry.values());
    const hooks = createHooks();
    // Before anything happens, for their onEvent is told of it.
    hooks.add(settings);
    opened = { ...compose(settings, hooks, env, clock), settings, hooks, leases: 0, releasing: 0 };
    registry.set(key, opened);
  } else {
    const ignored = differences(opened.settings, settings);
    if (ignored.length > 0) {
      createProcessLog(env).warn(
        `this account is open in this process with other settings, which hold: ${ignored.join(', ')}. Give all of ours the same`,
      );
    }
  }
  opened.hooks.add(settings);
  return lease(opened, clock, () => registry.delete(key));
}

function lease(opened: OpenedPipeline, clock: Clock, forget: () => void): PipelineLease {
  const { pipeline, journal, settings } = opened;
  opened.leases += 1;
  let released: Promise<void> | undefined;
  return {
    pipeline,
    settings,
    journal,
    flush: (timeoutMillis = settings.flushTimeoutMillis) => pipeline.flush(timeoutMillis),
    release(timeoutMillis = settings.flushTimeoutMillis) {
      released ??= (async () => {
        const deadline = clock.monotonicMillis() + timeoutMillis;
        opened.releasing += 1;
        if (opened.releasing === opened.leases) pipeline.releaseAll();
        // The rest of the time is for what is on its way then: a request that is cut off has to be repeated,
        // and WEEX may have the log twice.
        await pipeline.flush(timeoutMillis - Math.min(timeoutMillis / 2, LANDING_MILLIS));
        opened.leases -= 1;
        opened.releasing -= 1;
        if (opened.leases > 0) return;
        forget();
        await pipeline.close(Math.max(deadline - clock.monotonicMillis(), 0));
      })();
      return released;
    },
    share: () => lease(opened, clock, forget),
  };
}

const SHARED_ALIKE = [
  'apiVersion',
  'timeoutMillis',
  'locale',
  'journalDir',
  'journalMaxBytes',
  'retentionDays',
  'rateLimit',
  'concurrency',
  'linkWindowMillis',
  'maxEntryBytes',
  'collapseRepeatsMillis',
  'answersOnly',
  'orderIdFrom',
  'vocabularies',
  'include',
  'exclude',
  'ca',
] as const satisfies readonly (keyof Settings)[];

/** Names of settings that cannot differ between those who share a pipeline, and do. */
const differences = (first: Settings, second: Settings): readonly string[] =>
  SHARED_ALIKE.filter((name) => JSON.stringify(first[name]) !== JSON.stringify(second[name]));

/**
 * Entries that a dead process left go out with the key of whoever bears the account's name. So two keys under one
 * name would sooner or later send each other's entries.
 */
function refuseSharedName(settings: Settings, others: Iterable<OpenedPipeline>): void {
  const { mode, journalDir, account } = settings;
  for (const { settings: other } of others) {
    if (mode !== 'live' || other.mode !== 'live' || journalDir === undefined) continue;
    if (other.journalDir !== journalDir || other.account !== account) continue;
    throw new WeexConfigError([
      `account: "${account}" is open in this process with another key or endpoint; give each account a name of its own, or shut the other one down first`,
    ]);
  }
}

function pipelineRegistry(): Map<string, OpenedPipeline> {
  const holder: typeof globalThis & { [REGISTRY]?: Map<string, OpenedPipeline> } = globalThis;
  holder[REGISTRY] ??= new Map();
  return holder[REGISTRY];
}

/** A hash, since the key stands on `globalThis` and the API key is part of it. */
function pipelineKey(settings: Settings): string {
  const { mode, account, endpoint, credentials } = settings;
  return createHash('sha256')
    .update(JSON.stringify([mode, account, endpoint, credentials.current().apiKey]))
    .digest('hex');
}

/** The only place that joins the parts: span -> mapping -> intake -> journal -> delivery -> receipt. */
function compose(settings: Settings, hooks: Hooks, env: Env, clock: Clock): Composed {
  if (settings.mode === 'off') return { pipeline: createIdlePipeline(), journal: undefined };
  const mask = maskOfCredentials(settings.credentials);
  const log = createProcessLog(env, (text) => mask.text(text));
  const announcer = createAnnouncer(log, clock, hooks.listeners);
  let delivery: Delivery | undefined;
  let pipeline: RecoveringPipeline | undefined;
  const sends = settings.mode === 'live';
  const journal = openJournal(settings, log, clock, {
    onRecovered: sends ? (entries) => pipeline?.recovered(entries) : undefined,
    onWaiting: (spans) => pipeline?.recoveredWaiting(spans),
    onPausedElsewhere: (pause) => delivery?.adopt(pause),
    onResumedElsewhere: () => delivery?.adopt(undefined),
    onDegraded: (reason) => announcer.event({ type: 'degraded', reason }),
    onRestored: () => announcer.event({ type: 'restored' }),
  });
  const files = 'recoverNow' in journal ? journal : undefined;
  const tally = newTally();
  const endpoint = new URL(settings.endpoint);
  const server = {
    address: endpoint.hostname,
    port: Number(endpoint.port) || (endpoint.protocol === 'http:' ? 80 : 443),
  };
  const meters = () => settings.selfObsMeterProvider ?? metrics.getMeterProvider();
  const ownMetrics = createMetrics(meters, server, clock);
  const outcomes = createOutcomes(clock);
  const intake = createIntake(hooks, settings.maxEntryBytes, mask, clock, () =>
    announcer.once('warn', 'filter', 'filter threw; entries are kept when it does'),
  );
  const keeper = createKeeper({
    sends,
    journal,
    openLateJournal: () => (files === undefined ? journal : openJournal(settings, log, clock, {})),
    outcomes,
    tally,
    announcer,
  });
  pipeline = createPipeline({
    intake,
    journal,
    keeper,
    openSpanEntries: (release) =>
      createSpanEntries({
        sends,
        linkWindowMillis: settings.linkWindowMillis,
        readSpan: createSpanReader({
          ...settings,
          clock,
          onUnreadable: () => countSkipped(tally, 'unreadable'),
        }),
        assembler: createTraceAssembler(settings),
        intake,
        keeper,
        journal,
        outcomes,
        tally,
        announcer,
        clock,
        release,
      }),
    pausedAtStart: files?.pause,
    openDelivery(listener: DeliveryListener) {
      delivery = createDelivery({
        options: { ...settings, userAgent: `opentelemetry-exporter-weex/${VERSION}` },
        account: { paused: files?.pause, acceptedBefore: files?.acceptedBefore ?? false },
        credentials: settings.credentials,
        journal,
        transport: createUndiciTransport(settings, clock),
        listener,
        cutPayload,
        clock,
        log,
      });
      return delivery;
    },
    outcomes,
    tally,
    announcer,
    metrics: ownMetrics,
    clock,
  });
  announcer.once('info', 'start', startLine(settings, journal.kind));
  return { pipeline, journal: files };
}

/** Key files may be read anew while the bot runs; the mask follows them. */
function maskOfCredentials(credentials: CredentialSource): Mask {
  let masked: Credentials | undefined;
  let mask: Mask | undefined;
  const current = (): Mask => {
    const now = credentials.current();
    if (mask === undefined || now !== masked) {
      masked = now;
      mask = createMask([now.apiKey, now.apiSecret, now.apiPassphrase]);
    }
    return mask;
  };
  return { text: (text) => current().text(text), json: (json) => current().json(json) };
}

/** Memory alone only by choice, or because no folder could be named: `resolveSettings` has said so then. */
function openJournal(
  settings: Settings,
  log: Log,
  clock: Clock,
  hooks: Pick<
    FileJournalOptions,
    'onRecovered' | 'onWaiting' | 'onPausedElsewhere' | 'onResumedElsewhere' | 'onDegraded' | 'onRestored'
  >,
): Journal | FileJournal {
  const { journalDir, account, journalMaxBytes, retentionDays } = settings;
  if (journalDir === undefined) return createMemoryJournal();
  return createFileJournal({
    folder: join(journalDir, account),
    clock,
    log,
    maxBytes: journalMaxBytes,
    retentionDays,
    about: { version: VERSION, node: process.version, mode: settings.mode },
    ...hooks,
  });
}

/** What leaves the machine becomes public at WEEX, so the first line says what that is. */
function startLine(settings: Settings, journal: 'disk' | 'memory'): string {
  const where =
    settings.mode === 'live'
      ? `go to ${settings.endpoint} and become public there`
      : 'are kept and never sent (mode record)';
  return `model, input, output, explanation and order id of every stage span ${where}; journal: ${journal}`;
}
