import { behindProxies } from '../host/api-copies';
import { call, property } from '../host/foreign';
import { nameOf, spanProcessorsOf } from '../host/provider-parts';
import { type RegisteredProcessor, takesSpansForWeex } from './registered-processor';

export type Attachment =
  | { readonly kind: 'attached' }
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
    const processors = spanProcessorsOf(target);
    if (processors?.list.some(takesSpansForWeex)) return { kind: 'present' };
    if (typeof property(target, 'addSpanProcessor') === 'function') {
      call(target, 'addSpanProcessor', processor);
      return { kind: 'attached' };
    }
    if (processors?.owner === undefined) return impossible;
    const replaced = Reflect.set(processors.owner, '_spanProcessors', [processor, ...processors.list]);
    return replaced ? { kind: 'attached' } : impossible;
  } catch {
    return impossible;
  }
}
