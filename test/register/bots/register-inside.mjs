// Register is the first import of the bot itself, and goes into its bundle.
import 'opentelemetry-exporter-weex/register';
import { trace } from '@opentelemetry/api';
import { decide } from './decide.cjs';

decide(trace.getTracer('bot'), 8002);
