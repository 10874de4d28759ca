import { isRecord, jsonValue, listIn, textIn } from './json-value';
import { joined, type Message, messageOf, noParts, textMessage } from './message';
import { readMessage, readMessages } from './read-message';
import { readPart, toolCallIn } from './read-part';
import { outputText } from './write-messages';

/**
 * The output of an entry from what a library recorded of an answer; the value as it is where it is no answer of a
 * model. `undefined` when there is nothing in it.
 */
export function answerContent(value: unknown): unknown {
  const choices = choicesOfAnswer(value);
  return choices === undefined ? value : outputText(choices);
}

/** The reasoning of the first choice that has any. */
export const reasoningOfAnswer = (value: unknown): string | undefined =>
  reasoningOf(choicesOfAnswer(value) ?? []);

export const reasoningOf = (choices: readonly Message[]): string | undefined =>
  choices.find(({ reasoning }) => reasoning !== undefined)?.reasoning;

/** The choices of a message, a list of messages (one for each choice), or a whole response of any of the known APIs. */
export function choicesOfAnswer(given: unknown): readonly Message[] | undefined {
  const value = jsonValue(given);
  if (typeof value === 'string') {
    // JSON that a length limit cut stays as it is, so that the entry can say so.
    return /^\s*[[{]/.test(value) ? undefined : [textMessage('assistant', value)];
  }
  if (Array.isArray(value)) {
    const answers = value.map(choicesOfResponse);
    if (answers.length > 0 && answers.every((answer) => answer !== undefined)) return answers.flat();
    return readMessages(value);
  }
  return choicesOfResponse(value) ?? asList(readMessage(value)) ?? asList(messageOfResult(value));
}

const asList = (message: Message | undefined): readonly Message[] | undefined =>
  message === undefined ? undefined : [message];

function choicesOfResponse(value: unknown): readonly Message[] | undefined {
  if (!isRecord(value)) return undefined;
  const candidates =
    listIn(value, 'choices') ?? listIn(value, 'generations')?.flat() ?? listIn(value, 'candidates');
  if (candidates !== undefined) {
    const choices = candidates.map(messageOfChoice).filter((choice) => choice !== undefined);
    // A bot may have choices of its own, and none of what it said may be lost.
    return choices.length > 0 && choices.length === candidates.length ? choices : undefined;
  }
  const items = listIn(value, 'output');
  const pieces = items === undefined ? undefined : readMessages(items);
  return pieces === undefined ? undefined : asList(joined(pieces));
}

function messageOfChoice(choice: unknown): Message | undefined {
  if (!isRecord(choice)) return undefined;
  const inner = choice['message'] ?? choice['delta'] ?? choice['content'];
  const text = textIn(choice, 'text');
  const message = readMessage(inner) ?? (text === undefined ? undefined : textMessage('assistant', text));
  // LangChain repeats the text beside the message, and has it nowhere else for some models.
  return message?.text === undefined && message?.toolCalls.length === 0 && text !== undefined
    ? { ...message, text }
    : message;
}

/** Members of what agents and the AI SDK call a result. An object with any other is a bot's own. */
const RESULT_KEYS: ReadonlySet<string> = new Set([
  ...[
    'text',
    'object',
    'files',
    'reasoning',
    'reasoningText',
    'reasoningDetails',
    'toolCalls',
    'toolResults',
  ],
  ...['sources', 'warnings', 'finishReason', 'usage', 'response', 'request', 'steps', 'providerMetadata'],
]);

/** The text of a result, with reasoning and tool calls beside it. */
function messageOfResult(value: unknown): Message | undefined {
  if (!isRecord(value) || !Object.keys(value).every((key) => RESULT_KEYS.has(key))) return undefined;
  const calls = listIn(value, 'toolCalls');
  const reasoning = listIn(value, 'reasoning');
  const isResult =
    calls !== undefined || (typeof value['text'] === 'string' && Object.keys(value).length > 1);
  if (!isResult) return undefined;
  const parts = noParts();
  parts.texts.push(textIn(value, 'text') ?? '');
  const whole = textIn(value, 'reasoningText');
  if (whole !== undefined) parts.reasoning.push(whole);
  else
    for (const piece of reasoning ?? [])
      readPart(isRecord(piece) ? { ...piece, ...payloadOf(piece) } : piece, parts);
  for (const call of calls ?? []) if (isRecord(call)) parts.toolCalls.push(toolCallIn(call));
  return messageOf('assistant', parts);
}

const payloadOf = (piece: Readonly<Record<string, unknown>>): object =>
  isRecord(piece['payload']) ? { ...piece['payload'], type: 'reasoning' } : {};
