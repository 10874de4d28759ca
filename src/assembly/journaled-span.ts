import { readOrderIds } from '../entry/order-id';
import { isRecord } from '../mapping/messages/json-value';
import type { SpanRole } from '../mapping/vocabularies/vocabulary';
import type { KnownSpan, OrderStatement, ToldOrder } from './known-span';
import type { JournaledSpan } from './restored-span';

/** The text of a JSON object: the span but for its ids, which stand beside it in the journal. */
export function writeJournaledSpan({ traceId: _, spanId: __, ...rest }: JournaledSpan): string {
  return JSON.stringify(rest);
}

const ROLES: ReadonlySet<unknown> = new Set<SpanRole>([
  'entry',
  'call',
  'wrapper',
  'tool',
  'context',
  'none',
]);
const FIRMNESSES = ['stated', 'function', 'span-name', 'unnamed'] as const;

/** `undefined` for a value that this version did not write. */
export function readJournaledSpan(
  traceId: string,
  spanId: string,
  value: unknown,
): JournaledSpan | undefined {
  if (!isRecord(value) || !isRole(value['role'])) return undefined;
  const { startedMillis, sequence, path, stage, order, told, asksFor } = value;
  if (typeof startedMillis !== 'number' || typeof sequence !== 'number') return undefined;
  const firmness = isRecord(stage) ? FIRMNESSES.find((known) => known === stage['firmness']) : undefined;
  const stageText = isRecord(stage) ? stage['text'] : undefined;
  const ids = orderOf(order);
  const named = idsOf(value['namedOrderId'])?.[0];
  const orders = Array.isArray(told) ? told.flatMap(toldOrderOf) : [];
  const asked = textsOf(asksFor);
  return {
    traceId,
    spanId,
    startedMillis,
    sequence,
    path: textsOf(path),
    role: value['role'],
    scope: textOf(value['scope']) ?? '',
    loggable: value['loggable'] === true,
    ...(typeof stageText === 'string' && firmness !== undefined && { stage: { text: stageText, firmness } }),
    ...(ids !== undefined && { order: ids }),
    ...(named !== undefined && { namedOrderId: named }),
    ...texts(value, ['clientOrderId', 'symbol', 'responseId', 'model', 'answers']),
    hasInput: value['hasInput'] === true,
    hasOutput: value['hasOutput'] === true,
    hasExplanation: value['hasExplanation'] === true,
    toolCallsOnly: value['toolCallsOnly'] === true,
    ...(value['holds'] === true && { holds: true }),
    ...(asked.length > 0 && { asksFor: asked }),
    ...(orders.length > 0 && { told: orders }),
  };
}

const isRole = (value: unknown): value is SpanRole => ROLES.has(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

type TextKey = 'clientOrderId' | 'symbol' | 'responseId' | 'model' | 'answers';

function texts(value: Readonly<Record<string, unknown>>, keys: readonly TextKey[]): Pick<KnownSpan, TextKey> {
  return Object.fromEntries(
    keys.filter((key) => typeof value[key] === 'string').map((key) => [key, value[key]]),
  );
}

function orderOf(value: unknown): OrderStatement | undefined {
  if (value === 'none' || value === 'refused') return value;
  return idsOf(value);
}

function idsOf(value: unknown): readonly string[] | undefined {
  const reading = readOrderIds(value);
  return reading.kind === 'ids' ? reading.ids : undefined;
}

function toldOrderOf(value: unknown): ToldOrder[] {
  if (!isRecord(value)) return [];
  const { answers } = value;
  const ids = idsOf(value['ids']);
  return typeof answers === 'string' && ids !== undefined ? [{ answers, ids }] : [];
}
