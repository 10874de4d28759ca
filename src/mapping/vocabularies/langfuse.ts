import { isGivenNode, langGraphName } from '../langgraph-names';
import { answerContent, reasoningOfAnswer } from '../messages/answer';
import { isRecord, jsonValue } from '../messages/json-value';
import { requestContent } from '../messages/request';
import { fieldsOfBags } from '../metadata-bag';
import type { SpanAttributes, SpanRole, Vocabulary } from './vocabulary';

const TYPE = 'langfuse.observation.type';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['generation', 'call'],
  ['agent', 'wrapper'],
  ['tool', 'tool'],
]);

/** Names that Langfuse's wrapper of the OpenAI client and its LangChain handler give. */
const GIVEN_NAME = /^(?:OpenAI|Chat|Runnable|LangGraph)/;

/** Langfuse's tracing for JavaScript, 4 and 5. */
export const langfuse: Vocabulary = {
  name: 'langfuse',
  firstPieces: ['langfuse'],

  roleOf(attributes) {
    const type = attributes[TYPE];
    return type === undefined ? undefined : (ROLES.get(type) ?? 'none');
  },

  fields: {
    ...fieldsOfBags(['langfuse.observation.metadata.', 'langfuse.trace.metadata.']),
    // Langfuse has one place for both models, so what is plainly the model that answered goes before it.
    requestModel: (attributes) => attributes['langfuse.observation.model.name'],
    input: inputOf,
    output: (attributes) => answerContent(attributes['langfuse.observation.output']),
    explanation: (attributes) => reasoningOfAnswer(attributes['langfuse.observation.output']),
    functionName: (attributes) => langGraphName((key) => attributes[`langfuse.observation.metadata.${key}`]),
    chosenName: (attributes, span) =>
      attributes[TYPE] !== undefined &&
      attributes[TYPE] !== 'tool' &&
      !GIVEN_NAME.test(span.name) &&
      !isGivenNode(span.name)
        ? span.name
        : undefined,
    toolName: (attributes, span) => (attributes[TYPE] === 'tool' ? span.name : undefined),
    toolResult: (attributes) => attributes['langfuse.observation.output'],
  },

  contentSwitch: () => 'give each generation its input and output with update()',

  hasFailed: (attributes) => attributes['langfuse.observation.level'] === 'ERROR',
};

/** What Langfuse's wrapper of the OpenAI client puts beside the messages. */
const REQUEST_KEYS: ReadonlySet<string> = new Set([
  ...['messages', 'system', 'instructions', 'prompt', 'input'],
  ...['tools', 'tool_choice', 'functions', 'function_call', 'response_format'],
]);

/** The input is whatever the bot gives, so an object with more than a request's members goes on whole. */
function inputOf(attributes: SpanAttributes): unknown {
  const given = attributes['langfuse.observation.input'];
  const value = jsonValue(given);
  const isWhole = isRecord(value) && !Object.keys(value).every((key) => REQUEST_KEYS.has(key));
  return isWhole ? given : requestContent(given);
}
