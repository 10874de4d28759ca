import type { BotPackage } from '../host/bot-packages';
import { call, construct, isObject, property } from '../host/foreign';
import { registeredLoggerProvider } from '../host/logger-provider';
import type { Clock } from '../lib/clock';
import { attachToLogs } from './attach-logs';
import type { RegisteredLogProcessor } from './registered-log-processor';

/**
 * Sees to it that messages which instrumentations emit as log records reach us, after the SDK was started: the
 * exporters that it has for logs stay as they are. Where it has none, a logger provider is set up for us alone,
 * out of the SDK's own classes.
 */
export function takeLogRecords(processor: RegisteredLogProcessor, sdkNode: BotPackage): boolean {
  const there = registeredLoggerProvider();
  if (there !== undefined) return attachToLogs(there, processor);
  const own = construct(property(sdkNode.find('@opentelemetry/sdk-logs')?.load(), 'LoggerProvider'));
  if (!isObject(own) || !attachToLogs(own, processor)) return false;
  call(logsApi(sdkNode), 'setGlobalLoggerProvider', own);
  return registeredLoggerProvider() === own;
}

/** In the API itself from 1.10 on, in a package beside it before. */
export const logsApi = (sdkNode: BotPackage): unknown =>
  property(sdkNode.find('@opentelemetry/api')?.load(), 'logs') ??
  property(sdkNode.find('@opentelemetry/api-logs')?.load(), 'logs');

const LOOKS_MILLIS = [0, 100, 1_000, 10_000] as const;

/** Attaches to a logger provider that another sets up, beside its tracer provider or soon after. */
export function awaitLogRecords(processor: RegisteredLogProcessor, clock: Clock, turn = 0): void {
  const delayMillis = LOOKS_MILLIS[turn];
  if (delayMillis === undefined) return;
  clock.schedule(delayMillis, () => {
    const provider = registeredLoggerProvider();
    if (provider === undefined || !attachToLogs(provider, processor))
      awaitLogRecords(processor, clock, turn + 1);
  });
}
