// A neighbour's processor masks on the span itself, at once and once more a turn later.
import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { decide } from './decide.cjs';

const masking = {
  onStart() {},
  onEnd({ attributes }) {
    attributes['ai.input'] = '"***"';
    queueMicrotask(() => {
      for (const name of Object.keys(attributes)) attributes[name] = '***';
    });
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [masking] }));
decide(trace.getTracer('bot'), 9001);
