import { parseExact, stringifyExact } from '../entry/json-text';
import { isRecord, type JsonRecord, jsonValue, textIn } from './messages/json-value';

/** Fields in which models and bots put their reason, by how plainly they say that it is one. */
export const REASON_FIELDS = [
  'explanation',
  'reasoning',
  'reason',
  'rationale',
  'thesis',
  'why',
  'analysis',
] as const;

export interface AnswerExplanation {
  readonly text: string;
  /** True when the text is a sentence of ours. */
  readonly derived: boolean;
}

/**
 * What a model's answer without reasoning gives as its reason: a reason field of its JSON or of the arguments of a
 * tool that it called, else the answer itself, else the tools that it called. Of several choices, the first.
 *
 * @param outputJson as `messages/write-messages.ts` makes it, or any other object
 */
export function explanationOfAnswer(outputJson: string): AnswerExplanation | undefined {
  const parsed = parseExact(outputJson);
  if (!isRecord(parsed)) return undefined;
  const choices: unknown = parsed['choices'];
  const first: unknown = Array.isArray(choices) ? choices[0] : parsed;
  if (!isRecord(first)) return undefined;
  const { toolCalls, toolResults, leftOut, ...answer } = first;
  const calls = (Array.isArray(toolCalls) ? toolCalls : []).filter(isRecord);
  const text =
    reasonIn(answer) ?? reasonInFence(answer) ?? textIn(answer, 'text', 'response') ?? reasonOfCalls(calls);
  if (text !== undefined) return { text, derived: false };
  if (Object.keys(answer).length > 0) return { text: stringifyExact(answer), derived: false };
  const names = calls.map(({ name, args }) => `${String(name ?? 'a tool')}(${stringifyExact(args ?? '')})`);
  return names.length > 0 ? { text: `The model called ${names.join(', ')}.`, derived: true } : undefined;
}

const reasonIn = (answer: JsonRecord): string | undefined =>
  REASON_FIELDS.map((name) => textIn(answer, name)?.trim()).find(Boolean);

const FENCE = '```';

/** Models often put the JSON that was asked for into a block of Markdown. */
function reasonInFence(answer: JsonRecord): string | undefined {
  const text = textIn(answer, 'text', 'response') ?? '';
  const begin = text.indexOf(FENCE);
  const end = begin === -1 ? -1 : text.indexOf(FENCE, begin + FENCE.length);
  if (end === -1) return undefined;
  const block = jsonValue(
    text
      .slice(begin + FENCE.length, end)
      .replace(/^\w+/, '')
      .trim(),
  );
  return isRecord(block) ? reasonIn(block) : undefined;
}

/** What a model without reasoning of its own is asked to say beside its order: `place_order({..., reason})`. */
const reasonOfCalls = (calls: readonly JsonRecord[]): string | undefined =>
  calls.map(({ args }) => (isRecord(args) ? reasonIn(args) : undefined)).find(Boolean);
