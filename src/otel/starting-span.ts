import { type Context, type SpanContext, trace } from '@opentelemetry/api';
import type { StartedSpan } from '../assembly/trace-store';
import { ATTR_AI_INPUT, ATTR_AI_OUTPUT } from '../entry/attributes';
import { type HrTime, localParentOf, millisOf } from '../mapping/finished-span';

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
    localParentSpanId: parentAtStart(span, parentContext),
    startedMillis: millisOf(span.startTime),
    isOwnEntry: attributes[ATTR_AI_INPUT] !== undefined || attributes[ATTR_AI_OUTPUT] !== undefined,
  };
}

/** SDK 1.x does not say on the span that its parent is remote; only the context does. */
function parentAtStart(span: StartingSpan, parentContext: Context): string | undefined {
  const parent = localParentOf(span);
  if (parent === undefined || span.parentSpanContext !== undefined) return parent;
  return trace.getSpanContext(parentContext)?.isRemote === true ? undefined : parent;
}
