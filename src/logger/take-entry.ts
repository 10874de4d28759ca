import { AiLogEntry } from '../entry/ai-log-entry';

/**
 * The entry that `item` is, or `undefined`. An entry of another copy of this package is none of our class, so
 * what has the fields of one is made anew.
 */
export function takeEntry(item: unknown): AiLogEntry | undefined {
  if (item instanceof AiLogEntry) return item;
  if (!hasFields(item)) return undefined;
  const { stage, model, input, output, explanation, orderId, timestamp } = item;
  return new AiLogEntry({ stage, model, input, output, explanation, orderId, timestamp });
}

interface EntryLike {
  readonly stage: string;
  readonly model: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly explanation: string;
  readonly orderId?: string | undefined;
  readonly timestamp?: Date | undefined;
}

function hasFields(item: unknown): item is EntryLike {
  if (typeof item !== 'object' || item === null || !('input' in item && 'output' in item)) return false;
  const isText = (name: string): boolean => typeof Reflect.get(item, name) === 'string';
  const orderId: unknown = Reflect.get(item, 'orderId');
  const timestamp: unknown = Reflect.get(item, 'timestamp');
  return (
    isText('stage') &&
    isText('model') &&
    isText('explanation') &&
    (orderId === undefined || typeof orderId === 'string') &&
    (timestamp === undefined || timestamp instanceof Date)
  );
}
