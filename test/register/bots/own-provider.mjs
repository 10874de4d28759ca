// The bot makes a tracer provider, gives it to the API, and takes its tracers from the object itself.
import { node } from '@opentelemetry/sdk-node';
import { decide } from './decide.cjs';

const processors = [];
const provider = new node.NodeTracerProvider({ spanProcessors: processors });
provider.register();
decide(provider.getTracer('bot'), 2001);
await provider.shutdown();
console.log('own array', processors.length);
