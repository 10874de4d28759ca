import { readOrderIds } from '../entry/order-id';
import { parseReadable } from '../entry/parse-exact';
import { type Amounts, amountsFor } from './stated';

/** An order that the exchange knows. */
export interface ListedOrder {
  readonly orderId: string;
  readonly symbol: string | undefined;
  readonly createdMillis: number | undefined;
  readonly amounts: Amounts;
}

export type OrderListReading =
  | { readonly kind: 'read'; readonly orders: readonly ListedOrder[] }
  | { readonly kind: 'wrong'; readonly problem: string };

type Fields = Readonly<Record<string, unknown>>;

const EXPECTED =
  "expected order ids one a line, CSV with an order id column, a JSON array of ids, or WEEX's order list as it came";
/** Without case and separators; the first that is there counts. */
const ID_NAMES = ['orderid', 'id'];
const TIME_NAMES = ['createTime', 'time', 'ctime', 'created_at'];
const LIST_NAMES = ['data', 'list', 'orders', 'rows'];
const MOST_DEPTH = 4;

/**
 * Reads a list of orders. No digit of an id is lost: long numbers of JSON stay text, and an id that a spreadsheet
 * has turned into 5.9647E+17 is refused.
 */
export function readOrderList(text: string): OrderListReading {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return { kind: 'read', orders: [] };
  return /^[[{]/.test(trimmed) ? readJson(trimmed) : readLines(trimmed);
}

function readJson(text: string): OrderListReading {
  let parsed: unknown;
  try {
    parsed = parseReadable(text);
  } catch (error) {
    return wrong(`not JSON (${error instanceof Error ? error.message : String(error)}); ${EXPECTED}`);
  }
  const items = listIn(parsed, MOST_DEPTH);
  if (items === undefined) return wrong(`JSON without a list of orders; ${EXPECTED}`);
  return collect(items.map((item, index) => ({ where: `item ${index + 1}`, fields: fieldsOf(item) })));
}

/** The list itself, or where WEEX's answers hold it: `data`, `data.list`, `list`. */
function listIn(value: unknown, depth: number): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  const fields: Fields = { ...value };
  for (const name of LIST_NAMES) {
    const found = listIn(fields[name], depth - 1);
    if (found !== undefined) return found;
  }
  // The answer about one order.
  return idIn(fields) === undefined ? undefined : [fields];
}

const fieldsOf = (item: unknown): Fields =>
  typeof item === 'object' && item !== null ? { ...item } : { orderId: item };

function readLines(text: string): OrderListReading {
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => ({ line, where: `line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'));
  const first = lines[0]?.line ?? '';
  const separator = [',', ';', '\t'].find((mark) => first.includes(mark)) ?? ',';
  const heading = cellsOf(first, separator);
  const hasHeading = !heading.some((cell) => /^\d+$/.test(cell));
  if (hasHeading && idIn(Object.fromEntries(heading.map((cell) => [cell, '1']))) === undefined) {
    return wrong(`the first line names no order id column and holds no id; ${EXPECTED}`);
  }
  const rows = lines.slice(hasHeading ? 1 : 0).map(({ line, where }) => {
    const cells = cellsOf(line, separator);
    const fields = hasHeading
      ? Object.fromEntries(heading.map((name, column) => [name, cells[column]]))
      : { orderId: cells[0] };
    return { where, fields };
  });
  return collect(rows);
}

const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) => cell.trim().replace(/^(["'])(.*)\1$/, '$2'));

function collect(items: readonly { readonly where: string; readonly fields: Fields }[]): OrderListReading {
  const orders = new Map<string, ListedOrder>();
  for (const { where, fields } of items) {
    const reading = readOrderIds(idIn(fields));
    if (reading.kind !== 'ids') {
      const why = reading.kind === 'refused' ? reading.reason : 'there is no order id';
      return wrong(`${where}: ${why}; ${EXPECTED}`);
    }
    for (const orderId of reading.ids) orders.set(orderId, listed(orderId, fields));
  }
  return { kind: 'read', orders: [...orders.values()] };
}

function listed(orderId: string, fields: Fields): ListedOrder {
  const symbol = fields['symbol'];
  const created = Number(TIME_NAMES.map((name) => fields[name]).find((value) => value !== undefined));
  return {
    orderId,
    symbol: typeof symbol === 'string' && symbol !== '' ? symbol : undefined,
    createdMillis: Number.isSafeInteger(created) && created > 1e12 ? created : undefined,
    amounts: amountsFor(fields, orderId),
  };
}

function idIn(fields: Fields): unknown {
  const members = Object.entries(fields).map(([key, value]) => [
    key.toLowerCase().replace(/[^a-z]/g, ''),
    value,
  ]);
  return ID_NAMES.map((name) => members.find(([key]) => key === name)?.[1]).find((id) => id !== undefined);
}

const wrong = (problem: string): OrderListReading => ({ kind: 'wrong', problem });
