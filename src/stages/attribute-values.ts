import type { AttributeValue } from '@opentelemetry/api';
import { stringifyExact } from '../entry/json-text';
import { serializeForAiLog } from '../entry/serialize';
import { attempt } from '../lib/attempt';

/** Decimal digits as text, a bigint, a safe integer, or `'none'`: there is no order. */
export type OrderId = string | number | bigint;

/** Text as it is, anything else as JSON text: every SDK line takes strings, only 3.x takes maps. */
export const jsonValue = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string'
    ? value
    : attempt(() => stringifyExact(serializeForAiLog(value)));

/** Text for names and sentences. An object has none that would help anyone. */
export function textValue(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

/**
 * An order id, or several, without a digit lost. An unsafe integer stays a number: its text would look like an
 * id, while a number is refused by whoever reads the span, with the reason.
 */
export function orderIdValue(value: unknown): AttributeValue | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return value;
  if (!Array.isArray(value)) return oneOrderId(value);
  const ids = attempt(() => value.map(oneOrderId).filter((id) => id !== undefined));
  return ids === undefined || ids.length === 0 ? undefined : ids;
}

function oneOrderId(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  // SDK 2.x drops an array of mixed types whole. This form is refused as no digits, like the number itself.
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return value.toExponential();
  return attempt(() => String(value));
}
