// Some library registers a provider through a copy of the API that lies in its own folder.
import { setTimeout as wait } from 'node:timers/promises';
import { node } from '@opentelemetry/sdk-node';
import { decide } from './decide.cjs';

const provider = new node.NodeTracerProvider();
globalThis[Symbol.for('opentelemetry.js.api.1')] = {
  version: '1.9.0',
  trace: { getTracer: (name) => provider.getTracer(name), getDelegate: () => provider },
};
await wait(300);
decide(provider.getTracer('bot'), 7001);
