// The bot has wrapped its sampler, and leaves the processor to register.
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';

const { AiStageSampler } = createRequire(import.meta.url)('opentelemetry-exporter-weex');
const sampler = new AiStageSampler(new AlwaysOffSampler());
trace.setGlobalTracerProvider(new TracerProvider({ sampler }));
await import('./trader.mjs');
