import type { FinishedSpan } from './finished-span';
import type { SpanRole, Vocabulary } from './vocabularies/vocabulary';

export interface FoundRole {
  readonly role: SpanRole;
  /** The vocabulary that knows the span by this role. */
  readonly vocabulary: Vocabulary;
}

/**
 * What a span is: as the first vocabulary says that knows it. What only lends is asked on, for a bot may put
 * attributes of ours on the span of a library.
 */
export function roleOfSpan(span: FinishedSpan, byRole: readonly Vocabulary[]): FoundRole | undefined {
  const { attributes } = span;
  let lending: FoundRole | undefined;
  for (const vocabulary of byRole) {
    const role = vocabulary.roleOf(attributes, span);
    if (role === undefined) continue;
    if (role !== 'context') return lending === undefined || role !== 'none' ? { role, vocabulary } : lending;
    lending ??= { role, vocabulary };
  }
  return lending;
}
