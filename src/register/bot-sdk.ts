import { diag } from '@opentelemetry/api';
import type { Env } from '../config/process-env';
import { hasContextManager, registeredProvider } from '../host/api-copies';
import { type BotPackage, versionOf } from '../host/bot-packages';
import { reasonOf } from '../host/foreign';
import { AiStageSampler } from '../otel/ai-stage-sampler';
import type { Lines } from './lines';
import type { Providers } from './providers';
import type { RegisteredProcessor } from './registered-processor';
import { samplerFromEnv } from './sampler-from-env';
import { prepareConfigured, startFromConfig } from './start-from-config';
import { type RunningSdk, type SdkRequest, startSdk, startSdkWith, startTracesOnly } from './start-sdk';
import { nothingElse, unknownNames } from './traces-exporter';
import { type WithoutWeex, withoutPlaceholder } from './weex-entries';

export type { RunningSdk } from './start-sdk';

/** The SDK that the bot has installed. */
export interface BotSdk {
  readonly sdkNode: BotPackage;
  readonly autoInstrumentations: BotPackage | undefined;
}

/** `undefined`, after saying so, when there is none. */
export function findBotSdk(
  find: (name: string) => BotPackage | undefined,
  askedBy: string,
  lines: Lines,
): BotSdk | undefined {
  const autoInstrumentations = find('@opentelemetry/auto-instrumentations-node');
  const name = '@opentelemetry/sdk-node';
  const sdkNode = find(name) ?? autoInstrumentations?.find(name);
  if (sdkNode !== undefined) return { sdkNode, autoInstrumentations };
  lines.error(
    'no-sdk',
    `${askedBy} names weex, but ${name} is not installed for ${process.argv[1] ?? process.cwd()}: no SDK is started and no AI logs are taken, unless the bot sets up its own. Run: npm install ${name}`,
  );
  return undefined;
}

export interface SdkPlan extends BotSdk {
  /** The names beside `weex` in `OTEL_TRACES_EXPORTER`. */
  readonly others: readonly string[];
  /** By `OTEL_CONFIG_FILE`, and not by the variables. */
  readonly config: WithoutWeex | undefined;
  readonly env: Env;
  /** `undefined`: AI logs are off, and the SDK is started for the others. */
  readonly processor: RegisteredProcessor | undefined;
  readonly providers: Providers | undefined;
  readonly lines: Lines;
}

/** Starts what is not running yet. Says what hinders it, and then starts nothing. */
export function startBotSdk(plan: SdkPlan): readonly RunningSdk[] {
  try {
    const running =
      plan.processor && plan.providers
        ? startWithWeex(plan, plan.processor, plan.providers)
        : startWithout(plan);
    if (running.length > 0) {
      const { path } = plan.sdkNode;
      diag.info(
        `opentelemetry-exporter-weex: register started @opentelemetry/sdk-node ${versionOf(plan.sdkNode)} from ${path}`,
      );
    }
    return running;
  } catch (error) {
    plan.lines.error(
      'sdk-failed',
      `@opentelemetry/sdk-node (${plan.sdkNode.path}) could not be started: ${reasonOf(error)}`,
    );
    return [];
  }
}

function startWithout(plan: SdkPlan): readonly RunningSdk[] {
  if (registeredProvider() !== undefined || hasContextManager()) return [];
  const request = { ...plan, sampler: undefined };
  return [
    plan.config === undefined
      ? startSdk(plan.others, request)
      : startFromConfig(withoutPlaceholder(plan.config), request),
  ];
}

function startWithWeex(
  plan: SdkPlan,
  processor: RegisteredProcessor,
  providers: Providers,
): readonly RunningSdk[] {
  const { others, config, lines } = plan;
  const unknown = unknownNames(others);
  if (unknown.length > 0) {
    lines.warn(
      'unknown-names',
      `OTEL_TRACES_EXPORTER: the SDK has no exporter named ${unknown.map((name) => `"${name}"`).join(', ')}`,
    );
  }
  if (registeredProvider() !== undefined) {
    lines.warn('second-sdk', 'a tracer provider was set before register was loaded, so no SDK is started');
    providers.lookAgain();
    return [];
  }
  const request: SdkRequest = { ...plan, sampler: config === undefined ? wrappedSampler(plan) : undefined };
  const running: RunningSdk[] = [];
  const start = (work: () => RunningSdk, prepare?: (provider: object) => void): boolean =>
    providers.startOwn(() => running.push(work()), prepare);

  if (hasContextManager()) {
    lines.warn(
      'second-sdk',
      'an SDK without a tracer provider was started before register was loaded: only the tracer provider is added, for weex alone',
    );
    start(() => startTracesOnly(processor, request));
  } else if (config !== undefined) {
    start(
      () => startFromConfig(config.rest, request),
      (provider) => prepareConfigured(provider, config),
    );
  } else if (nothingElse(others)) {
    start(() => startSdkWith(processor, request));
  } else if (!start(() => startSdk(others, request))) {
    // Not one of the names was an exporter of this SDK.
    start(() => startTracesOnly(processor, request));
  }
  if (!providers.attached) {
    lines.error(
      'refused',
      `@opentelemetry/sdk-node (${plan.sdkNode.path}) set up no tracer provider, or the OpenTelemetry API did not take it: AI logs are off. OTEL_LOG_LEVEL=info shows what the SDK says; several versions of @opentelemetry/api may be the cause (npm ls @opentelemetry/api)`,
    );
    providers.lost();
  }
  return running;
}

function wrappedSampler({ sdkNode, env, lines }: SdkPlan): AiStageSampler | undefined {
  const configured = samplerFromEnv(sdkNode, env, (text) => lines.warn('sampler', text));
  if (configured !== undefined) return new AiStageSampler(configured);
  lines.error(
    'no-sampler',
    `this @opentelemetry/sdk-node (${sdkNode.path}) has no sampler classes to wrap: decisions that its sampler drops do not reach WEEX`,
  );
  return undefined;
}
