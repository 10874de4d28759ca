import { isMainThread } from 'node:worker_threads';
import { type Env, readProcessEnv, variable } from '../config/process-env';
import { resolveSettings } from '../config/resolve';
import type { Settings, WeexOptions } from '../config/settings';
import { apiCopies } from '../host/api-copies';
import { type BotPackage, findBotPackage } from '../host/bot-packages';
import { property, reasonOf } from '../host/foreign';
import { installedApis } from '../host/installed-apis';
import { systemClock } from '../lib/clock';
import { createProcessLog } from '../lib/log';
import { claimSelfCheck } from '../otel/check-in-code';
import { WeexLogRecordProcessor } from '../otel/weex-log-record-processor';
import { WeexSpanProcessor } from '../otel/weex-span-processor';
import { type RunningSdk, startBotSdk } from './bot-sdk';
import { isBystander } from './bystander';
import { optionsOfEntry } from './entry-options';
import { flushAtExit } from './exit';
import { type Lines, linesOnce } from './lines';
import { awaitLogRecords, takeLogRecords } from './log-records';
import { watchProviders } from './provider-watch';
import { Providers } from './providers';
import { RegisteredLogProcessor } from './registered-log-processor';
import { RegisteredProcessor } from './registered-processor';
import { waitForProvider } from './wait-for-provider';
import { wantedBy } from './wanted';

/** On `globalThis`, for a process may have two copies of this package; each worker thread has its own. */
const STARTED = Symbol.for('opentelemetry-exporter-weex.register.1');

const DEFAULT_EXIT_TIMEOUT_MILLIS = 1_500;

/**
 * Sets everything up by the environment, once in a thread. Throws nothing: the bot runs on in any case.
 *
 * @param ownCommand the file of our own command line tool, which is no bot
 */
export function register(ownCommand: string | undefined): void {
  if (Reflect.has(globalThis, STARTED)) return;
  Reflect.set(globalThis, STARTED, true);
  const env = readProcessEnv();
  const lines = linesOnce(createProcessLog(env));
  try {
    if (!isBystander(process.argv[1], ownCommand)) begin(env, lines);
  } catch (error) {
    lines.error('failed', `register failed and AI logs are off: ${reasonOf(error)}`);
  }
}

function begin(env: Env, lines: Lines): void {
  if (variable(env, 'OTEL_SDK_DISABLED')?.toLowerCase() === 'true') {
    lines.warn('disabled', 'OTEL_SDK_DISABLED is true: nothing is started and AI logs are off');
    return;
  }
  const find = (name: string) => findBotPackage(process.argv[1], process.cwd(), name);
  claimSelfCheck();
  const wanted = wantedBy(env, find, lines);
  if (wanted.kind === 'disabled') {
    lines.warn('disabled', 'OTEL_CONFIG_FILE says disabled: nothing is started and AI logs are off');
    return;
  }
  const plan = wanted.kind === 'start' ? wanted : undefined;
  const sdk = plan?.sdk;
  const options = optionsOfEntry(plan?.config?.entries[0]);
  const settings = usableSettings(options, env, lines);
  const processor = settings && openProcessor(options, lines);
  if (processor === undefined && sdk === undefined) return;

  const copies = apiCopies([
    { owner: 'the bot', api: find('@opentelemetry/api') },
    { owner: '@opentelemetry/sdk-node', api: sdk?.sdkNode.find('@opentelemetry/api') },
  ]);
  const installed = installedApis(find);
  const providers =
    processor &&
    new Providers({
      processor,
      copies,
      lines,
      found: (check) =>
        processor.note({
          ...check,
          ...(installed.length > 1 ? { apiCopies: installed } : {}),
          problems: [...new Set([...check.problems, ...lines.problems])],
        }),
    });
  if (providers) watchProviders(copies, (registration) => providers.registered(registration));
  const running: readonly RunningSdk[] = plan
    ? startBotSdk({ ...plan.sdk, others: plan.others, config: plan.config, env, processor, providers, lines })
    : [];
  if (providers && !providers.attached) waitForProvider(providers, lines, systemClock);
  const logs = processor && openLogProcessor(options, lines);
  if (logs && sdk && running.length > 0) takeLogs(logs, sdk.sdkNode, lines);
  else if (logs) awaitLogRecords(logs, systemClock);

  flushAtExit(
    {
      flush: quietly((timeoutMillis) => [
        processor?.forceFlush({ timeoutMillis }),
        logs?.forceFlush(),
        ...running.map((started) => started.flush()),
      ]),
      rest: quietly((timeoutMillis) => [
        processor?.close(timeoutMillis),
        logs?.close(timeoutMillis),
        ...running.map((started) => started.flush()),
      ]),
      finish: quietly((timeoutMillis) => [
        processor?.close(timeoutMillis),
        logs?.close(timeoutMillis),
        ...running.map((started) => started.shutdown()),
      ]),
    },
    settings?.exitTimeoutMillis ?? DEFAULT_EXIT_TIMEOUT_MILLIS,
    systemClock,
  );
}

/** Nothing that fails at the exit may become an unhandled rejection: that would change how the bot ends. */
const quietly =
  (work: (timeoutMillis: number) => readonly (Promise<unknown> | undefined)[]) =>
  async (timeoutMillis: number): Promise<void> => {
    try {
      await Promise.allSettled(work(timeoutMillis));
    } catch {
      // Some part could not even begin; the journal has what matters.
    }
  };

/** `undefined`: there is nothing to send with, by choice or for a reason that has been said. */
function usableSettings(options: WeexOptions, env: Env, lines: Lines): Settings | undefined {
  try {
    // The warnings come when the processor is opened.
    const settings = resolveSettings(options, env, () => {});
    return settings.mode === 'off' ? undefined : settings;
  } catch (error) {
    sayUnusable(error, lines);
    return undefined;
  }
}

/**
 * In the main thread it is opened at once: what an earlier process left is delivered, and troubles show at
 * the start. In a worker thread with the first span: most of them (a logger's, a pool's) never have one.
 */
function openProcessor(options: WeexOptions, lines: Lines): RegisteredProcessor | undefined {
  const processor = new RegisteredProcessor(() => {
    try {
      return new WeexSpanProcessor(options);
    } catch (error) {
      sayUnusable(error, lines);
      return undefined;
    }
  });
  return !isMainThread || processor.open() ? processor : undefined;
}

/** It is opened by the first record, and then shares the span processor's account. */
const openLogProcessor = (options: WeexOptions, lines: Lines): RegisteredLogProcessor =>
  new RegisteredLogProcessor(() => {
    try {
      return new WeexLogRecordProcessor(options);
    } catch (error) {
      sayUnusable(error, lines);
      return undefined;
    }
  });

function takeLogs(logs: RegisteredLogProcessor, sdkNode: BotPackage, lines: Lines): void {
  let reason = 'its logger provider cannot be attached to';
  try {
    if (takeLogRecords(logs, sdkNode)) return;
  } catch (error) {
    reason = reasonOf(error);
  }
  lines.warn(
    'log-records',
    `messages that instrumentations put into log records are not taken from @opentelemetry/sdk-node (${sdkNode.path}): ${reason}`,
  );
}

function sayUnusable(error: unknown, lines: Lines): void {
  const problems = property(error, 'problems');
  const reason = Array.isArray(problems) ? problems.join('; ') : reasonOf(error);
  lines.error('unusable', `register takes no AI logs: ${reason}`);
}
