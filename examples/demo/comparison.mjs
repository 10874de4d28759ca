// @ts-check
import { isDeepStrictEqual } from 'node:util';
import {
  ATTR_AI_INPUT,
  ATTR_AI_MODEL,
  ATTR_AI_ORDER_ID,
  ATTR_AI_OUTPUT,
  ATTR_AI_STAGE,
} from 'opentelemetry-exporter-weex';
import { isStage, placeOf } from './recorder.mjs';

/**
 * @typedef {import('./recorder.mjs').RecordedSpan} RecordedSpan
 * @typedef {import('opentelemetry-exporter-weex/emulator').WeexEmulatorLog} WeexLog
 * @typedef {import('opentelemetry-exporter-weex/emulator').WeexEmulatorRequest} WeexRequest
 *
 * @typedef {object} Row one stage of the bot, and what became of it at WEEX
 * @property {number} cycle
 * @property {string} symbol
 * @property {string} stage
 * @property {string} model
 * @property {string | undefined} orderId as WEEX has it
 * @property {string[]} answers what WEEX answered, try by try
 * @property {number | undefined} receiptAfterMillis from the end of the span
 * @property {string | undefined} problem
 */

/**
 * Finds for each stage of the bot the log at WEEX that says the same, and uses each log once.
 *
 * @param {readonly RecordedSpan[]} spans everything that the bot traced
 * @param {readonly WeexLog[]} logs what WEEX took
 * @param {readonly WeexRequest[]} requests what WEEX was asked
 * @param {ReadonlyMap<string, number>} receipts by span id, when the receipt came
 * @returns {{ rows: Row[], unexpected: WeexLog[] }}
 */
export function compareWithWeex(spans, logs, requests, receipts) {
  const unused = new Set(logs);
  const rows = spans.filter(isStage).map((span) => {
    const log = [...unused].find((candidate) => saysTheSame(span, candidate));
    if (log !== undefined) unused.delete(log);
    const receivedAt = receipts.get(span.spanId);
    return {
      ...placeOf(spans, span),
      stage: String(span.attributes[ATTR_AI_STAGE]),
      model: String(span.attributes[ATTR_AI_MODEL]),
      orderId: log?.orderId,
      answers: log === undefined ? [] : answersTo(log, requests),
      receiptAfterMillis: receivedAt === undefined ? undefined : Math.max(0, receivedAt - span.endedAt),
      problem: problemOf(spans, span, log, receivedAt),
    };
  });
  return { rows, unexpected: [...unused] };
}

/**
 * Stage, model, the whole input and, unless the stage failed without one, the whole output have to be equal.
 *
 * @param {RecordedSpan} span
 * @param {WeexLog} log
 */
function saysTheSame({ attributes }, log) {
  const output = attributes[ATTR_AI_OUTPUT];
  return (
    attributes[ATTR_AI_STAGE] === log.stage &&
    attributes[ATTR_AI_MODEL] === log.model &&
    isDeepStrictEqual(JSON.parse(String(attributes[ATTR_AI_INPUT])), log.input) &&
    (output === undefined || isDeepStrictEqual(JSON.parse(String(output)), log.output))
  );
}

/**
 * @param {readonly RecordedSpan[]} spans
 * @param {RecordedSpan} span
 * @param {WeexLog | undefined} log
 * @param {number | undefined} receivedAt
 */
function problemOf(spans, span, log, receivedAt) {
  if (log === undefined) return 'not at WEEX';
  const stated = span.attributes[ATTR_AI_ORDER_ID];
  if (stated === 'none' && log.orderId !== undefined) return `has order ${log.orderId}, but there was none`;
  if (stated !== undefined && stated !== 'none' && stated !== log.orderId) {
    return `has order ${log.orderId ?? 'none'} instead of ${stated}`;
  }
  if (stated === undefined && log.orderId !== undefined && !ordersBeside(spans, span).includes(log.orderId)) {
    return `has order ${log.orderId}, which belongs to another decision`;
  }
  return receivedAt === undefined ? 'at WEEX, but without a receipt' : undefined;
}

/**
 * The orders of the same symbol in the same cycle: the only ones that a stage without an own id may carry.
 *
 * @param {readonly RecordedSpan[]} spans
 * @param {RecordedSpan} span
 */
const ordersBeside = (spans, span) =>
  spans
    .filter(({ parentSpanId }) => parentSpanId === span.parentSpanId)
    .map(({ attributes }) => attributes[ATTR_AI_ORDER_ID]);

/**
 * @param {WeexLog} log
 * @param {readonly WeexRequest[]} requests
 */
const answersTo = (log, requests) =>
  requests
    .filter(({ raw }) => raw === log.raw)
    .map(({ status, code }) => (code === undefined || status !== 200 ? String(status ?? 'no answer') : code));
