import { parseExact } from '../entry/json-text';
import { isRecord, textIn } from './messages/json-value';

/** Which tools a model's answer asks for. */
export interface AskedTools {
  /** One key for each call that has an id, in the form of `toolCallKey`. */
  readonly keys: readonly string[];
  /** The answer is nothing but calls of tools. */
  readonly nothingElse: boolean;
}

const NONE: AskedTools = { keys: [], nothingElse: false };

/** More calls in one answer are not told apart. */
const MOST_CALLS = 32;
const LONGEST_KEY = 256;

/**
 * What stands for one call of a tool, in the answer that asks for it and on the span of its run. The name belongs to
 * it because some models count the ids of each answer from the same number.
 */
export function toolCallKey(name: string | undefined, id: string | undefined): string | undefined {
  if (name === undefined || id === undefined || name.length + id.length > LONGEST_KEY) return undefined;
  return `${name} ${id}`;
}

/** @param outputJson as `messages/write-messages.ts` makes it */
export function askedTools(outputJson: string): AskedTools {
  if (!outputJson.includes('"toolCalls":[')) return NONE;
  const parsed = parseExact(outputJson);
  if (!isRecord(parsed)) return NONE;
  const choices: unknown = parsed['choices'];
  const answers: readonly unknown[] = Array.isArray(choices) ? choices : [parsed];
  const calls = answers.flatMap((answer) => (isRecord(answer) ? callsIn(answer['toolCalls']) : []));
  const keys = calls.flatMap((call) => toolCallKey(textIn(call, 'name'), textIn(call, 'id')) ?? []);
  return {
    keys: keys.length > MOST_CALLS ? [] : keys,
    nothingElse: calls.length > 0 && Object.keys(parsed).every((key) => key === 'toolCalls'),
  };
}

const callsIn = (calls: unknown) => (Array.isArray(calls) ? calls : []).filter(isRecord);
