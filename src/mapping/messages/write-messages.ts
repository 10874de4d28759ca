import { isEmptyObject, isJsonObject, parseExact, valueText } from '../../entry/json-text';
import { isRecord } from './json-value';
import type { Message, ToolCall } from './message';

/** `{"messages":[...]}`, or `undefined` when there is none. */
export function inputText(messages: readonly Message[]): string | undefined {
  if (messages.length === 0) return undefined;
  return valueText({ messages: messages.map(plainMessage) });
}

/**
 * What a model answered, as the text of a JSON object: the object that the answer's text is, character for
 * character, else `{"text": ...}`; with `toolCalls` when there are any. Several choices: `{"choices":[...]}`.
 */
export function outputText(choices: readonly Message[]): string | undefined {
  const texts = choices.map(choiceText).filter((text) => text !== undefined);
  return texts.length > 1 ? `{"choices":[${texts.join(',')}]}` : texts[0];
}

/** Some models and bots put spaces or lines around their JSON. */
function choiceText(choice: Message): string | undefined {
  const text = choice.text?.trim() || undefined;
  const rest = {
    ...(choice.toolCalls.length > 0 && { toolCalls: choice.toolCalls.map(plainCall) }),
    ...(choice.toolResults.length > 0 && { toolResults: choice.toolResults }),
    ...(choice.leftOut.length > 0 && { leftOut: choice.leftOut }),
  };
  const isBare = Object.keys(rest).length === 0;
  if (text === undefined) return isBare ? undefined : valueText(rest);
  if (isJsonObject(text) && !isEmptyObject(text)) {
    if (isBare) return text;
    const answer = parseExact(text);
    // The answer's own characters stay as they are; a clash of names keeps both apart.
    if (isRecord(answer) && !Object.keys(rest).some((key) => key in answer)) {
      return `${text.slice(0, -1)},${valueText(rest).slice(1)}`;
    }
  }
  return valueText({ text, ...rest });
}

const plainMessage = (message: Message): Readonly<Record<string, unknown>> => ({
  role: message.role,
  content: message.text,
  reasoning: message.reasoning,
  ...(message.toolCalls.length > 0 && { toolCalls: message.toolCalls.map(plainCall) }),
  ...(message.toolResults.length > 0 && { toolResults: message.toolResults }),
  ...(message.leftOut.length > 0 && { leftOut: message.leftOut }),
});

const plainCall = ({ id, name, args }: ToolCall): Readonly<Record<string, unknown>> => ({ id, name, args });
