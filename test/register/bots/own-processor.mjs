// The bot has set up everything by itself, and register is loaded all the same.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';

const { WeexSpanProcessor } = createRequire(import.meta.url)('opentelemetry-exporter-weex');
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new WeexSpanProcessor()] }));
await import('./trader.mjs');
