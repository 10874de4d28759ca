import { type Tracer, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  type ReadableSpan,
  type Sampler,
  type Span,
  type SpanLimits,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** Keeps every span that ends, sampled or not, as a processor of ours sees it. */
export class RecordingSpanProcessor implements SpanProcessor {
  readonly started: Span[] = [];
  readonly ended: ReadableSpan[] = [];

  onStart(span: Span): void {
    this.started.push(span);
  }

  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  /** The span that ended last. */
  last(): ReadableSpan {
    const span = this.ended.at(-1);
    if (span === undefined) throw new Error('no span has ended');
    return span;
  }

  named(name: string): ReadableSpan {
    const span = this.ended.find((ended) => ended.name === name);
    if (span === undefined) throw new Error(`no span named ${name} has ended`);
    return span;
  }
}

export interface Tracing {
  readonly provider: BasicTracerProvider;
  readonly tracer: Tracer;
  readonly spans: RecordingSpanProcessor;
}

export interface TracingOptions {
  readonly sampler?: Sampler;
  readonly spanLimits?: SpanLimits;
  readonly processors?: readonly SpanProcessor[];
  readonly scope?: string;
}

/** A real SDK, not registered anywhere. */
export function startTracing(options: TracingOptions = {}): Tracing {
  const spans = new RecordingSpanProcessor();
  const provider = new BasicTracerProvider({
    ...(options.sampler && { sampler: options.sampler }),
    ...(options.spanLimits && { spanLimits: options.spanLimits }),
    spanProcessors: [...(options.processors ?? []), spans],
  });
  return { provider, tracer: provider.getTracer(options.scope ?? 'bot'), spans };
}

/** The same, as the process's tracer provider. One for a test file. */
export function registerTracing(options: TracingOptions = {}): Tracing {
  const tracing = startTracing(options);
  if (!trace.setGlobalTracerProvider(tracing.provider))
    throw new Error('a tracer provider is registered already');
  return tracing;
}
