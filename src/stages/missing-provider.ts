import { type Context, isSpanContextValid, type Span, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '../lib/suppress-tracing';
import { stageLog } from './stage-log';

/**
 * Says once that stages go nowhere, when `span` comes from the API's own no-op tracer: it is not recorded and has
 * no identity but, at most, its parent's. A span that a sampler dropped has one of its own, and spans of a
 * suppressed context are meant to be lost.
 */
export function tellIfNoProvider(stage: string, span: Span, parent: Context): void {
  if (span.isRecording() || isTracingSuppressed(parent)) return;
  const made = span.spanContext();
  if (isSpanContextValid(made) && made.spanId !== trace.getSpanContext(parent)?.spanId) return;
  stageLog.warn(
    'no-provider',
    `the stage ${JSON.stringify(stage)} is not traced, because no tracer provider is registered: no stage reaches ` +
      'WEEX until one is. Start the OpenTelemetry SDK with WeexSpanProcessor before the first stage, or run ' +
      'node --import opentelemetry-exporter-weex/register with weex in OTEL_TRACES_EXPORTER',
  );
}
