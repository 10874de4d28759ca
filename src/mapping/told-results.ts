import { parseExact, stringifyExact } from '../entry/json-text';
import { toolCallKey } from './asked-tools';
import { isRecord, type JsonRecord, textIn } from './messages/json-value';

/** What a tool gave, as the request tells that goes on after it. */
export interface ToldResult {
  readonly name: string;
  /** The exact JSON text or text. */
  readonly result: string;
  /** A `toolCallKey`. */
  readonly answers: string;
}

/** More results in one request are not looked through. */
const MOST_RESULTS = 32;

/**
 * The results of tools that a request holds after the last answer: a bot that runs its tools itself has no spans of
 * them. Those further up were told by the requests before.
 *
 * @param inputJson as `messages/write-messages.ts` makes it
 */
export function toldResults(inputJson: string): readonly ToldResult[] {
  if (!inputJson.includes('"toolResults":[')) return [];
  const parsed = parseExact(inputJson);
  const messages = isRecord(parsed) ? recordsIn(parsed['messages']) : [];
  const last = messages.findLastIndex((message) => recordsIn(message['toolCalls']).length > 0);
  const names = new Map(
    recordsIn(messages[last]?.['toolCalls']).map((call) => [textIn(call, 'id'), textIn(call, 'name')]),
  );
  return messages
    .slice(last + 1)
    .flatMap((message) => recordsIn(message['toolResults']))
    .slice(0, MOST_RESULTS)
    .flatMap(({ id, result }) => {
      const name = typeof id === 'string' ? names.get(id) : undefined;
      const answers = typeof id === 'string' ? toolCallKey(name, id) : undefined;
      if (name === undefined || answers === undefined || result === undefined) return [];
      return [{ name, answers, result: typeof result === 'string' ? result : stringifyExact(result) }];
    });
}

const recordsIn = (list: unknown): readonly JsonRecord[] =>
  Array.isArray(list) ? list.filter(isRecord) : [];
