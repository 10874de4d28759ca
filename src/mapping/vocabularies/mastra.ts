import { answerContent, reasoningOfAnswer } from '../messages/answer';
import { requestContent } from '../messages/request';
import { fieldsOfBags } from '../metadata-bag';
import type { SpanAttributes, SpanRole, Vocabulary } from './vocabulary';

const TYPE = 'mastra.span.type';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['model_generation', 'call'],
  ['agent_run', 'wrapper'],
  ['tool_call', 'tool'],
  ['mcp_tool_call', 'tool'],
  ['provider_tool_call', 'tool'],
]);

const NAME_WITH_MODEL = 'model_generation ';

/**
 * Mastra through `@mastra/otel-exporter`. Up to exporter 1.0 a generation has the messages of the OpenTelemetry
 * conventions; later it has attributes of its own and its model only in its name.
 */
export const mastra: Vocabulary = {
  name: 'mastra',
  firstPieces: ['mastra', 'gen_ai'],

  roleOf(attributes) {
    const type = attributes[TYPE];
    return type === undefined ? undefined : (ROLES.get(type) ?? 'none');
  },

  fields: {
    ...fieldsOfBags(['mastra.metadata.']),
    requestModel: (attributes, span) =>
      attributes[TYPE] === 'model_generation' && span.name.startsWith(NAME_WITH_MODEL)
        ? span.name.slice(NAME_WITH_MODEL.length)
        : undefined,
    input: (attributes) => requestContent(memberOf(attributes, 'input')),
    output: (attributes) => answerContent(memberOf(attributes, 'output')),
    explanation: (attributes) => reasoningOfAnswer(memberOf(attributes, 'output')),
    toolResult: (attributes) => memberOf(attributes, 'output'),
  },

  contentSwitch: () => 'let Mastra keep inputs and outputs: no hideInput or hideOutput in tracingOptions',
};

const memberOf = (attributes: SpanAttributes, member: 'input' | 'output'): unknown => {
  const type = attributes[TYPE];
  return typeof type === 'string' ? attributes[`mastra.${type}.${member}`] : undefined;
};
