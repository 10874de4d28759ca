import { cutExplanation } from './explanation';
import { isEmptyObject } from './json-text';
import { readOrderIds } from './order-id';
import type { SealedEntry } from './sealed-entry';

/** What a person may change in an entry that was not accepted. Input and output are evidence and stay. */
export const MENDABLE = ['model', 'stage', 'explanation', 'orderId'] as const;
export type Mendable = (typeof MENDABLE)[number];

export interface Change {
  readonly field: Mendable;
  readonly from: string | undefined;
  readonly to: string;
}

export type Mended =
  | { readonly kind: 'mended'; readonly entry: SealedEntry; readonly changes: readonly Change[] }
  | { readonly kind: 'impossible'; readonly problem: string };

const INPUT = ',"input":';
const EXPLANATION = ',"explanation":';

/**
 * The entry with other words around the same input and output, whose bytes stay as they are.
 *
 * Impossible when WEEX would not take the result either: a blank text, an empty input or output.
 */
export function mendEntry(entry: SealedEntry, values: Readonly<Partial<Record<Mendable, string>>>): Mended {
  if (entry.recordOnly) return { kind: 'impossible', problem: 'it is of mode record, which is never sent' };
  const { stage, model, input, output, explanation } = JSON.parse(entry.payload);
  const opening = `{"stage":${JSON.stringify(stage)},"model":${JSON.stringify(model)}`;
  const ending = `${EXPLANATION}${JSON.stringify(explanation)}}`;
  const { payload } = entry;
  if (!payload.startsWith(opening + INPUT) || !payload.endsWith(ending)) {
    return { kind: 'impossible', problem: 'its payload is not in the form that this version writes' };
  }
  const order = values.orderId === undefined ? undefined : readOrderIds(values.orderId);
  if (order !== undefined && (order.kind !== 'ids' || order.ids.length !== 1)) {
    return { kind: 'impossible', problem: 'orderId is not digits from 1 to 9223372036854775807' };
  }
  const next = {
    stage: (values.stage ?? stage).trim(),
    model: (values.model ?? model).trim(),
    explanation: cutExplanation(values.explanation ?? explanation),
  };
  for (const [name, text] of Object.entries(next)) {
    if (text === '')
      return { kind: 'impossible', problem: `${name} is missing; set it with --set ${name}=...` };
  }
  for (const [name, value] of Object.entries({ input, output })) {
    if (isEmptyObject(JSON.stringify(value))) {
      return { kind: 'impossible', problem: `${name} is missing, and input and output cannot be edited` };
    }
  }
  const content = payload.slice(opening.length, payload.length - ending.length);
  const before: Readonly<Record<Mendable, string | undefined>> = {
    stage,
    model,
    explanation,
    orderId: entry.orderId,
  };
  const orderId = order?.kind === 'ids' ? order.ids[0] : entry.orderId;
  const after: Readonly<Record<Mendable, string | undefined>> = { ...next, orderId };
  const changes = MENDABLE.flatMap((field): Change[] => {
    const to = after[field];
    return values[field] === undefined || to === undefined ? [] : [{ field, from: before[field], to }];
  });
  return {
    kind: 'mended',
    changes,
    entry: {
      ...entry,
      // Whoever mends it has looked at it: no trace and no filter decides any more.
      waiting: undefined,
      keptBack: undefined,
      known: undefined,
      stage: next.stage,
      orderId,
      noOrder: orderId === undefined && entry.noOrder,
      fullExplanation: values.explanation === undefined ? entry.fullExplanation : undefined,
      payload: `{"stage":${JSON.stringify(next.stage)},"model":${JSON.stringify(next.model)}${content}${EXPLANATION}${JSON.stringify(next.explanation)}}`,
    },
  };
}
