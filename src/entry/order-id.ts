/** What a value says about the order of an entry. */
export type OrderIdReading =
  /** Nothing is said: the id may still be linked. */
  | { readonly kind: 'absent' }
  /** There is no order, so none may be linked. */
  | { readonly kind: 'none' }
  /** At least one id, without repeats; `refused` holds the reason for each other part of the value. */
  | { readonly kind: 'ids'; readonly ids: readonly string[]; readonly refused: readonly string[] }
  /** Something is said that cannot be sent. The reason never repeats the value: it could be a secret. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The largest Long, which is the type of an order id at WEEX. */
const LARGEST_ORDER_ID = 9_223_372_036_854_775_807n;
const LONGEST_DIGITS = String(LARGEST_ORDER_ID);
const DIGITS = /^[1-9]\d{0,18}$/;

/** One log is sent for each id of an array, so an array has to end somewhere. */
const LONGEST_LIST = 128;

const ABSENT: OrderIdReading = { kind: 'absent' };
const NONE: OrderIdReading = { kind: 'none' };
const refused = (reason: string): OrderIdReading => ({ kind: 'refused', reason });
const oneId = (id: string): OrderIdReading => ({ kind: 'ids', ids: [id], refused: [] });

/**
 * Reads an order id without ever changing or inventing a digit.
 *
 * Accepted: decimal digits from 1 to 9223372036854775807 as a string (spaces around them are ignored) or a
 * bigint, a safe integer, or an array of these. `'none'` in any case means that there is no order. Leading
 * zeros are refused: no exchange writes them, and dropping them could name another order. Refused as well: a
 * number above 2^53, which has lost its last digits already.
 */
export function readOrderIds(value: unknown): OrderIdReading {
  return Array.isArray(value) ? readList(value) : readOne(value);
}

function readOne(value: unknown): OrderIdReading {
  if (value === undefined || value === null) return ABSENT;
  switch (typeof value) {
    case 'string':
      return readText(value.trim());
    case 'bigint':
      return inRange(value) ? oneId(String(value)) : refused(OUT_OF_RANGE);
    case 'number':
      if (Number.isSafeInteger(value)) return value > 0 ? oneId(String(value)) : refused(OUT_OF_RANGE);
      return refused(
        Number.isInteger(value)
          ? 'order id is a number above 2^53, so its last digits are lost already; pass it as a string or a bigint'
          : 'order id is a number that is not an integer; pass its decimal digits as a string',
      );
    default:
      return refused(
        `order id is of type ${typeof value}; expected its decimal digits as a string or a bigint`,
      );
  }
}

const OUT_OF_RANGE = 'order id is not between 1 and 9223372036854775807';
const inRange = (id: bigint): boolean => id >= 1n && id <= LARGEST_ORDER_ID;

function readText(text: string): OrderIdReading {
  if (DIGITS.test(text)) {
    // Of two texts of nineteen digits the larger number comes later in the alphabet too.
    return text.length < LONGEST_DIGITS.length || text <= LONGEST_DIGITS
      ? oneId(text)
      : refused(OUT_OF_RANGE);
  }
  if (text === '') return ABSENT;
  if (text.toLowerCase() === 'none') return NONE;
  if (!/^\d+$/.test(text)) {
    return refused(
      `order id is a text of ${text.length} characters that are not all decimal digits; expected digits or 'none'`,
    );
  }
  if (text.startsWith('0'))
    return refused('order id begins with 0; expected its digits without leading zeros');
  return refused(OUT_OF_RANGE);
}

function readList(values: readonly unknown[]): OrderIdReading {
  const ids = new Set<string>();
  const reasons = new Set<string>();
  let saysNone = false;
  for (const value of values.slice(0, LONGEST_LIST)) {
    const reading = readOne(value);
    switch (reading.kind) {
      case 'absent':
        break;
      case 'none':
        saysNone = true;
        break;
      case 'refused':
        reasons.add(reading.reason);
        break;
      case 'ids':
        for (const id of reading.ids) ids.add(id);
        break;
    }
  }
  if (values.length > LONGEST_LIST) reasons.add(`order ids after the first ${LONGEST_LIST} are not read`);
  if (saysNone && ids.size > 0) reasons.add(`order id 'none' stands beside order ids; the ids are used`);
  if (ids.size > 0) return { kind: 'ids', ids: [...ids], refused: [...reasons] };
  if (reasons.size > 0) return refused([...reasons].join('; '));
  return saysNone ? NONE : ABSENT;
}
