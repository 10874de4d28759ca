import { isRecord, type JsonRecord, jsonValue, listIn, textIn } from './json-value';
import { type Message, messageOf, noParts, textMessage } from './message';
import { readMessages } from './read-message';
import { readPart } from './read-part';
import { inputText } from './write-messages';

/**
 * The input of an entry from what a library recorded of a request: the text of `{"messages":[...]}`; the value as it
 * is where it is no conversation.
 */
export function requestContent(value: unknown): unknown {
  const messages = messagesOfRequest(value);
  return messages === undefined ? value : inputText(messages);
}

/** The messages of a list of messages, or of a whole request to any of the known APIs. */
export function messagesOfRequest(given: unknown): readonly Message[] | undefined {
  const value = jsonValue(given);
  if (Array.isArray(value)) return readMessages(value);
  if (!isRecord(value)) return undefined;
  const system = value['system'] ?? value['instructions'] ?? value['systemInstruction'];
  const messages =
    readMessages(value['messages']) ??
    readMessages(value['contents']) ??
    (listIn(value, 'input') === undefined ? undefined : readMessages(value['input'])) ??
    promptOf(value, system !== undefined);
  return messages === undefined ? undefined : withSystem(messages, system);
}

const PROMPT_KEYS: ReadonlySet<string> = new Set(['prompt', 'system', 'instructions', 'systemInstruction']);

/** A prompt that is plain text. Beside members that no API has, it is the argument of some function of the bot. */
function promptOf(value: JsonRecord, hasSystem: boolean): readonly Message[] | undefined {
  const isRequest = value['model'] !== undefined;
  const isPrompt = isRequest || Object.keys(value).every((key) => PROMPT_KEYS.has(key));
  const prompt =
    (isPrompt ? textIn(value, 'prompt') : undefined) ??
    (isRequest || hasSystem ? textIn(value, 'input') : undefined);
  return prompt === undefined ? undefined : [textMessage('user', prompt)];
}

/** Some libraries write the system text twice, here and among the messages. */
export function withSystem(messages: readonly Message[], system: unknown): readonly Message[] {
  if (messages.some(({ role }) => role === 'system' || role === 'developer')) return messages;
  const found = jsonValue(system);
  const parts = noParts();
  const inner = isRecord(found) ? (found['parts'] ?? found['content']) : found;
  for (const part of Array.isArray(inner) ? inner : [inner]) readPart(part, parts);
  const message = messageOf('system', parts);
  return message.text === undefined ? messages : [message, ...messages];
}
