// The bot's provider comes late, and a tracer was taken before.
import { trace } from '@opentelemetry/api';
import { node } from '@opentelemetry/sdk-node';
import { decide } from './decide.cjs';

const tracer = trace.getTracer('bot');
setTimeout(() => {
  const before = trace.setGlobalTracerProvider;
  console.log('answer', trace.setGlobalTracerProvider(new node.NodeTracerProvider()), before.name);
  decide(tracer, 3001);
}, 50);
