import { answerContent, reasoningOfAnswer } from '../messages/answer';
import { jsonValue } from '../messages/json-value';
import { requestContent } from '../messages/request';
import type { SpanRole, Vocabulary } from './vocabulary';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['LLM', 'call'],
  ['CHAT_MODEL', 'call'],
  ['AGENT', 'wrapper'],
  ['TOOL', 'tool'],
]);

/** MLflow's tracing. Every value is JSON text, the type too: `"LLM"` with its quotes. */
export const mlflow: Vocabulary = {
  name: 'mlflow',
  firstPieces: ['mlflow'],

  roleOf(attributes) {
    const type = attributes['mlflow.spanType'];
    return type === undefined ? undefined : (ROLES.get(jsonValue(type)) ?? 'none');
  },

  fields: {
    requestModel: (attributes) => jsonValue(attributes['mlflow.llm.model']),
    input: (attributes) => requestContent(attributes['mlflow.spanInputs']),
    output: (attributes) => answerContent(attributes['mlflow.spanOutputs']),
    explanation: (attributes) => reasoningOfAnswer(attributes['mlflow.spanOutputs']),
    toolName: (_attributes, span) => span.name,
    toolResult: (attributes) => attributes['mlflow.spanOutputs'],
  },

  contentSwitch: () => 'set the inputs and outputs of each span',
};
