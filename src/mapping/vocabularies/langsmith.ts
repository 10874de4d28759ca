import { isGivenNode, langGraphName } from '../langgraph-names';
import { answerContent, reasoningOfAnswer } from '../messages/answer';
import { isRecord, jsonValue } from '../messages/json-value';
import { requestContent } from '../messages/request';
import { fieldsOfBags } from '../metadata-bag';
import type { SpanAttributes, Vocabulary } from './vocabulary';

const KIND = 'langsmith.span.kind';

/** Names of classes, where nobody named the run. */
const GIVEN_NAME = /^(?:Chat|OpenAI|Azure|Runnable|LangGraph)/;

/**
 * LangSmith's OpenTelemetry mode. It names an operation on every run, and `gen_ai.prompt` holds the arguments of any
 * function, so its own kind of a run decides.
 */
export const langsmith: Vocabulary = {
  name: 'langsmith',
  firstPieces: ['langsmith', 'gen_ai'],

  roleOf(attributes) {
    const kind = attributes[KIND];
    if (kind === undefined) return undefined;
    return kind === 'llm' ? 'call' : kind === 'tool' ? 'tool' : 'none';
  },

  fields: {
    ...fieldsOfBags(['langsmith.metadata.']),
    requestModel: (attributes) => attributes['langsmith.metadata.ls_model_name'],
    input: (attributes) => (isRun(attributes) ? requestContent(attributes['gen_ai.prompt']) : undefined),
    output: (attributes) => (isRun(attributes) ? answerContent(outputsOf(attributes)) : undefined),
    explanation: (attributes) => (isRun(attributes) ? reasoningOfAnswer(outputsOf(attributes)) : undefined),
    functionName: (attributes) => langGraphName((key) => attributes[`langsmith.metadata.${key}`]),
    chosenName(attributes) {
      const name = attributes['langsmith.trace.name'];
      const isChosen = typeof name === 'string' && !GIVEN_NAME.test(name) && !isGivenNode(name);
      return isChosen && isRun(attributes) && attributes[KIND] !== 'tool' ? name : undefined;
    },
    toolName: (attributes) => attributes['langsmith.trace.name'],
    toolResult: (attributes) => (isRun(attributes) ? outputsOf(attributes) : undefined),
  },

  contentSwitch: () => 'unset LANGSMITH_HIDE_INPUTS and LANGSMITH_HIDE_OUTPUTS',
};

const isRun = (attributes: SpanAttributes): boolean => attributes[KIND] !== undefined;

/** What a function returned that is no object is wrapped. */
function outputsOf(attributes: SpanAttributes): unknown {
  const given = attributes['gen_ai.completion'];
  const outputs = jsonValue(given);
  return isRecord(outputs) && 'outputs' in outputs && Object.keys(outputs).length === 1
    ? outputs['outputs']
    : given;
}
