import type { EntryDraft } from './entry-draft';
import { derivedExplanation } from './explanation';
import { membersOf } from './json-scan';
import type { SealedEntry } from './sealed-entry';

/** Fields that the entry's trace knows better. */
export type Amendment = Partial<
  Pick<EntryDraft, 'stage' | 'model' | 'inputJson' | 'outputJson' | 'explanation'>
>;

/** The draft that a sealed entry came from, with some fields replaced; what was cut or masked stays so. */
export function amendedDraft(entry: SealedEntry, amendment: Amendment): EntryDraft {
  const held = membersOfPayload(entry.payload);
  const textOf = (name: string): string => {
    const value: unknown = JSON.parse(held.get(name) ?? '""');
    return typeof value === 'string' ? value : '';
  };
  const before = { stage: textOf('stage'), model: textOf('model') };
  const stage = amendment.stage ?? before.stage;
  const model = amendment.model ?? before.model;
  const durationMillis = entry.endedMillis - entry.startedMillis;
  const explanation = entry.fullExplanation ?? textOf('explanation');
  const isStandIn =
    entry.explanationDerived &&
    explanation === derivedExplanation(before.stage, before.model, durationMillis);
  return {
    stage,
    model,
    inputJson: amendment.inputJson ?? held.get('input'),
    outputJson: amendment.outputJson ?? held.get('output'),
    explanation:
      amendment.explanation ?? (isStandIn ? derivedExplanation(stage, model, durationMillis) : explanation),
    explanationDerived: amendment.explanation === undefined && entry.explanationDerived,
    orderId: entry.orderId,
    noOrder: entry.noOrder,
    clientOrderId: entry.clientOrderId,
    symbol: entry.symbol,
    startedMillis: entry.startedMillis,
    endedMillis: entry.endedMillis,
    origin: entry.origin,
  };
}

/** The exact texts of the payload's members. */
function membersOfPayload(payload: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { keyStart, keyEnd, start, end } of membersOf(payload, 0))
    found.set(payload.slice(keyStart + 1, keyEnd - 1), payload.slice(start, end));
  return found;
}
