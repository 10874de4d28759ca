// @ts-check
import { isSpanContextValid } from '@opentelemetry/api';
import { ATTR_AI_INPUT, ATTR_AI_OUTPUT, ATTR_AI_SYMBOL } from 'opentelemetry-exporter-weex';

/**
 * @typedef {object} RecordedSpan
 * @property {string} traceId
 * @property {string} spanId
 * @property {string | undefined} parentSpanId
 * @property {string} name
 * @property {number} endedAt milliseconds since 1970
 * @property {Readonly<Record<string, unknown>>} attributes
 */

/** Notes every span that ends, before any exporter sees it: what the two backends are measured against. */
export function createRecorder() {
  /** @type {RecordedSpan[]} */
  const spans = [];
  /** @type {import('@opentelemetry/sdk-trace-base').SpanProcessor} */
  const processor = {
    onStart() {},
    onEnd(span) {
      const { traceId, spanId } = span.spanContext();
      const parent = span.parentSpanContext;
      spans.push({
        traceId,
        spanId,
        parentSpanId: parent !== undefined && isSpanContextValid(parent) ? parent.spanId : undefined,
        name: span.name,
        endedAt: span.endTime[0] * 1_000 + span.endTime[1] / 1e6,
        attributes: { ...span.attributes },
      });
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  return { processor, spans };
}

/** @param {RecordedSpan} span */
export const isStage = ({ attributes }) => ATTR_AI_INPUT in attributes || ATTR_AI_OUTPUT in attributes;

/**
 * The trading cycle and the symbol that a stage belongs to: the bot states them on the spans above it.
 *
 * @param {readonly RecordedSpan[]} spans
 * @param {RecordedSpan} stage
 */
export function placeOf(spans, stage) {
  const root = spans.find(
    ({ traceId, parentSpanId }) => traceId === stage.traceId && parentSpanId === undefined,
  );
  const parent = spans.find(({ spanId }) => spanId === stage.parentSpanId);
  return { cycle: Number(root?.attributes['bot.cycle']), symbol: String(parent?.attributes[ATTR_AI_SYMBOL]) };
}
