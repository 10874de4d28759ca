import { choicesOfAnswer } from './answer';
import { isRecord, type JsonRecord, jsonValue, plainStructure } from './json-value';
import { joined, type Message } from './message';
import { readMessage, readMessages } from './read-message';
import { messagesOfRequest, withSystem } from './request';

/** What events or log records say of one call. */
export interface EventMessages {
  readonly input: readonly Message[];
  /** One for each choice. */
  readonly output: readonly Message[];
}

/** The role that a message of an event has when it does not say. */
const ROLE_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

const CHOICE = 'gen_ai.choice';
const DETAILS = 'gen_ai.client.inference.operation.details';
const PROMPT = 'gen_ai.content.prompt';
const COMPLETION = 'gen_ai.content.completion';

export const isMessageEvent = (name: string): boolean =>
  ROLE_OF_EVENT.has(name) || name === CHOICE || name === DETAILS || name === PROMPT || name === COMPLETION;

/** Span events by name. Their attributes are flat, so what was a structure is JSON text. */
export function messagesOfEvents(
  events: readonly { readonly name: string; readonly attributes?: JsonRecord | undefined }[],
): EventMessages {
  return joinEventMessages(
    events.map(({ name, attributes = {} }) => {
      const content = jsonValue(attributes['gen_ai.event.content']);
      return messagesOfEvent(name, attributes, isRecord(content) ? content : attributes);
    }),
  );
}

/** @param body what the event holds beside its attributes: a map with the message */
export function messagesOfEvent(name: string, attributes: JsonRecord, body: JsonRecord): EventMessages {
  switch (name) {
    case DETAILS: {
      const input = readMessages(plainStructure(attributes['gen_ai.input.messages'])) ?? [];
      const isInput = input.length > 0;
      return {
        input: isInput ? withSystem(input, plainStructure(attributes['gen_ai.system_instructions'])) : [],
        output: filled(choicesOfAnswer(plainStructure(attributes['gen_ai.output.messages'])) ?? []),
      };
    }
    case PROMPT:
      return { input: messagesOfRequest(attributes['gen_ai.prompt']) ?? [], output: [] };
    case COMPLETION:
      return { input: [], output: filled(choicesOfAnswer(attributes['gen_ai.completion']) ?? []) };
    case CHOICE: {
      const message = jsonValue(body['message']);
      const read = readMessage({ role: 'assistant', ...(isRecord(message) ? message : body) });
      return { input: [], output: filled(read === undefined ? [] : [read]) };
    }
    default: {
      const role = ROLE_OF_EVENT.get(name);
      if (role === undefined) return { input: [], output: [] };
      const calls = jsonValue(body['tool_calls']);
      const read = readMessage({ role, ...body, ...(Array.isArray(calls) && { tool_calls: calls }) });
      return { input: filled(read === undefined ? [] : [read]), output: [] };
    }
  }
}

/**
 * Together what several events say. A streamed answer comes in an event for each of its pieces, reasoning and text
 * apart, and these are one choice again; texts of their own are choices of their own.
 */
export function joinEventMessages(several: readonly EventMessages[]): EventMessages {
  const output = several.flatMap((one) => one.output);
  const isOneAnswer = output.filter((message) => message.text !== undefined).length <= 1;
  const whole = isOneAnswer ? joined(output) : undefined;
  return { input: several.flatMap((one) => one.input), output: whole === undefined ? output : [whole] };
}

/** With the capture of content switched off, events still come, with nothing in them. */
const filled = (messages: readonly Message[]): readonly Message[] =>
  messages.filter(
    ({ text, reasoning, toolCalls, toolResults, leftOut }) =>
      text !== undefined ||
      reasoning !== undefined ||
      leftOut.length > 0 ||
      toolCalls.length > 0 ||
      toolResults.some(({ result }) => result !== undefined && result !== ''),
  );
