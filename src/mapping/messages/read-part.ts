import { isRecord, type JsonRecord, textIn, unpacked } from './json-value';
import type { LeftOutPart, MessageParts, ToolCall, ToolResult } from './message';

/**
 * Adds one part of a message's content to what was collected, whichever library wrote it. What is neither text,
 * reasoning nor a tool's is left out, and a marker stands for it.
 */
export function readPart(part: unknown, into: MessageParts): void {
  if (typeof part === 'string') into.texts.push(part);
  if (!isRecord(part)) return;
  // OpenInference has the part itself one level further down.
  const inner = part['message_content'] ?? part['tool_call'];
  const bare: JsonRecord = isRecord(inner) ? { type: 'tool_call', ...inner } : part;
  const type = textIn(bare, 'type');
  if (type === undefined) readUntypedPart(bare, into);
  else readTypedPart(type, bare, into);
}

function readTypedPart(type: string, part: JsonRecord, into: MessageParts): void {
  switch (type.replaceAll('_', '-')) {
    case 'text':
    case 'input-text':
    case 'output-text':
    case 'refusal':
      into.texts.push(textIn(part, 'text', 'content', 'refusal') ?? '');
      return;
    case 'reasoning':
    case 'reasoning-text':
    case 'summary-text':
    case 'thinking':
      into.reasoning.push(reasoningIn(part));
      return;
    case 'tool-call':
    case 'tool-use':
    case 'function':
    case 'function-call':
    case 'custom-tool-call':
    case 'server-tool-call':
    case 'server-tool-use':
    case 'mcp-tool-use':
      into.toolCalls.push(toolCallIn(part));
      return;
    case 'tool-call-response':
    case 'tool-result':
    case 'function-call-output':
    case 'custom-tool-call-output':
    case 'server-tool-call-response':
    case 'mcp-tool-result':
      into.toolResults.push(toolResultIn(part));
      return;
    default:
      into.leftOut.push(markerOf(type, part));
  }
}

/** Google's parts have no type. */
function readUntypedPart(part: JsonRecord, into: MessageParts): void {
  const text = textIn(part, 'text');
  const call = part['functionCall'];
  const response = part['functionResponse'];
  if (text !== undefined) (part['thought'] === true ? into.reasoning : into.texts).push(text);
  else if (isRecord(call)) into.toolCalls.push(toolCallIn(call));
  else if (isRecord(response)) into.toolResults.push(toolResultIn(response));
  else into.leftOut.push(markerOf('unknown', part));
}

function reasoningIn(part: JsonRecord): string {
  const text = textIn(part, 'content', 'text', 'thinking', 'reasoning');
  return text ?? [...textsOf(part['summary']), ...textsOf(part['content'])].join('\n');
}

/** The texts of a list whose members are texts, or have one. */
const textsOf = (list: unknown): readonly string[] =>
  (Array.isArray(list) ? list : []).flatMap((item: unknown) =>
    typeof item === 'string' ? [item] : isRecord(item) ? [textIn(item, 'text') ?? ''] : [],
  );

export function toolCallIn(part: JsonRecord): ToolCall {
  const inner = part['function'] ?? part['payload'];
  const call = isRecord(inner) ? inner : part;
  return {
    id: textIn(part, 'toolCallId', 'call_id', 'tool_call_id', 'id') ?? textIn(call, 'toolCallId', 'id'),
    name: textIn(call, 'toolName', 'name'),
    args: unpacked(call['arguments'] ?? call['input'] ?? call['args']),
  };
}

function toolResultIn(part: JsonRecord): ToolResult {
  const output = part['output'];
  const inner = isRecord(output) && 'value' in output ? output['value'] : output;
  return {
    id: textIn(part, 'toolCallId', 'call_id', 'tool_call_id', 'tool_use_id', 'id'),
    result: unpacked(part['response'] ?? part['result'] ?? inner ?? part['content']),
  };
}

const MIME_KEYS = ['mimeType', 'mediaType', 'mime_type', 'media_type'];

/** No link is kept: signed ones hold credentials. */
function markerOf(type: string, part: JsonRecord): LeftOutPart {
  const places = [part, part['source'], part['inlineData'], part['image_url'], part['image'], part['file']];
  for (const place of places) {
    const mime = isRecord(place)
      ? (textIn(place, ...MIME_KEYS) ?? mimeOfData(place['url']))
      : mimeOfData(place);
    if (mime !== undefined) return { type, mime };
  }
  return { type, mime: undefined };
}

const mimeOfData = (url: unknown): string | undefined =>
  typeof url === 'string' ? /^data:([\w.+-]+\/[\w.+-]+)/.exec(url.slice(0, 128))?.[1] : undefined;
