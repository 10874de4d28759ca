// @ts-check
import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

decide(trace.getTracer('bot'));
