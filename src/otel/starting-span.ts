import { type Context, type SpanContext, trace } from '@opentelemetry/api';
import type { StartedSpan } from '../assembly/trace-store';
import { ATTR_AI_INPUT, ATTR_AI_OUTPUT } from '../entry/attributes';
import { type HrTime, millisOf } from '../mapping/finished-span';

/** The part of a span that is read when it starts; a structural type for the reasons of `FinishedSpan`. */
export interface StartingSpan {
  spanContext(): SpanContext;
  readonly startTime: HrTime;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** SDK 2.x and 3.x. */
  readonly parentSpanContext?: SpanContext | undefined;
  /** SDK 1.x. */
  readonly parentSpanId?: string | undefined;
}

export function startedSpanOf(span: StartingSpan, parentContext: Context): StartedSpan {
  const { traceId, spanId } = span.spanContext();
  const { attributes } = span;
  return {
    traceId,
    spanId,
    localParentSpanId: localParentOf(span, parentContext),
    startedMillis: millisOf(span.startTime),
    isOwnEntry: attributes[ATTR_AI_INPUT] !== undefined || attributes[ATTR_AI_OUTPUT] !== undefined,
  };
}

/** A remote parent is no span of this process. */
function localParentOf(span: StartingSpan, parentContext: Context): string | undefined {
  const parent = span.parentSpanContext;
  if (parent !== undefined) return parent.isRemote === true ? undefined : parent.spanId;
  if (!span.parentSpanId) return undefined;
  return trace.getSpanContext(parentContext)?.isRemote === true ? undefined : span.parentSpanId;
}
