import { call, isObject, property } from './foreign';

/**
 * The parts of a tracer provider that no public method shows. SDK 1.30, 2.x and 3.x have them under different
 * names, and a vendor's provider has none of them: every answer may be `undefined`.
 */

export function samplerOf(provider: object): object | undefined {
  const sampler = property(optionsOf(provider), 'sampler') ?? property(anyTracer(provider), '_sampler');
  return isObject(sampler) ? sampler : undefined;
}

/** Only for a provider that has made no tracer yet: a tracer takes the sampler when it is made. */
export function replaceSampler(provider: object, sampler: object): boolean {
  const options = optionsOf(provider);
  return isObject(options) && Reflect.set(options, 'sampler', sampler) && samplerOf(provider) === sampler;
}

export interface SpanLimits {
  readonly attributeCountLimit?: number;
  readonly attributeValueLengthLimit?: number;
}

/** Without those that limit nothing. */
export function spanLimitsOf(provider: object): SpanLimits {
  const options = optionsOf(provider);
  const limits = property(options, 'spanLimits') ?? property(anyTracer(provider), '_spanLimits');
  const general = property(options, 'generalLimits');
  const limit = (name: keyof SpanLimits): SpanLimits => {
    const value = property(limits, name) ?? property(general, name);
    return typeof value === 'number' && Number.isFinite(value) ? { [name]: value } : {};
  };
  return { ...limit('attributeCountLimit'), ...limit('attributeValueLengthLimit') };
}

/** The object that holds the list of span processors, and the list. */
export interface SpanProcessors {
  readonly owner: object | undefined;
  readonly list: readonly unknown[];
}

export function spanProcessorsOf(provider: object): SpanProcessors | undefined {
  const active = property(provider, '_activeSpanProcessor') ?? property(provider, 'activeSpanProcessor');
  const list = property(active, '_spanProcessors') ?? property(provider, '_registeredSpanProcessors');
  return Array.isArray(list) ? { owner: isObject(active) ? active : undefined, list } : undefined;
}

export const nameOf = (instance: unknown): string =>
  String(property(property(instance, 'constructor'), 'name') ?? 'unknown');

const optionsOf = (provider: object): unknown =>
  property(provider, '_tracerOptions') ?? property(provider, '_config');

/** A provider that keeps its parts elsewhere may still give them to its tracers. Making one makes no span. */
function anyTracer(provider: object): unknown {
  try {
    return call(provider, 'getTracer', 'opentelemetry-exporter-weex');
  } catch {
    return undefined;
  }
}
