import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

const cycles = Number(process.argv[2] ?? 3);
for (let cycle = 1; cycle <= cycles; cycle += 1) decide(trace.getTracer('bot'), 1000 + cycle);
console.log('traded', process.env.OTEL_TRACES_EXPORTER ?? 'unset');
