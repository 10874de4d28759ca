// The bot makes a tracer provider, gives it to the API, and takes its tracers from the object itself.
import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { decide } from './decide.cjs';

/** @type {import('@opentelemetry/sdk-trace').SpanProcessor[]} */
const list = [];
const provider = new TracerProvider({ spanProcessors: list });
trace.setGlobalTracerProvider(provider);
decide(provider.getTracer('bot'), 2001);
await provider.shutdown();

// Later it takes another one.
trace.disable();
const next = new TracerProvider();
trace.setGlobalTracerProvider(next);
decide(next.getTracer('bot'), 2002);
console.log('own list', list.length);
