import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { type BotPackage, esmTwinOf, versionOf } from './bot-packages';
import { call, isObject, property } from './foreign';

/** One loaded copy of `@opentelemetry/api`. */
export interface ApiCopy {
  /** Whose copy it is and where, for messages. */
  readonly label: string;
  readonly trace: object;
}

/** Where every 1.x version of the API keeps what is registered, whichever copy registered it. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');

/**
 * The copies of the API through which a tracer provider may be registered or used: those given, and ours.
 * Several are usual: npm nests them, and the API's 1.10 is two copies, one for `require`, one for `import`.
 */
export function apiCopies(
  owners: readonly { readonly owner: string; readonly api: BotPackage | undefined }[],
): readonly ApiCopy[] {
  const copies: ApiCopy[] = [];
  const add = (label: string, exports: unknown): void => {
    const singleton = property(exports, 'trace');
    if (!isObject(singleton) || copies.some((copy) => copy.trace === singleton)) return;
    copies.push({ label, trace: singleton });
  };
  for (const { owner, api } of owners) {
    if (api === undefined) continue;
    const label = `${owner}'s ${versionOf(api)} in ${api.path}`;
    add(
      label,
      loaded(() => api.load()),
    );
    const twin = esmTwinOf(api);
    if (twin !== undefined)
      add(
        label,
        loaded(() => createRequire(twin)(twin)),
      );
  }
  add("opentelemetry-exporter-weex's own", { trace });
  return copies;
}

/** What `load` gives, or nothing: a copy that cannot be loaded registers nothing. */
function loaded(load: () => unknown): unknown {
  try {
    return load();
  } catch {
    return undefined;
  }
}

/** The tracer provider that the process has registered, seen past the API's proxy. */
export function registeredProvider(): object | undefined {
  const registered = property(property(globalThis, API_GLOBALS), 'trace');
  return isObject(registered) ? behindProxies(registered) : undefined;
}

/** True once some SDK has registered its context manager, even if it set up no tracer provider. */
export const hasContextManager = (): boolean =>
  property(property(globalThis, API_GLOBALS), 'context') !== undefined;

/** The provider behind proxies such as the API's, which answer `getDelegate()`. */
export function behindProxies(provider: object): object {
  let current = provider;
  for (let depth = 0; depth < 5; depth += 1) {
    const delegate = call(current, 'getDelegate');
    if (!isObject(delegate) || delegate === current) return current;
    current = delegate;
  }
  return current;
}

/**
 * The copies that do not see the registered provider: code that uses them makes no spans. That is so for a
 * newer copy when an older one has registered.
 */
export function blindCopies(copies: readonly ApiCopy[]): readonly ApiCopy[] {
  const registered = registeredProvider();
  if (registered === undefined) return [];
  return copies.filter((copy) => {
    const seen = call(copy.trace, 'getTracerProvider');
    return !isObject(seen) || behindProxies(seen) !== registered;
  });
}

/** The version of the API whose copy registered first. */
export const registeredVersion = (): string =>
  String(property(property(globalThis, API_GLOBALS), 'version') ?? 'of unknown version');
