/** Fields in which models and bots put their reason, by how plainly they say that it is one. */
const REASON_FIELDS = ['explanation', 'reasoning', 'reason', 'rationale', 'thesis', 'why', 'analysis'];

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

export interface DerivedExplanationFacts {
  readonly stage: string | undefined;
  readonly model: string | undefined;
  readonly durationMillis: number;
  readonly failed: boolean;
}

/**
 * A sentence that only states facts, for an entry whose bot gave no explanation. Never the status message of a
 * failed span: that is no reason for a decision.
 */
export function derivedExplanation(facts: DerivedExplanationFacts): string {
  const stage = facts.stage === undefined ? 'This stage' : `The stage ${JSON.stringify(facts.stage)}`;
  const ran = facts.model === undefined ? 'ran' : `ran with the model ${JSON.stringify(facts.model)}`;
  const duration = durationText(Math.max(facts.durationMillis, 0));
  return facts.failed
    ? `${stage} ${ran} and failed after ${duration}.`
    : `${stage} ${ran} and took ${duration}.`;
}

const durationText = (millis: number): string =>
  millis < 1_000 ? `${millis} milliseconds` : `${(millis / 1_000).toFixed(1)} seconds`;
