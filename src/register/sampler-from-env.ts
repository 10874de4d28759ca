import type { Sampler } from '@opentelemetry/api';
import { type Env, variable } from '../config/process-env';
import type { BotPackage } from '../host/bot-packages';
import { construct, property } from '../host/foreign';

/**
 * Builds the sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` name, out of the SDK's own
 * classes and by its rules: it has no public way to build it, and a sampler has to be given to be wrapped.
 *
 * `undefined` when this SDK has no such classes.
 */
export function samplerFromEnv(
  sdkNode: BotPackage,
  env: Env,
  warn: (text: string) => void,
): Sampler | undefined {
  const classes = samplerClasses(sdkNode);
  if (classes === undefined) return undefined;
  const make = (name: string, ...args: readonly unknown[]): unknown =>
    construct(property(classes, name), ...args);
  const parentBased = (root: unknown): unknown => make('ParentBasedSampler', { root });
  const build = (name: string | undefined): unknown => {
    switch (name) {
      case 'always_on':
        return make('AlwaysOnSampler');
      case 'always_off':
        return make('AlwaysOffSampler');
      case 'traceidratio':
        return make('TraceIdRatioBasedSampler', ratio(env, warn));
      case 'parentbased_always_off':
        return parentBased(make('AlwaysOffSampler'));
      case 'parentbased_traceidratio':
        return parentBased(make('TraceIdRatioBasedSampler', ratio(env, warn)));
      case undefined:
      case 'parentbased_always_on':
        return parentBased(make('AlwaysOnSampler'));
    }
    warn(
      `OTEL_TRACES_SAMPLER: "${name}" is not known to the SDK; parentbased_always_on is used, as the SDK does`,
    );
    return parentBased(make('AlwaysOnSampler'));
  };
  const sampler = build(variable(env, 'OTEL_TRACES_SAMPLER'));
  return isSampler(sampler) ? sampler : undefined;
}

/** 1.x and 2.x show the classes as `node`; 3.x has them in a package beside it. */
function samplerClasses(sdkNode: BotPackage): unknown {
  const shown = property(sdkNode.load(), 'node');
  if (hasSamplers(shown)) return shown;
  for (const name of ['@opentelemetry/sdk-trace', '@opentelemetry/sdk-trace-base']) {
    const exports = sdkNode.find(name)?.load();
    if (hasSamplers(exports)) return exports;
  }
  return undefined;
}

const hasSamplers = (exports: unknown): boolean =>
  ['AlwaysOnSampler', 'AlwaysOffSampler', 'ParentBasedSampler', 'TraceIdRatioBasedSampler'].every(
    (name) => typeof property(exports, name) === 'function',
  );

export const isSampler = (value: unknown): value is Sampler =>
  typeof property(value, 'shouldSample') === 'function';

const DEFAULT_RATIO = 1;

function ratio(env: Env, warn: (text: string) => void): number {
  const text = variable(env, 'OTEL_TRACES_SAMPLER_ARG');
  const value = text === undefined ? Number.NaN : Number(text);
  if (value >= 0 && value <= 1) return value;
  warn(
    `OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, got ${text === undefined ? 'nothing' : `"${text}"`}; ${DEFAULT_RATIO} is used, as the SDK does`,
  );
  return DEFAULT_RATIO;
}
