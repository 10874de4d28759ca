import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { joinLogMessages, readLogRecord } from '../../src/mapping/log-messages.js';
import type { EventMessages } from '../../src/mapping/messages/message-event.js';
import type { SpanReader } from '../../src/mapping/read-span.js';
import type { SpanFacts } from '../../src/mapping/span-facts.js';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'spans');

/** A span as `test/capture/kit/recorder.mjs` writes it. */
export interface CapturedSpan {
  readonly name: string;
  readonly kind: number;
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
  readonly status: { readonly code: number; readonly message?: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly time: readonly [number, number];
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly droppedAttributesCount: number;
}

export interface CapturedLog {
  readonly eventName?: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface Capture {
  readonly library: string;
  readonly scenario: string;
  readonly spans: readonly CapturedSpan[];
  readonly logs?: readonly CapturedLog[];
}

export const captureFiles = (): readonly string[] =>
  readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

export const readCapture = (file: string): Capture => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

export const finishedSpanOf = (span: CapturedSpan): FinishedSpan => ({
  name: span.name,
  kind: span.kind,
  spanContext: () => ({ traceId: span.traceId, spanId: span.spanId, traceFlags: 1 }),
  startTime: span.start,
  endTime: span.end,
  status: span.status,
  attributes: span.attributes,
  events: span.events,
  droppedAttributesCount: span.droppedAttributesCount,
  parentSpanId: span.parentSpanId,
  instrumentationScope: { name: span.scope },
});

/** What log records say of a span, where the library puts messages there. */
export function loggedFor(capture: Capture, span: CapturedSpan): EventMessages | undefined {
  const records = (capture.logs ?? []).flatMap((log) => {
    const { traceId, spanId } = log;
    return readLogRecord({ ...log, spanContext: { traceId, spanId } }) ?? [];
  });
  const mine = records.filter(({ spanId }) => spanId === span.spanId);
  return mine.length === 0 ? undefined : joinLogMessages(mine);
}

export const readSpans = (
  capture: Capture,
  read: SpanReader,
): readonly (readonly [CapturedSpan, SpanFacts | undefined])[] =>
  capture.spans.map((span) => [span, read(finishedSpanOf(span), loggedFor(capture, span))]);

/**
 * What was read of a span, in a line: what it is, what it lends, and what it would log or why it would not. `-`: a
 * span of the bot's own, of which nothing is kept.
 */
export function lineOf(span: CapturedSpan, facts: SpanFacts | undefined): string {
  if (facts === undefined) return `${span.name}: -`;
  const { draft, orders, stage, tool } = facts;
  return [
    `${span.name}: ${facts.role}`,
    facts.notLoggable ?? [],
    stage === undefined || stage.firmness === 'unnamed' ? [] : `${stage.firmness} stage ${stage.text}`,
    orders.kind === 'ids' ? `order ${orders.ids.join(' ')}` : [],
    tool === undefined ? [] : `tool ${tool.name} gave ${beginning(tool.result ?? 'nothing')}`,
    draft === undefined
      ? []
      : [
          `LOG ${draft.model ?? 'no model'}`,
          `in ${keysOf(draft.inputJson)}`,
          `out ${keysOf(draft.outputJson)}`,
          `${draft.explanationDerived ? 'derived' : 'because'} ${beginning(draft.explanation ?? '')}`,
        ],
    facts.notices.map(({ code }) => `(${code})`),
  ]
    .flat(2)
    .join('; ');
}

const beginning = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

/** The keys of an object, and of messages who says what. */
function keysOf(json: string | undefined): string {
  if (json === undefined) return 'nothing';
  const value: Record<string, unknown> = JSON.parse(json);
  return Object.entries(value)
    .map(([key, member]) =>
      key === 'messages' && Array.isArray(member) ? member.map(messageKeys).join(' ') : key,
    )
    .join(',');
}

const messageKeys = ({ role, ...rest }: Record<string, unknown>): string =>
  `${String(role ?? '?')}[${Object.keys(rest).join('+')}]`;
