// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A span processor that keeps each span as it is when it ends. It stands last, so it sees what others rewrote. */
export function createRecorder() {
  const spans = [];
  return {
    onStart() {},
    onEnd(span) {
      spans.push(plainSpan(span));
    },
    async forceFlush() {},
    async shutdown() {},
    /** What has ended since the last call. */
    take: () => spans.splice(0),
  };
}

/** A log record processor that keeps each record as it is when it is emitted. */
export function createLogRecorder() {
  const records = [];
  return {
    onEmit(record) {
      records.push({
        eventName: record.eventName,
        scope: record.instrumentationScope?.name ?? '',
        traceId: record.spanContext?.traceId,
        spanId: record.spanContext?.spanId,
        attributes: structuredClone(record.attributes),
        body: structuredClone(record.body),
      });
    },
    enabled: () => true,
    async forceFlush() {},
    async shutdown() {},
    take: () => records.splice(0),
  };
}

export function plainSpan(span) {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    kind: span.kind,
    scope: (span.instrumentationScope ?? span.instrumentationLibrary)?.name ?? '',
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? span.parentSpanId,
    start: span.startTime,
    end: span.endTime,
    status: span.status,
    attributes: structuredClone(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      time: event.time,
      attributes: structuredClone(event.attributes ?? {}),
    })),
    droppedAttributesCount: span.droppedAttributesCount,
  };
}

/** The version of an installed package. */
export const versionOf = (name) =>
  JSON.parse(readFileSync(join(process.cwd(), 'node_modules', name, 'package.json'), 'utf8')).version;

/** Writes one fixture: a span a line, so that a new capture can be compared with the last. */
export function writeFixture({ library, version, scenario, with: others = {}, spans, logs = [] }) {
  if (spans.length === 0) throw new Error(`${library} ${scenario}: no span was recorded`);
  const folder = process.env['CAPTURE_FIXTURES'];
  mkdirSync(folder, { recursive: true });
  const lines = (items) => `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  const head = { library, version, scenario, with: others, node: process.version };
  const members = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  members.push(`  "spans": ${lines(spans)}`);
  if (logs.length > 0) members.push(`  "logs": ${lines(logs)}`);
  const file = `${library}@${version}-${scenario}.json`;
  writeFileSync(join(folder, file), `{\n${members.join(',\n')}\n}\n`);
  console.log(`  ${file}: ${spans.length} spans${logs.length > 0 ? `, ${logs.length} log records` : ''}`);
}
