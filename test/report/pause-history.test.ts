import { expect, test } from 'vitest';
import type { JournalRecord } from '../../src/journal/read-journal.js';
import { PauseHistory } from '../../src/report/pause-history.js';

const record = (kind: 'paused' | 'resumed' | 'note', atMillis: number): JournalRecord => ({
  kind,
  seq: 1,
  atMillis,
  prev: '',
  hash: '',
  about: undefined,
  entry: undefined,
  fields: kind === 'paused' ? { since: atMillis, reason: `since ${atMillis}` } : {},
});

function historyOf(...events: readonly (readonly ['paused' | 'resumed' | 'note', number])[]): PauseHistory {
  const history = new PauseHistory();
  for (const [kind, at] of events) history.take(record(kind, at));
  return history;
}

test('tells pauses from their beginning to their end, whatever order the files are read in', () => {
  const history = historyOf(
    ['paused', 500],
    ['resumed', 600],
    ['note', 50],
    ['paused', 100],
    ['resumed', 200],
  );
  expect(history.finish(false)).toEqual([
    { from: 100, until: 200, reason: 'since 100' },
    { from: 500, until: 600, reason: 'since 500' },
  ]);
});

test('makes one pause of what several processes saw of it', () => {
  const history = historyOf(['paused', 100], ['paused', 110], ['resumed', 200], ['resumed', 210]);
  expect(history.finish(false)).toEqual([{ from: 100, until: 200, reason: 'since 100' }]);
});

test('leaves a pause open that holds now, and knows only the beginning of one that ended unseen', () => {
  expect(historyOf(['paused', 100]).finish(true)).toEqual([{ from: 100, reason: 'since 100' }]);
  expect(historyOf(['paused', 100]).finish(false)).toEqual([{ from: 100, until: 100, reason: 'since 100' }]);
});
