import { readJournaledSpan } from '../assembly/journaled-span';
import type { Content } from '../assembly/known-span';
import type { RestoredSpan } from '../assembly/restored-span';
import { amendedDraft } from '../entry/amend';
import type { SealedEntry } from '../entry/sealed-entry';
import type { RecoveredSpan } from '../journal/journal';

/** What assembly makes of a span that a dead process left; `undefined` when this version does not understand it. */
export function restoredSpanOf(
  span: RecoveredSpan,
  linkWindowMillis: number,
  wallMillis: number,
): RestoredSpan | undefined {
  const { entry, decided, namedOrderId } = span;
  const known = readJournaledSpan(span.traceId, span.spanId, span.known);
  if (known === undefined) return undefined;
  return {
    span: known,
    handles: span.waiting.map(({ slot }) => slot),
    decided,
    content: known.role === 'call' && entry !== undefined ? contentOf(entry) : undefined,
    remainingMillis: (entry?.endedMillis ?? 0) + linkWindowMillis - wallMillis,
    namedOrderId,
  };
}

function contentOf(entry: SealedEntry): Content {
  const { inputJson, outputJson, explanation } = amendedDraft(entry, {});
  return { inputJson, outputJson, explanation };
}
