import type { FinishedSpan } from '../finished-span';
import { answerContent, reasoningOf, reasoningOfAnswer } from '../messages/answer';
import { plainStructure } from '../messages/json-value';
import { isMessageEvent, messagesOfEvents } from '../messages/message-event';
import { requestContent } from '../messages/request';
import { inputText, outputText } from '../messages/write-messages';
import type { Vocabulary } from './vocabulary';

const COMPLETION_KEYS = ['gen_ai.completion.0.role', 'gen_ai.completion.0.content'];

/**
 * Spans that carry messages of the conventions without naming an operation: those of 1.25 to 1.36, with span events or
 * with `gen_ai.prompt` and `gen_ai.completion`, and those that other processors rewrote.
 */
export const genAiLegacy: Vocabulary = {
  name: 'gen_ai',
  firstPieces: ['gen_ai'],

  roleOf(attributes, span) {
    const isCall =
      attributes['gen_ai.output.messages'] !== undefined ||
      attributes['gen_ai.completion'] !== undefined ||
      COMPLETION_KEYS.some((key) => attributes[key] !== undefined) ||
      hasMessageEvents(span);
    return isCall ? 'call' : undefined;
  },

  fields: {
    input: (attributes, span) =>
      requestContent(plainStructure(attributes['gen_ai.prompt'])) ??
      (hasMessageEvents(span) ? inputText(messagesOfEvents(span.events).input) : undefined),
    output: (attributes, span) =>
      answerContent(plainStructure(attributes['gen_ai.completion'])) ??
      (hasMessageEvents(span) ? outputText(messagesOfEvents(span.events).output) : undefined),
    explanation: (attributes, span) =>
      reasoningOfAnswer(plainStructure(attributes['gen_ai.completion'])) ??
      (hasMessageEvents(span) ? reasoningOf(messagesOfEvents(span.events).output) : undefined),
  },

  contentSwitch: () => 'switch on the capture of message content in your instrumentation',
};

const hasMessageEvents = (span: FinishedSpan): boolean =>
  span.events.length > 0 && span.events.some(({ name }) => isMessageEvent(name));
