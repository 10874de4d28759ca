import { scopeNameOf } from '../finished-span';
import { reasoningOf } from '../messages/answer';
import { indexedList } from '../messages/indexed-keys';
import { isRecord, jsonValue } from '../messages/json-value';
import type { Message } from '../messages/message';
import { readMessage } from '../messages/read-message';
import { inputText, outputText } from '../messages/write-messages';
import { fieldsOfBags } from '../metadata-bag';
import { roleOfOperation } from './gen-ai';
import type { SpanAttributes, Vocabulary } from './vocabulary';

/**
 * OpenLLMetry of Traceloop: messages under indexed keys up to 0.22, those of the OpenTelemetry conventions later;
 * workflows, tasks and association properties in both.
 */
export const openLlmetry: Vocabulary = {
  name: 'openllmetry',
  firstPieces: ['traceloop', 'llm', 'gen_ai'],

  roleOf(attributes, span) {
    const request = attributes['llm.request.type'];
    if (request !== undefined) return request === 'chat' || request === 'completion' ? 'call' : 'none';
    const kind = attributes['traceloop.span.kind'];
    if (kind !== undefined) return kind === 'tool' ? 'tool' : 'none';
    return scopeNameOf(span).startsWith('@traceloop/')
      ? roleOfOperation(attributes['gen_ai.operation.name'])
      : undefined;
  },

  fields: {
    ...fieldsOfBags(['traceloop.association.properties.']),
    taskName: (attributes) =>
      lastPiece(attributes['traceloop.entity.path']) ?? attributes['traceloop.workflow.name'],
    input: (attributes) => inputText(messagesIn(attributes, 'gen_ai.prompt.')),
    output: (attributes) => outputText(messagesIn(attributes, 'gen_ai.completion.')),
    explanation: (attributes) => reasoningOf(messagesIn(attributes, 'gen_ai.completion.')),
    toolName: (attributes) => attributes['traceloop.entity.name'],
    toolResult: (attributes) => attributes['traceloop.entity.output'],
  },

  contentSwitch: () => 'unset TRACELOOP_TRACE_CONTENT and leave out traceContent: false',
};

const messagesIn = (attributes: SpanAttributes, prefix: string): readonly Message[] =>
  (indexedList(attributes, prefix) ?? []).flatMap((item) => {
    const message = isRecord(item)
      ? readMessage({ ...item, parts: [], content: contentOf(item['content']) })
      : undefined;
    return message ?? [];
  });

/** Parts come as JSON text, and so does the absence of any. */
function contentOf(content: unknown): unknown {
  if (content === 'null') return undefined;
  const parsed = jsonValue(content);
  const isParts =
    Array.isArray(parsed) && parsed.every((part) => isRecord(part) && typeof part['type'] === 'string');
  return isParts ? parsed : content;
}

const lastPiece = (path: unknown): string | undefined =>
  typeof path === 'string' ? path.split('.').at(-1) || undefined : undefined;
