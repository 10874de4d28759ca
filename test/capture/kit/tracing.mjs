// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createRecorder } from './recorder.mjs';

/** SDK 2.x as the process's tracer provider. `processors` stand before the recorder. */
export function startTracing(processors = [], options = {}) {
  const recorder = createRecorder();
  const provider = new BasicTracerProvider({ ...options, spanProcessors: [...processors, recorder] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return { provider, recorder, tracer: trace.getTracer('bot') };
}
