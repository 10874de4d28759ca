import { stringifyExact } from '../../entry/json-text';
import { type FinishedSpan, scopeNameOf } from '../finished-span';
import { isGivenNode, langGraphName } from '../langgraph-names';
import { answerContent, choicesOfAnswer, reasoningOfAnswer } from '../messages/answer';
import { indexedList } from '../messages/indexed-keys';
import { isRecord, jsonValue } from '../messages/json-value';
import { joined, type Message } from '../messages/message';
import { readMessage } from '../messages/read-message';
import { requestContent, withSystem } from '../messages/request';
import { inputText, outputText } from '../messages/write-messages';
import { fieldsOfBags } from '../metadata-bag';
import type { SpanAttributes, SpanRole, Vocabulary } from './vocabulary';

const KIND = 'openinference.span.kind';
const REDACTED = '__REDACTED__';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['LLM', 'call'],
  ['DECISION', 'call'],
  ['AGENT', 'wrapper'],
  ['TOOL', 'tool'],
]);

/** Classes and inner runs of LangChain and LangGraph, where nobody named the run. */
const GIVEN_NAME = /^(?:Runnable|Chat|LangGraph|Branch|Channel|__)/;

/** Arize's OpenInference: openai, anthropic, LangChain and LangGraph, Vercel, OpenAI Agents. */
export const openInference: Vocabulary = {
  name: 'openinference',
  firstPieces: ['openinference', 'llm', 'input', 'output', 'metadata', 'tool', 'agent', 'graph'],

  roleOf(attributes) {
    const kind = attributes[KIND];
    return kind === undefined ? undefined : (ROLES.get(kind) ?? 'none');
  },

  fields: {
    ...fieldsOfBags(['metadata.'], 'metadata'),
    responseModel: (attributes) => attributes['llm.response.model_name'] ?? attributes['llm.model_name'],
    requestModel: (attributes) => attributes['llm.request.model_name'],
    functionName: (attributes) =>
      langGraphName((key) => attributes[`metadata.${key}`] ?? memberOf(attributes['metadata'], key)),
    agentName: (attributes) => attributes['agent.name'] ?? attributes['graph.node.id'],
    chosenName: (attributes, span) =>
      attributes[KIND] === 'CHAIN' &&
      scopeNameOf(span).endsWith('-langchain') &&
      !GIVEN_NAME.test(span.name) &&
      !isGivenNode(span.name)
        ? span.name
        : undefined,
    input: inputOf,
    output: outputOf,
    explanation: (attributes) =>
      answerIn(attributes)?.reasoning ?? reasoningOfAnswer(shown(attributes['output.value'])),
    toolName: (attributes) => attributes['tool.name'],
    toolCallId: (attributes) =>
      attributes['tool_call.id'] ?? toolMessageIn(attributes['output.value'])?.toolResults[0]?.id,
    toolResult: (attributes) => toolResultOf(attributes['output.value']),
  },

  contentSwitch: () =>
    'unset OPENINFERENCE_HIDE_INPUTS, OPENINFERENCE_HIDE_OUTPUTS and their like, and hideInputs and hideOutputs in traceConfig',

  isRedacted: (attributes) =>
    attributes['output.value'] === REDACTED || attributes['input.value'] === REDACTED,
};

function inputOf(attributes: SpanAttributes, span: FinishedSpan): unknown {
  const value = shown(attributes['input.value']);
  const messages = messagesIn(attributes, 'llm.input_messages.');
  if (messages.length === 0 || (lostSome(span) && value !== undefined)) return requestContent(value);
  // Anthropic's system text is not among the messages.
  const system = memberOf(value, 'system') ?? memberOf(value, 'instructions');
  return inputText(withSystem(messages, system));
}

/** LangChain's answers from the responses API leave a message without content. */
function outputOf(attributes: SpanAttributes, span: FinishedSpan): unknown {
  const value = shown(attributes['output.value']);
  const answer = lostSome(span) && value !== undefined ? undefined : answerIn(attributes);
  const text = answer === undefined ? undefined : outputText([withCallIds(answer, value)]);
  return text ?? answerContent(value);
}

/** LangChain's answers have the ids of their tool calls in the whole text alone. */
function withCallIds(answer: Message, value: unknown): Message {
  const { toolCalls } = answer;
  if (toolCalls.length === 0 || toolCalls.every(({ id }) => id !== undefined)) return answer;
  const same = choicesOfAnswer(value)?.[0]?.toolCalls ?? [];
  const isSame =
    same.length === toolCalls.length && toolCalls.every(({ name }, at) => name === same[at]?.name);
  return isSame
    ? { ...answer, toolCalls: toolCalls.map((call, at) => ({ ...call, id: call.id ?? same[at]?.id })) }
    : answer;
}

/** The attribute count limit takes the last messages; the whole text beside them is one attribute. */
const lostSome = (span: FinishedSpan): boolean => (span.droppedAttributesCount ?? 0) > 0;

const answerIn = (attributes: SpanAttributes): Message | undefined =>
  joined(messagesIn(attributes, 'llm.output_messages.'));

/** A message may have nothing but a role. */
const messagesIn = (attributes: SpanAttributes, prefix: string): readonly Message[] =>
  (indexedList(attributes, prefix) ?? []).flatMap((item) => {
    const inner = isRecord(item) ? item['message'] : undefined;
    const message = isRecord(inner) ? readMessage({ parts: [], ...inner }) : undefined;
    if (message === undefined) return [];
    return message.text === REDACTED ? { ...message, text: undefined } : message;
  });

const shown = (value: unknown): unknown => (value === REDACTED ? undefined : value);

function memberOf(value: unknown, key: string): unknown {
  const record = jsonValue(value);
  return isRecord(record) ? record[key] : undefined;
}

/** LangChain's tools return a message, in LangGraph one level further down. */
const toolMessageIn = (value: unknown): Message | undefined =>
  readMessage(jsonValue(value)) ?? readMessage(memberOf(value, 'output'));

/** What the tool gave: the content of its message, else the value itself, which LangChain puts into `output`. */
function toolResultOf(value: unknown): unknown {
  const message = toolMessageIn(value);
  const whole = jsonValue(value);
  const isWrapped = isRecord(whole) && Object.keys(whole).join() === 'output';
  const result = message?.toolResults[0]?.result ?? (isWrapped ? whole['output'] : undefined);
  return result === undefined || typeof result === 'string' ? (result ?? value) : stringifyExact(result);
}
