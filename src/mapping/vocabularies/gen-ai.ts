import { scopeNameOf } from '../finished-span';
import { answerContent, reasoningOfAnswer } from '../messages/answer';
import { plainStructure } from '../messages/json-value';
import { readMessages } from '../messages/read-message';
import { requestContent, withSystem } from '../messages/request';
import { inputText } from '../messages/write-messages';
import type { SpanAttributes, SpanRole, Vocabulary } from './vocabulary';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['chat', 'call'],
  ['generate_content', 'call'],
  ['text_completion', 'call'],
  ['completion', 'call'],
  ['decide', 'call'],
  ['invoke_agent', 'wrapper'],
  ['execute_tool', 'tool'],
]);

/** By `gen_ai.operation.name`; anything but a call, an agent or a tool is an embedding, a step, a memory, ... */
export function roleOfOperation(operation: unknown): SpanRole | undefined {
  return operation === undefined ? undefined : (ROLES.get(operation) ?? 'none');
}

/** The OpenTelemetry conventions for generative AI, as they are since 1.37: messages are attributes of the span. */
export const genAi: Vocabulary = {
  name: 'gen_ai',
  firstPieces: ['gen_ai'],

  roleOf: (attributes) => roleOfOperation(attributes['gen_ai.operation.name']),

  fields: {
    responseModel: (attributes) => attributes['gen_ai.response.model'],
    requestModel: (attributes) => attributes['gen_ai.request.model'],
    responseId: (attributes) => attributes['gen_ai.response.id'],
    agentName: (attributes) => attributes['gen_ai.agent.name'],
    input: inputOf,
    output: (attributes) => answerContent(messagesOf(attributes)),
    explanation: (attributes) => reasoningOfAnswer(messagesOf(attributes)),
    toolName: (attributes) => attributes['gen_ai.tool.name'],
    toolCallId: (attributes) => attributes['gen_ai.tool.call.id'],
    toolResult: (attributes) => attributes['gen_ai.tool.call.result'],
  },

  contentSwitch: (_attributes, span) =>
    scopeNameOf(span) === '@opentelemetry/instrumentation-openai'
      ? 'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true and add a WeexLogRecordProcessor, because this library puts messages into log records'
      : 'set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true, or what your library has in its place',
};

const messagesOf = (attributes: SpanAttributes): unknown =>
  plainStructure(attributes['gen_ai.output.messages']);

function inputOf(attributes: SpanAttributes): unknown {
  const given = plainStructure(attributes['gen_ai.input.messages']);
  const messages = readMessages(given);
  if (messages === undefined) return requestContent(given);
  return inputText(withSystem(messages, plainStructure(attributes['gen_ai.system_instructions'])));
}
