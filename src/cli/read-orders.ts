import { readFileSync } from 'node:fs';
import { type OrderListReading, readOrderList } from '../audit/order-list';

/** The exchange's orders, from the file that `--orders` names. */
export function readOrders(path: string): OrderListReading {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'wrong', problem: `--orders: ${path} cannot be read (${why})` };
  }
  const reading = readOrderList(text);
  return reading.kind === 'read'
    ? reading
    : { kind: 'wrong', problem: `--orders ${path}: ${reading.problem}` };
}
