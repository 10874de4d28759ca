/**
 * One message of a conversation with a model, in the one form that all libraries' messages are brought into.
 *
 * Integers above 2^53 in arguments and results are bigints.
 */
export interface Message {
  /** Some libraries leave it out. */
  readonly role: string | undefined;
  readonly text: string | undefined;
  readonly reasoning: string | undefined;
  readonly toolCalls: readonly ToolCall[];
  readonly toolResults: readonly ToolResult[];
  readonly leftOut: readonly LeftOutPart[];
}

export interface ToolCall {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly args: unknown;
}

export interface ToolResult {
  readonly id: string | undefined;
  readonly result: unknown;
}

/** What stands for an image, a file, or a part of a kind that is not known. */
export interface LeftOutPart {
  readonly type: string;
  readonly mime: string | undefined;
}

/** The parts of a message while they are collected. */
export interface MessageParts {
  readonly texts: string[];
  readonly reasoning: string[];
  readonly toolCalls: ToolCall[];
  readonly toolResults: ToolResult[];
  readonly leftOut: LeftOutPart[];
}

export const noParts = (): MessageParts => ({
  texts: [],
  reasoning: [],
  toolCalls: [],
  toolResults: [],
  leftOut: [],
});

export function messageOf(role: string | undefined, parts: MessageParts): Message {
  const { toolCalls, toolResults, leftOut } = parts;
  // A model's answer comes in pieces that belong together; what a person sends are parts of their own.
  const texts = parts.texts.filter((text) => text !== '');
  const text = texts.join(role === 'user' || role === 'system' ? '\n' : '');
  const reasoning = parts.reasoning.filter((piece) => piece.trim() !== '').join('\n');
  return {
    role,
    text: text || undefined,
    reasoning: reasoning || undefined,
    toolCalls,
    toolResults,
    leftOut,
  };
}

export const textMessage = (role: string | undefined, text: string): Message =>
  messageOf(role, { ...noParts(), texts: [text] });

/** One message of several that are pieces of one answer: reasoning, text and tool calls each in an item. */
export function joined(pieces: readonly Message[]): Message | undefined {
  const [first] = pieces;
  if (first === undefined || pieces.length === 1) return first;
  const given = (texts: readonly (string | undefined)[]): string[] =>
    texts.filter((text) => text !== undefined);
  return messageOf(pieces.find(({ role }) => role !== undefined)?.role, {
    texts: given(pieces.map(({ text }) => text)),
    reasoning: given(pieces.map(({ reasoning }) => reasoning)),
    toolCalls: pieces.flatMap(({ toolCalls }) => toolCalls),
    toolResults: pieces.flatMap(({ toolResults }) => toolResults),
    leftOut: pieces.flatMap(({ leftOut }) => leftOut),
  });
}
