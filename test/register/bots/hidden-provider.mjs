// Some library registers a provider through a copy of the API that lies in its own folder.
import { setTimeout as wait } from 'node:timers/promises';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { decide } from './decide.cjs';

const provider = new TracerProvider();
const proxy = { getTracer: () => provider.getTracer('bot'), getDelegate: () => provider };
Reflect.set(globalThis, Symbol.for('opentelemetry.js.api.1'), { version: '1.9.0', trace: proxy });
await wait(300);
decide(provider.getTracer('bot'), 7001);
