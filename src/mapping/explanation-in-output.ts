import { REASON_FIELDS } from './answer-explanation';

/**
 * What the output itself gives as its reason: the first text among the reason fields of its JSON, else the
 * answer, where the answer was plain text.
 *
 * @param output what the span held
 * @param outputJson the JSON object that was made of it
 */
export function explanationInOutput(output: unknown, outputJson: string): string | undefined {
  const parsed: unknown = JSON.parse(outputJson);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...parsed };
  for (const name of REASON_FIELDS) {
    const text = fields[name];
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  const answer = fields['response'];
  return typeof output === 'string' && answer === output.trim() ? answer : undefined;
}
