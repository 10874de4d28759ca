import { behindProxies } from './api-copies';
import { call, isObject, property } from './foreign';
import { type RegisteredProcessor, takesSpansForWeex } from './registered-processor';

export type Attachment =
  /** `raised`: its sampler is ours already, so that nothing is dropped unseen. */
  | { readonly kind: 'attached'; readonly raised: boolean }
  /** It has one of ours already: from the bot's own code, or from us. */
  | { readonly kind: 'present' }
  | { readonly kind: 'impossible'; readonly providerName: string };

/**
 * Adds a processor to a tracer provider that already runs.
 *
 * SDK 1.x has a method for it. 2.x and 3.x have none, so their private list is replaced (and not changed in
 * place: it may be the bot's own array). Ours goes first, since one that throws keeps a span from the rest.
 */
export function attach(provider: object, processor: RegisteredProcessor): Attachment {
  const target = behindProxies(provider);
  const impossible: Attachment = { kind: 'impossible', providerName: nameOf(target) };
  try {
    const active = property(target, '_activeSpanProcessor') ?? property(target, 'activeSpanProcessor');
    const list = property(active, '_spanProcessors') ?? property(target, '_registeredSpanProcessors');
    if (Array.isArray(list) && list.some(takesSpansForWeex)) return { kind: 'present' };
    if (typeof property(target, 'addSpanProcessor') === 'function') {
      call(target, 'addSpanProcessor', processor);
      return { kind: 'attached', raised: hasOurSampler(target) };
    }
    if (!isObject(active) || !Array.isArray(list)) return impossible;
    const replaced = Reflect.set(active, '_spanProcessors', [processor, ...list]);
    return replaced ? { kind: 'attached', raised: hasOurSampler(target) } : impossible;
  } catch {
    return impossible;
  }
}

/** Private again, and only for what we say: the line about the sampler would puzzle who has wrapped it. */
function hasOurSampler(provider: object): boolean {
  const options = property(provider, '_tracerOptions') ?? property(provider, '_config');
  return nameOf(property(options, 'sampler')) === 'AiStageSampler';
}

const nameOf = (instance: unknown): string =>
  String(property(property(instance, 'constructor'), 'name') ?? 'unknown');
