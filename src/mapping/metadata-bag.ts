import { isRecord, jsonValue } from './messages/json-value';
import type { EntryField, SpanAttributes, Vocabulary } from './vocabularies/vocabulary';

/** The names under which bots put each field among the metadata that a library carries along. */
const NAMES = {
  stage: ['stage'],
  orderId: ['orderId', 'order_id', 'orderID'],
  clientOrderId: ['clientOrderId', 'client_order_id', 'clientOrderID'],
  symbol: ['symbol'],
} as const satisfies { readonly [F in EntryField]?: readonly string[] };

type BagField = keyof typeof NAMES;

/**
 * The fields of a vocabulary that come from metadata with free keys, each under one of these prefixes (with its last
 * dot), or members of one attribute that holds a JSON object.
 */
export function fieldsOfBags(
  prefixes: readonly string[],
  jsonKey?: string,
): Pick<Vocabulary['fields'], BagField> {
  const reader = (field: BagField): ((attributes: SpanAttributes) => unknown) => {
    const keys = prefixes.flatMap((prefix) => NAMES[field].map((name) => prefix + name));
    return (attributes) => {
      for (const key of keys) if (isGiven(attributes[key])) return attributes[key];
      const bag = jsonKey === undefined ? undefined : jsonValue(attributes[jsonKey]);
      if (!isRecord(bag)) return undefined;
      return NAMES[field].map((name) => bag[name]).find(isGiven);
    };
  };
  return {
    stage: reader('stage'),
    orderId: reader('orderId'),
    clientOrderId: reader('clientOrderId'),
    symbol: reader('symbol'),
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
