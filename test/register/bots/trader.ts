import { type Tracer, trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

const tracer: Tracer = trace.getTracer('bot');
decide(tracer, 8003);
