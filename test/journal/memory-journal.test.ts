import { expect, test } from 'vitest';
import { createMemoryJournal } from '../../src/journal/memory-journal.js';
import { journalContract } from '../contracts/journal-contract.js';
import { sampleEntry } from './sample-entry.js';

journalContract('the memory journal', async () => createMemoryJournal());

test('the memory journal is bounded by bytes, and takes again what fits', () => {
  const journal = createMemoryJournal({ maxBytes: 10_000 });
  const taken: number[] = [];
  for (;;) {
    const slot = journal.append(sampleEntry({}, 2_000));
    if (slot === undefined) break;
    taken.push(slot);
  }
  expect(taken.length).toBeGreaterThanOrEqual(3);
  expect(taken.length).toBeLessThanOrEqual(5);
  journal.rejected(taken[0] ?? 0, { httpStatus: 400, weexCode: '40020', reason: 'test' });
  expect(journal.append(sampleEntry({}, 2_000))).toBe(taken[0]);
  expect(journal.append(sampleEntry({}, 2_000))).toBeUndefined();
});

test('the memory journal says that it is one', () => {
  expect(createMemoryJournal().kind).toBe('memory');
});
