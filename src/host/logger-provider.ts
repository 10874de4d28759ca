import { behindProxies } from './api-copies';
import { isObject, property } from './foreign';

/** Where the API's 1.10 keeps what is registered, logs too. */
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');
/** Where `@opentelemetry/api-logs`, the package before it, keeps a function of the interface's version. */
const LOGS_API = Symbol.for('io.opentelemetry.js.api.logs');
const LOGS_API_VERSION = 1;

/** The logger provider that the process has registered. */
export function registeredLoggerProvider(): object | undefined {
  const getter = property(globalThis, LOGS_API);
  const found =
    property(property(globalThis, API_GLOBALS), 'logs') ??
    (typeof getter === 'function' ? Reflect.apply(getter, undefined, [LOGS_API_VERSION]) : undefined);
  return isObject(found) ? behindProxies(found) : undefined;
}
