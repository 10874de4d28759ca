import { property } from '../host/foreign';
import type { WeexLogRecordProcessor } from '../otel/weex-log-record-processor';
import { LongLived } from './long-lived';

const AI_EVENTS = 'gen_ai.';

/** Takes log records for as long as the process lives. Most bots never emit one, so the first one opens it. */
export class RegisteredLogProcessor extends LongLived<
  Pick<WeexLogRecordProcessor, 'onEmit' | 'forceFlush' | 'shutdown'>
> {
  onEmit(record: object): void {
    this.ready()?.onEmit(record);
  }

  /** Loggers make no record that no processor wants. Older instrumentations name the event in an attribute. */
  enabled(options?: { readonly eventName?: string | undefined }): boolean {
    return options?.eventName?.startsWith(AI_EVENTS) ?? true;
  }
}

/** By name, for a bot may have another copy of this package. */
export function takesLogsForWeex(processor: unknown): boolean {
  const name = property(property(processor, 'constructor'), 'name');
  return name === 'WeexLogRecordProcessor' || name === 'RegisteredLogProcessor';
}
