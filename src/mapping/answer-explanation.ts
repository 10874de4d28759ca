import { parseExact, stringifyExact } from '../entry/json-text';
import { isRecord, textIn } from './messages/json-value';

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
 * What a model's answer without reasoning gives as its reason: a reason field of its JSON, else the answer itself,
 * else the tools that it called. Of several choices, the first.
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
  const text =
    REASON_FIELDS.map((name) => textIn(answer, name)?.trim()).find(Boolean) ??
    textIn(answer, 'text', 'response');
  if (text !== undefined) return { text, derived: false };
  if (Object.keys(answer).length > 0) return { text: stringifyExact(answer), derived: false };
  const calls = (Array.isArray(toolCalls) ? toolCalls : []).flatMap((call: unknown) =>
    isRecord(call) ? [`${String(call['name'] ?? 'a tool')}(${stringifyExact(call['args'] ?? '')})`] : [],
  );
  return calls.length > 0 ? { text: `The model called ${calls.join(', ')}.`, derived: true } : undefined;
}
