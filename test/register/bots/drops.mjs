// Set up in code with a sampler that drops most decisions; some attributes are cut too.
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';

const { WeexSpanProcessor } = createRequire(import.meta.url)('opentelemetry-exporter-weex');
const weex = new WeexSpanProcessor();
trace.setGlobalTracerProvider(
  new TracerProvider({
    sampler: new TraceIdRatioBasedSampler(0.01),
    spanLimits: { attributeCountLimit: 8 },
    spanProcessors: [weex],
  }),
);
await wait(50);
await weex.shutdown();
