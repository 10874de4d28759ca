import { isObject, property } from '../host/foreign';
import { type RegisteredLogProcessor, takesLogsForWeex } from './registered-log-processor';

/**
 * Adds a processor to a logger provider that already runs; false when it cannot be added. Like the span
 * processors': a private list, replaced and not changed, for it may be the bot's own array.
 */
export function attachToLogs(provider: object, processor: RegisteredLogProcessor): boolean {
  try {
    const state = property(provider, '_sharedState');
    const active = property(state, 'activeProcessor');
    const list = property(active, 'processors');
    if (takesLogsForWeex(active) || (Array.isArray(list) && list.some(takesLogsForWeex))) return true;
    if (!isObject(state) || !isObject(active)) return false;
    // Since 2.x loggers ask this list whether anybody wants a record.
    const asked = property(state, 'processors');
    if (Array.isArray(asked) && !Reflect.set(state, 'processors', [processor, ...asked])) return false;
    return Array.isArray(list)
      ? Reflect.set(active, 'processors', [processor, ...list])
      : Reflect.set(state, 'activeProcessor', processor);
  } catch {
    return false;
  }
}
