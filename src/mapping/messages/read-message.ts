import { isRecord, type JsonRecord, jsonValue, listIn, textIn, unpacked } from './json-value';
import { type Message, messageOf, noParts, textMessage } from './message';
import { readPart, toolCallIn } from './read-part';

/** Items of OpenAI's responses API that stand beside messages. */
const ROLE_OF_ITEM: ReadonlyMap<string, string> = new Map([
  ['reasoning', 'assistant'],
  ['function_call', 'assistant'],
  ['custom_tool_call', 'assistant'],
  ['function_call_output', 'tool'],
  ['custom_tool_call_output', 'tool'],
]);

/** By the class or type of a LangChain message. */
const ROLE_OF_LANGCHAIN: ReadonlyMap<string, string> = new Map([
  ['system', 'system'],
  ['human', 'user'],
  ['ai', 'assistant'],
  ['tool', 'tool'],
]);

const ROLES: ReadonlySet<string> = new Set([
  ...['system', 'developer', 'user', 'assistant', 'tool', 'function', 'model', 'human', 'ai'],
]);

const CONTENT_KEYS = ['content', 'tool_calls', 'toolCalls', 'function_call', 'reasoning_content', 'refusal'];

/** One message in any form that is known; `undefined` for anything else. */
export function readMessage(value: unknown): Message | undefined {
  if (!isRecord(value)) return undefined;
  if (isRecord(value['message'])) return readMessage(value['message']);
  if (value['lc'] !== undefined && isRecord(value['kwargs'])) {
    return readPlain(value['kwargs'], roleOfClass(value['id']));
  }
  const type = textIn(value, 'type') ?? '';
  const itemRole = ROLE_OF_ITEM.get(type);
  if (itemRole !== undefined && value['role'] === undefined) {
    const parts = noParts();
    readPart(value, parts);
    return messageOf(itemRole, parts);
  }
  const role = textIn(value, 'role') ?? ROLE_OF_LANGCHAIN.get(type);
  // A bot's own object may have a role and a content too, so both have to look like a message's.
  const isMessage =
    type === 'message' ||
    listIn(value, 'parts') !== undefined ||
    listIn(value, 'contents') !== undefined ||
    listIn(value, 'tool_calls') !== undefined ||
    (role !== undefined && ROLES.has(role) && CONTENT_KEYS.some((key) => key in value));
  return isMessage ? readPlain(value, role) : undefined;
}

function roleOfClass(id: unknown): string | undefined {
  const name: unknown = Array.isArray(id) ? id.at(-1) : undefined;
  const type = typeof name === 'string' ? name.replace(/Message(?:Chunk)?$/, '').toLowerCase() : '';
  return ROLE_OF_LANGCHAIN.get(type);
}

function readPlain(message: JsonRecord, role: string | undefined): Message {
  const parts = noParts();
  const extra = isRecord(message['additional_kwargs']) ? message['additional_kwargs'] : {};
  const stated = [textIn(message, 'reasoning_content', 'reasoning'), textIn(extra, 'reasoning_content')];
  for (const reasoning of stated) if (reasoning !== undefined) parts.reasoning.push(reasoning);
  if (isRecord(extra['reasoning'])) readPart({ ...extra['reasoning'], type: 'reasoning' }, parts);

  const contents = [message['content'], message['parts'], message['contents']];
  for (const content of contents) {
    for (const part of Array.isArray(content) ? content : [content]) readPart(part, parts);
  }
  if (textIn(message, 'content') === undefined) readPart(message['refusal'], parts);

  const calls = [message['tool_calls'], message['toolCalls'], extra['tool_calls']].find(
    (list) => Array.isArray(list) && list.length > 0,
  );
  // Some write a call twice: among the parts, and in a list of its own.
  if (Array.isArray(calls)) {
    parts.toolCalls.length = 0;
    for (const call of calls) {
      const inner = isRecord(call) && isRecord(call['tool_call']) ? call['tool_call'] : call;
      if (isRecord(inner)) parts.toolCalls.push(toolCallIn(inner));
    }
  } else if (isRecord(message['function_call'])) {
    parts.toolCalls.push(toolCallIn(message['function_call']));
  }

  if ((role === 'tool' || role === 'function') && parts.toolResults.length === 0) {
    const id = textIn(message, 'tool_call_id', 'id');
    parts.toolResults.push({ id, result: unpacked(parts.texts.splice(0).join('')) });
  }
  return messageOf(role, parts);
}

/** All messages of a list; `undefined` when one of its members is no message. */
export function readMessages(value: unknown): readonly Message[] | undefined {
  const list = jsonValue(value);
  if (!Array.isArray(list)) return undefined;
  // LangChain has a list for each prompt of a batch.
  const flat: readonly unknown[] = list.length === 1 && Array.isArray(list[0]) ? list[0] : list;
  const messages: Message[] = [];
  for (const item of flat) {
    const message = typeof item === 'string' ? textMessage('user', item) : readMessage(item);
    if (message === undefined) return undefined;
    messages.push(message);
  }
  return messages.length > 0 ? messages : undefined;
}
