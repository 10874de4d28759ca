import { reasoningOf } from './messages/answer';
import { isRecord, jsonValue, plainStructure } from './messages/json-value';
import {
  type EventMessages,
  isMessageEvent,
  joinEventMessages,
  messagesOfEvent,
} from './messages/message-event';
import { inputText, outputText } from './messages/write-messages';
import type { Vocabulary } from './vocabularies/vocabulary';

/** The part of a log record that is read; a structural type for the reasons of `FinishedSpan`. */
export interface MessageLogRecord {
  /** Newer instrumentations; older ones have the attribute `event.name`. */
  readonly eventName?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly spanContext?: { readonly traceId: string; readonly spanId: string } | undefined;
}

/** The messages of one log record, and the span of the call that they belong to. */
export interface LogMessages extends EventMessages {
  readonly traceId: string;
  readonly spanId: string;
}

/**
 * Reads a message that an instrumentation put into a log record. `undefined` for all other log records, and for those
 * that belong to no span.
 *
 * Input records are emitted when the span starts, output records before it ends.
 */
export function readLogRecord(record: MessageLogRecord): LogMessages | undefined {
  const { attributes = {}, spanContext } = record;
  const name = record.eventName ?? attributes['event.name'];
  if (typeof name !== 'string' || spanContext === undefined || !isMessageEvent(name)) return undefined;
  const body = jsonValue(plainStructure(record.body));
  const { traceId, spanId } = spanContext;
  const details = isRecord(body) ? body : {};
  return { traceId, spanId, ...messagesOfEvent(name, { ...details, ...attributes }, details) };
}

/** What the log records of one span say together, in the order in which they were emitted. */
export const joinLogMessages = (records: readonly EventMessages[]): EventMessages =>
  joinEventMessages(records);

/** Log messages as the last vocabulary of their span: a library that has content on the span wrote it whole. */
export const loggedMessages = ({ input, output }: EventMessages): Vocabulary => ({
  name: 'log-messages',
  firstPieces: [],
  roleOf: () => undefined,
  fields: {
    input: () => inputText(input),
    output: () => outputText(output),
    explanation: () => reasoningOf(output),
  },
});
