// Compile-time tests: our structural types against the SDK's own. `npm run check` is red when they part.
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { WeexSpanExporter } from '../../src/otel/weex-span-exporter.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';

export const readsTheirSpan = (span: ReadableSpan): FinishedSpan => span;
export const isTheirExporter = (): SpanExporter => new WeexSpanExporter();
export const isTheirProcessor = (): SpanProcessor => new WeexSpanProcessor();
