import { parseReadable } from '../entry/parse-exact';
import { maySayHold, saysHold, squash } from '../entry/says-hold';

type Json = Readonly<Record<string, unknown>>;

const DEEPEST = 3;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The output that a payload states; `undefined` when it is no object. */
export function outputOf(payload: string): Json | undefined {
  try {
    const parsed = parseReadable(payload);
    const output = isObject(parsed) ? parsed['output'] : undefined;
    return isObject(output) ? output : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the output says to do nothing. */
export function payloadSaysHold(payload: string): boolean {
  return maySayHold(payload) && saysHold(outputOf(payload));
}

/** Amounts that an execution's output states, as it states them. */
export interface Amounts {
  readonly size: string | undefined;
  readonly price: string | undefined;
  readonly filledSize: string | undefined;
  readonly filledPrice: string | undefined;
}

/** Names of the amounts in outputs and in WEEX's order lists (v2 and v3), without case and separators. */
const AMOUNT_KEYS: Readonly<Record<keyof Amounts, ReadonlySet<string>>> = {
  size: new Set(['size', 'quantity', 'qty', 'origqty', 'ordersize']),
  price: new Set(['price', 'limitprice', 'orderprice']),
  filledSize: new Set(['filledqty', 'filledsize', 'filledquantity', 'executedqty', 'executedsize']),
  filledPrice: new Set(['priceavg', 'avgprice', 'averageprice', 'fillprice', 'filledprice', 'executedprice']),
};
const ORDER_ID_KEYS = new Set(['orderid', 'id']);

/** The amounts in `value` that concern the order; what names another order is left out. */
export function amountsFor(value: unknown, orderId: string): Amounts {
  const found: { -readonly [name in keyof Amounts]: Amounts[name] } = {
    size: undefined,
    price: undefined,
    filledSize: undefined,
    filledPrice: undefined,
  };
  const visit = (at: unknown, depth: number): void => {
    if (depth === 0 || typeof at !== 'object' || at === null) return;
    const members = Object.entries(at);
    const named = members.find(([key, id]) => ORDER_ID_KEYS.has(squash(key)) && isDigits(id));
    if (named !== undefined && String(named[1]) !== orderId) return;
    for (const name of AMOUNT_NAMES) {
      const stated = members.find(([key, amount]) => AMOUNT_KEYS[name].has(squash(key)) && isAmount(amount));
      if (stated !== undefined) found[name] ??= String(stated[1]);
    }
    for (const [, member] of members) visit(member, depth - 1);
  };
  visit(value, DEEPEST);
  return found;
}

const AMOUNT_NAMES = ['size', 'price', 'filledSize', 'filledPrice'] as const;

const isDigits = (value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') && /^\d+$/.test(String(value));

const isAmount = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()));
