import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileJournalOptions } from '../../src/journal/file-journal.js';
import type { PauseRecord } from '../../src/journal/journal.js';
import { filesOf, recordsOf } from './journal-lines.js';
import { ManualClock } from './manual-clock.js';
import { openJournal } from './open-journal.js';
import { tempAccountFolder } from './temp-folder.js';

const pause: PauseRecord = { sinceMillis: 1_760_000_000_000, reason: 'wrong key', weexCode: '40006' };

/** A journal whose time a test moves, with what it heard from others. */
function listening(folder: string, options: Partial<FileJournalOptions> = {}) {
  const clock = new ManualClock();
  const heard: unknown[] = [];
  const { journal } = openJournal(folder, {
    clock,
    onPausedElsewhere: (found) => heard.push(found),
    onResumedElsewhere: () => heard.push('resumed'),
    ...options,
  });
  return { journal, clock, heard };
}

test('a pause is known to the account’s other processes within two seconds, and so is its end', () => {
  const folder = tempAccountFolder();
  const [one, other] = [listening(folder), listening(folder)];
  one.journal.paused(pause);
  expect(other.heard).toEqual([]);
  other.clock.advance(2_000);
  expect(other.heard).toEqual([pause]);
  expect(other.journal.pause).toEqual(pause);
  // Any process may find out that the account works again.
  other.journal.resumed(5);
  one.clock.advance(2_000);
  other.clock.advance(2_000);
  expect(one.heard).toEqual(['resumed']);
  expect(other.heard).toEqual([pause]);
  expect(one.journal.pause).toBeUndefined();
});

test('two processes that find the same pause by themselves need not be told', () => {
  const folder = tempAccountFolder();
  const [one, other] = [listening(folder), listening(folder)];
  one.journal.paused(pause);
  other.journal.paused({ ...pause, sinceMillis: 7 });
  one.clock.advance(10_000);
  other.clock.advance(10_000);
  expect([...one.heard, ...other.heard]).toEqual([]);
});

test('a pause outlives its process and is known at the next start, before anything is sent', async () => {
  const folder = tempAccountFolder();
  const first = listening(folder);
  first.journal.paused(pause);
  await first.journal.close();
  const second = listening(folder);
  expect(second.journal.pause).toEqual(pause);
  second.clock.advance(10_000);
  expect(second.heard).toEqual([]);
  second.journal.resumed(1);
  await second.journal.close();
  expect(listening(folder).journal.pause).toBeUndefined();
});

test('pauses and their ends are in the journal as records', async () => {
  const folder = tempAccountFolder();
  const { journal } = listening(folder);
  journal.paused(pause);
  journal.resumed(1_760_000_060_000);
  await journal.sync();
  const [, ...records] = recordsOf(filesOf(folder)[0] ?? '');
  expect(records).toMatchObject([
    { kind: 'paused', since: 1_760_000_000_000, reason: 'wrong key', code: '40006' },
    { kind: 'resumed', resumedAt: 1_760_000_060_000 },
  ]);
});

test('rubbish in the pause file pauses nobody', () => {
  for (const rubbish of ['', '{', 'null', '[]', '{"sinceMillis":"x","reason":1}']) {
    const folder = tempAccountFolder();
    const first = listening(folder);
    first.journal.paused(pause);
    writeFileSync(join(folder, 'paused.json'), rubbish);
    expect(listening(folder).journal.pause).toBeUndefined();
  }
});

test('a pause that the disk did not take holds here, and reaches the others when the disk works', async () => {
  const folder = tempAccountFolder();
  const { journal, clock, heard } = listening(folder);
  rmSync(folder, { recursive: true });
  journal.paused(pause);
  expect(journal.pause).toEqual(pause);
  expect(existsSync(join(folder, 'paused.json'))).toBe(false);
  clock.advance(2_000);
  await journal.recoverNow();
  expect(journal.kind).toBe('disk');
  clock.advance(2_000);
  expect(heard).toEqual([]);
  expect(JSON.parse(readFileSync(join(folder, 'paused.json'), 'utf8'))).toEqual(pause);
});
