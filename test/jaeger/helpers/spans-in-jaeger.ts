import type { Jaeger } from './jaeger.js';

/** One attribute as OTLP spells it in JSON: the kind of value is part of it. */
interface OtlpAttribute {
  readonly key: string;
  readonly value: unknown;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
  readonly events?: readonly { readonly timeUnixNano: string }[];
}

/** A span with everything that Jaeger's API tells of it. */
export interface JaegerSpan extends OtlpSpan {
  readonly resource: { readonly attributes?: readonly OtlpAttribute[] };
  readonly scope: { readonly name?: string; readonly version?: string };
}

interface Answer {
  readonly result?: {
    readonly resourceSpans?: readonly {
      readonly resource?: JaegerSpan['resource'];
      readonly scopeSpans?: readonly {
        readonly scope?: JaegerSpan['scope'];
        readonly spans?: readonly OtlpSpan[];
      }[];
    }[];
  };
}

const MOST_TRACES = 10_000;
const DAY_MILLIS = 86_400_000;

/** Every span of a service, through Jaeger's HTTP API. */
export async function spansInJaeger({ queryUrl }: Jaeger, service: string): Promise<readonly JaegerSpan[]> {
  const query = new URLSearchParams({
    'query.service_name': service,
    'query.start_time_min': new Date(Date.now() - DAY_MILLIS).toISOString(),
    'query.start_time_max': new Date(Date.now() + DAY_MILLIS).toISOString(),
    'query.num_traces': String(MOST_TRACES),
    // Else Jaeger notes on the spans themselves, for good, that a trace was not complete when it was read.
    'query.raw_traces': 'true',
  });
  const response = await fetch(`${queryUrl}/api/v3/traces?${query}`);
  // Jaeger says 404 when it has no trace of the service.
  if (response.status === 404) return [];
  if (!response.ok) throw new Error(`Jaeger answered ${response.status}: ${await response.text()}`);
  const { result }: Answer = JSON.parse(await response.text());
  return (result?.resourceSpans ?? []).flatMap(({ resource = {}, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope = {}, spans = [] }) => spans.map((span) => ({ ...span, resource, scope }))),
  );
}

export const namesOf = (spans: readonly JaegerSpan[]): readonly string[] =>
  spans.map(({ name }) => name).sort();

/** The text of an attribute, whatever its kind. */
export function attributeOf(span: JaegerSpan, key: string): string | undefined {
  const value = span.attributes?.find((attribute) => attribute.key === key)?.value;
  return typeof value === 'object' && value !== null ? String(Object.values(value)[0]) : undefined;
}
