import type { JaegerSpan } from './spans-in-jaeger.js';

/** What no two runs of one bot have in common: processes, and ports that the system chose. */
const OF_ONE_RUN = new Set([
  'service.name',
  'service.instance.id',
  'process.pid',
  'process.command_args',
  'net.host.port',
  'network.local.port',
]);

/**
 * One line for each span, below its parent, without ids and times, so that two runs of one bot can be compared.
 * Everything else that Jaeger has is in it: kind, state, flags, attributes, events, links, dropped counts, scope.
 * Siblings stand by their text: some start within the same millisecond.
 */
export function outlineOf(spans: readonly JaegerSpan[]): readonly string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const below = (parent: string | undefined, indent: string): readonly string[] =>
    spans
      .filter(({ parentSpanId = '' }) =>
        parent === undefined ? !known.has(parentSpanId) : parentSpanId === parent,
      )
      .map((span) => [indent + describe(span), ...below(span.spanId, `${indent}  `)].join('\n'))
      .sort();
  return below(undefined, '').flatMap((trace) => trace.split('\n'));
}

/** The different resources, likewise. */
export const resourcesOf = (spans: readonly JaegerSpan[]): readonly string[] => [
  ...new Set(spans.map(({ resource }) => JSON.stringify(resource, withoutRun))),
];

function describe(span: JaegerSpan): string {
  const {
    name,
    traceId: _,
    spanId: __,
    parentSpanId,
    startTimeUnixNano: ___,
    endTimeUnixNano: ____,
    ...rest
  } = span;
  const { resource: _____, ...told } = { ...rest, isRoot: parentSpanId === undefined };
  return `${name} ${JSON.stringify(told, withoutRun)}`;
}

function withoutRun(key: string, value: unknown): unknown {
  if (key === 'timeUnixNano') return undefined;
  // Which timers and ticks of Node's own lead to a line of the bot is chance.
  if (typeof value === 'string') return value.replaceAll(/\n {4}at [^\n]*\(node:internal\/[^\n]*/g, '');
  if (key !== 'attributes' || !Array.isArray(value)) return value;
  return value.filter((attribute) => !OF_ONE_RUN.has(attribute.key));
}
