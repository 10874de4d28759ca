// The bot's provider comes late, and a tracer was taken before.
import { trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { decide } from './decide.cjs';

const tracer = trace.getTracer('bot');
setTimeout(() => {
  const { name } = trace.setGlobalTracerProvider;
  console.log('answer', trace.setGlobalTracerProvider(new TracerProvider()), name);
  decide(tracer, 3001);
}, 50);
