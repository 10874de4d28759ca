import { type Env, variable, withVariables } from '../config/process-env';
import { hasContextManager, registeredProvider } from '../host/api-copies';
import type { BotPackage } from '../host/bot-packages';
import { call, construct, isObject, property } from '../host/foreign';
import { registeredLoggerProvider } from '../host/logger-provider';

export interface SdkRequest {
  readonly sdkNode: BotPackage;
  /** `@opentelemetry/auto-instrumentations-node`. */
  readonly autoInstrumentations: BotPackage | undefined;
  readonly env: Env;
  /** `undefined`: the SDK builds its own. */
  readonly sampler: object | undefined;
}

/** A started `NodeSDK`. */
export interface RunningSdk {
  flush(): Promise<unknown>;
  shutdown(): Promise<unknown>;
}

/**
 * Starts the bot's SDK as its own auto-instrumentations would. The processors for the exporters are the
 * SDK's own, whatever its version makes of their names and of the OTLP and batch variables.
 */
export function startSdk(exporters: readonly string[], request: SdkRequest): RunningSdk {
  const names = exporters.length === 0 ? 'none' : exporters.join(',');
  return withVariables({ OTEL_TRACES_EXPORTER: names }, () => run(request, {}));
}

/** The same with one span processor and no exporter. */
export function startSdkWith(processor: object, request: SdkRequest): RunningSdk {
  return run(request, { spanProcessors: [processor] });
}

/**
 * Adds the tracer provider that is missing to an SDK that was started before, and nothing else:
 * instrumentations, metrics and logs twice would change the bot.
 */
export function startTracesOnly(processor: object, request: SdkRequest): RunningSdk {
  const off = { OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none', OTEL_LOG_LEVEL: undefined };
  const there = hasContextManager() ? { contextManager: null, textMapPropagator: null } : {};
  const tracesOnly = { ...request, autoInstrumentations: undefined };
  return withVariables(off, () => run(tracesOnly, { spanProcessors: [processor], ...there }));
}

function run(request: SdkRequest, options: Readonly<Record<string, unknown>>): RunningSdk {
  const { sdkNode, sampler } = request;
  const sdk = construct(property(sdkNode.load(), 'NodeSDK'), {
    ...instrumentationOptions(request),
    ...(sampler === undefined ? {} : { sampler }),
    ...options,
  });
  call(sdk, 'start');
  return {
    flush: async () =>
      Promise.allSettled(registeredParts(sdkNode).map(async (part) => call(part, 'forceFlush'))),
    shutdown: async () => call(sdk, 'shutdown'),
  };
}

/** The providers of traces, metrics and logs; `NodeSDK` itself can only be shut down. */
export function registeredParts(sdkNode: BotPackage): readonly unknown[] {
  const api = sdkNode.find('@opentelemetry/api')?.load();
  return [
    registeredProvider(),
    call(property(api, 'metrics'), 'getMeterProvider'),
    registeredLoggerProvider(),
  ];
}

/**
 * What the package's own register passes on: it reads `OTEL_NODE_ENABLED_INSTRUMENTATIONS`,
 * `OTEL_NODE_DISABLED_INSTRUMENTATIONS` and `OTEL_NODE_RESOURCE_DETECTORS`.
 */
export function instrumentationOptions({
  autoInstrumentations: auto,
  env,
}: SdkRequest): Record<string, unknown> {
  if (auto === undefined) return {};
  return withDiagLogger(auto.find('@opentelemetry/api'), env, () => {
    const exports = auto.load();
    const instrumentations = call(exports, 'getNodeAutoInstrumentations');
    const resourceDetectors = call(exports, 'getResourceDetectors');
    return {
      ...(Array.isArray(instrumentations) ? { instrumentations } : {}),
      ...(Array.isArray(resourceDetectors) ? { resourceDetectors } : {}),
    };
  });
}

/** NodeSDK sets the logger that `OTEL_LOG_LEVEL` asks for, but only after the instrumentations are made. */
function withDiagLogger<T>(api: BotPackage | undefined, env: Env, work: () => T): T {
  const exports = api?.load();
  const level = variable(env, 'OTEL_LOG_LEVEL')?.toUpperCase() ?? '';
  const logLevel = property(property(exports, 'DiagLogLevel'), level);
  const diag = property(exports, 'diag');
  if (!isObject(diag) || typeof logLevel !== 'number') return work();
  call(diag, 'setLogger', construct(property(exports, 'DiagConsoleLogger')), { logLevel });
  try {
    return work();
  } finally {
    call(diag, 'disable');
  }
}
