import type { ApiCopy } from '../host/api-copies';
import { isObject, property } from '../host/foreign';

/** What was given to `trace.setGlobalTracerProvider`. */
export interface Registration {
  readonly provider: object;
  /** False when another provider was there before: the API then goes on with that one. */
  readonly accepted: boolean;
}

/**
 * Tells of every tracer provider that is set through one of the copies, as soon as it is set. The API has no
 * event for it, so the method is wrapped; it does, gives and throws what it did before.
 */
export function watchProviders(copies: readonly ApiCopy[], tell: (registration: Registration) => void): void {
  for (const { trace } of copies) {
    const original = property(trace, 'setGlobalTracerProvider');
    if (typeof original !== 'function') continue;
    const watched = function setGlobalTracerProvider(this: unknown, ...args: unknown[]): unknown {
      const accepted: unknown = Reflect.apply(original, this, args);
      const [provider] = args;
      if (isObject(provider)) quietly(() => tell({ provider, accepted: accepted === true }));
      return accepted;
    };
    Reflect.defineProperty(trace, 'setGlobalTracerProvider', {
      value: watched,
      configurable: true,
      writable: true,
    });
  }
}

/** The bot called the API and not us: whatever goes wrong here must not reach it. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // `tell` says what it cannot do; this is for what nobody has thought of.
  }
}
