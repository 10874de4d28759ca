import { expect, test } from 'vitest';
import type { EntryFacts } from '../../src/audit/entry-facts.js';
import { EntryTable } from '../../src/audit/entry-table.js';
import { newEntryId } from '../../src/entry/entry-id.js';
import { systemClock } from '../../src/lib/clock.js';

const facts = (index: number): EntryFacts => ({
  id: index % 7 === 0 ? `odd-${index}` : newEntryId(systemClock),
  stage: `stage ${index % 3}`,
  state:
    (['pending', 'delivered', 'rejected', 'invalid', 'skipped', 'settled'] as const)[index % 6] ?? 'pending',
  orderId: index % 2 === 0 ? '9223372036854775807' : undefined,
  linkReason: index % 4 === 0 ? `span ${index}` : undefined,
  noOrder: index % 5 === 0,
  symbol: index % 3 === 0 ? undefined : 'BTCUSDT',
  traceId: index % 11 === 0 ? undefined : index.toString(16).padStart(32, 'a'),
  spanId: index % 13 === 0 ? 'NOT-HEX' : index.toString(16).padStart(16, '0b'),
  parentSpanId: undefined,
  startedMillis: 1_760_000_000_000 + index,
  endedMillis: 1_760_000_000_500 + index,
  acceptedMillis: index % 6 === 1 ? 1_760_000_001_000 : undefined,
  attempts: index,
  possibleDuplicate: index % 9 === 0,
  reason: index % 6 === 2 ? 'wrong' : undefined,
  holds: index % 8 === 0,
});

test('gives back every fact of every entry, however many there are', () => {
  const table = new EntryTable();
  const added = Array.from({ length: 3_000 }, (_, index) => facts(index));
  for (const [row, entry] of added.entries()) expect(table.add(entry)).toBe(row);
  expect(table.size).toBe(3_000);
  expect(added.map((_, row) => table.facts(row))).toEqual(added);
});

test('an order id that is none, in a journal that somebody edited, is left out', () => {
  const table = new EntryTable();
  const row = table.add({ ...facts(1), orderId: '12x' });
  expect(table.facts(row).orderId).toBeUndefined();
});
