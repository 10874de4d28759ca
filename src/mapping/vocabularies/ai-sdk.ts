import { valueText } from '../../entry/json-text';
import { scopeNameOf } from '../finished-span';
import { answerContent } from '../messages/answer';
import { isRecord, jsonValue } from '../messages/json-value';
import { messageOf, noParts } from '../messages/message';
import { toolCallIn } from '../messages/read-part';
import { requestContent } from '../messages/request';
import { outputText } from '../messages/write-messages';
import { fieldsOfBags } from '../metadata-bag';
import { roleOfOperation } from './gen-ai';
import type { SpanAttributes, SpanRole, Vocabulary } from './vocabulary';

const ROLES: ReadonlyMap<unknown, SpanRole> = new Map<unknown, SpanRole>([
  ['ai.generateText.doGenerate', 'call'],
  ['ai.streamText.doStream', 'call'],
  ['ai.generateObject.doGenerate', 'call'],
  ['ai.streamObject.doStream', 'call'],
  ['ai.decide.doDecide', 'call'],
  ['ai.generateText', 'wrapper'],
  ['ai.streamText', 'wrapper'],
  ['ai.generateObject', 'wrapper'],
  ['ai.streamObject', 'wrapper'],
  ['ai.decide', 'wrapper'],
  ['ai.toolCall', 'tool'],
]);

/**
 * The Vercel AI SDK: `ai.*` of 3.4 to 6, and of 7 with its legacy integration; with `@ai-sdk/otel` its spans follow the
 * OpenTelemetry conventions, with decisions and context of its own.
 */
export const aiSdk: Vocabulary = {
  name: 'ai_sdk',
  firstPieces: ['ai', 'gen_ai'],

  roleOf(attributes, span) {
    const operation = attributes['ai.operationId'];
    if (operation !== undefined) return ROLES.get(operation) ?? 'none';
    return scopeNameOf(span) === 'gen_ai' ? roleOfOperation(attributes['gen_ai.operation.name']) : undefined;
  },

  fields: {
    ...fieldsOfBags(['ai.telemetry.metadata.', 'ai.settings.context.']),
    responseModel: (attributes) => attributes['ai.response.model'],
    requestModel: (attributes) => attributes['ai.model.id'],
    responseId: (attributes) => attributes['ai.response.id'],
    functionName: (attributes) => attributes['ai.telemetry.functionId'],
    input: (attributes) =>
      requestContent(attributes['ai.prompt.messages']) ??
      requestContent(attributes['ai.prompt']) ??
      decisionInput(attributes),
    output: (attributes) =>
      attributes['ai.response.object'] ??
      attributes['ai.result.object'] ??
      answerOf(attributes) ??
      answerContent(attributes['ai.decision.answers']),
    explanation: (attributes) => attributes['ai.response.reasoning'],
    toolName: (attributes) => attributes['ai.toolCall.name'],
    toolCallId: (attributes) => attributes['ai.toolCall.id'],
    toolResult: (attributes) => attributes['ai.toolCall.result'],
  },

  contentSwitch: (attributes) =>
    attributes['ai.operationId'] === undefined
      ? 'set telemetry.recordInputs and telemetry.recordOutputs to true on the calls of the AI SDK or leave them out; for experimental_decide, set experimental_decision: true on its OpenTelemetry integration'
      : 'set experimental_telemetry.recordInputs and experimental_telemetry.recordOutputs to true on the calls of the AI SDK, or leave them out',
};

function answerOf(attributes: SpanAttributes): string | undefined {
  const parts = noParts();
  const text = attributes['ai.response.text'] ?? attributes['ai.result.text'];
  if (typeof text === 'string') parts.texts.push(text);
  const calls = jsonValue(attributes['ai.response.toolCalls'] ?? attributes['ai.result.toolCalls']);
  for (const call of Array.isArray(calls) ? calls : [])
    if (isRecord(call)) parts.toolCalls.push(toolCallIn(call));
  return outputText([messageOf('assistant', parts)]);
}

function decisionInput(attributes: SpanAttributes): string | undefined {
  const state = jsonValue(attributes['ai.decision.state']);
  const questions = jsonValue(attributes['ai.decision.questions']);
  return state === undefined && questions === undefined ? undefined : valueText({ state, questions });
}
