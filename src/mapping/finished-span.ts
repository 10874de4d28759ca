import type { SpanContext } from '@opentelemetry/api';

/** Seconds and nanoseconds since 1970. */
export type HrTime = readonly [number, number];

export interface FinishedEvent {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly time: HrTime;
}

/**
 * The part of a finished span that this package reads, declared here and not imported: one build has to fit
 * the SDK lines 1.30, 2.x and 3.x, whose packages cannot be installed together. Attribute values are
 * `unknown` because SDK 3.x allows maps.
 */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: number;
  spanContext(): SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: { readonly code: number; readonly message?: string | undefined };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly FinishedEvent[];
  readonly droppedAttributesCount?: number | undefined;
  /** SDK 2.x and 3.x. */
  readonly parentSpanContext?: SpanContext | undefined;
  /** SDK 1.x. */
  readonly parentSpanId?: string | undefined;
  /** SDK 2.x and 3.x. */
  readonly instrumentationScope?: { readonly name: string } | undefined;
  /** SDK 1.x. */
  readonly instrumentationLibrary?: { readonly name: string } | undefined;
}

export const millisOf = (time: HrTime): number => time[0] * 1_000 + Math.floor(time[1] / 1_000_000);

/** How the SDK lines name a span's parent. */
type Parented = Pick<FinishedSpan, 'parentSpanContext' | 'parentSpanId'>;

export const parentSpanIdOf = (span: Parented): string | undefined =>
  span.parentSpanContext?.spanId ?? (span.parentSpanId || undefined);

/** A remote parent is no span of this process. */
export const localParentOf = (span: Parented): string | undefined =>
  span.parentSpanContext?.isRemote === true ? undefined : parentSpanIdOf(span);

export const scopeNameOf = (span: FinishedSpan): string =>
  span.instrumentationScope?.name ?? span.instrumentationLibrary?.name ?? '';
