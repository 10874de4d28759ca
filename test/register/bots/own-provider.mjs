// The bot makes a tracer provider, gives it to the API, and takes its tracers from the object itself.
import { trace } from '@opentelemetry/api';
import { node } from '@opentelemetry/sdk-node';
import { decide } from './decide.cjs';

const list = [];
const provider = new node.NodeTracerProvider({ spanProcessors: list });
provider.register();
decide(provider.getTracer('bot'), 2001);
await provider.shutdown();

// Later it takes another one.
trace.disable();
const next = new node.NodeTracerProvider();
next.register();
decide(next.getTracer('bot'), 2002);
console.log('own list', list.length);
