import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createArchive } from '../../src/journal/archive.js';
import { nodeFileSystem } from '../../src/journal/file-system.js';
import { prepareFolder } from '../../src/journal/folder.js';
import { archivedOf, filesOf } from './journal-lines.js';
import { ManualClock } from './manual-clock.js';
import { HeardLog, openJournal } from './open-journal.js';
import { receiptFor } from './receipt.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

/** Long enough for a busy machine; a test that works never takes it. */
const WAIT = { timeout: 10_000 };

const DAY = 86_400_000;

function archiveIn(folder: string, maxBytes = 2 ** 40, retentionDays = 180) {
  prepareFolder(folder);
  const clock = new ManualClock();
  const log = new HeardLog();
  const folderChanged = (): void => undefined;
  const options = { folder, files: nodeFileSystem, clock, log, maxBytes, retentionDays, folderChanged };
  const put = (day: number, marks = '', bytes = 1_000, ageDays = 0): string => {
    const file = `202601${String(day).padStart(2, '0')}T000000000Z-aaaaaaaaaaaa-0001${marks}.jsonl`;
    const path = join(folder, 'archive', file);
    writeFileSync(path, 'x'.repeat(bytes));
    const changed = (clock.wallMillis() - ageDays * DAY) / 1_000;
    utimesSync(path, changed, changed);
    return file;
  };
  const left = (): string[] => archivedOf(folder).map((path) => basename(path));
  return { archive: createArchive(options), clock, log, put, left };
}

test('archived files go after their time, whatever is in them', async () => {
  const { archive, put, left } = archiveIn(tempAccountFolder());
  put(1, '.orders', 10, 181);
  put(2, '', 10, 181);
  const young = [put(3, '', 10, 179), put(4, '.orders', 10, 0)];
  await archive.tidy();
  expect(left()).toEqual(young);
});

test('a clock that jumps ahead makes nothing look old', async () => {
  const { archive, clock, put, left } = archiveIn(tempAccountFolder());
  put(1);
  clock.jump(400 * DAY);
  await archive.tidy();
  expect(left()).toHaveLength(1);
});

test('over the bound, the oldest go first, and never those that prove orders or settle others', async () => {
  const { archive, put, left, log } = archiveIn(tempAccountFolder(), 5_500);
  const keep = [put(1, '.orders'), put(2, '.settled'), put(3, '.orders.damaged')];
  put(4);
  keep.push(put(5, '.damaged'));
  put(6);
  keep.push(put(7));
  await archive.tidy();
  expect(left()).toEqual(keep);
  expect(log.lines).toEqual([]);
});

test('what cannot be removed is kept over the bound, and said once', async () => {
  const { archive, put, left, log } = archiveIn(tempAccountFolder(), 1_500);
  put(1, '.orders');
  put(2, '.orders');
  await archive.tidy();
  await archive.tidy();
  expect(left()).toHaveLength(2);
  expect(log.lines).toHaveLength(1);
});

test('files in use count, and are never removed', async () => {
  const folder = tempAccountFolder();
  const { archive, put, left } = archiveIn(folder, 3_000);
  const inUse = '20260101T000000000Z-aaaaaaaaaaaa-0001.aaaaaaaaaaaa.jsonl';
  writeFileSync(join(folder, inUse), 'x'.repeat(2_900));
  put(1);
  await archive.tidy();
  expect(left()).toEqual([]);
  expect(filesOf(folder).map((path) => basename(path))).toEqual([inUse]);
});

test('foreign files in the archive are left alone', async () => {
  const folder = tempAccountFolder();
  const { archive } = archiveIn(folder, 0, 0);
  writeFileSync(join(folder, 'archive', 'notes.txt'), 'mine');
  await archive.tidy();
  expect(readdirSync(join(folder, 'archive'))).toEqual(['notes.txt']);
});

test('a folder that is gone is no reason to fail', async () => {
  const { archive } = archiveIn(tempAccountFolder());
  const nowhere = createArchive({
    folder: '/nonexistent/weex',
    files: nodeFileSystem,
    clock: new ManualClock(),
    log: new HeardLog(),
    maxBytes: 1,
    retentionDays: 1,
    folderChanged: () => undefined,
  });
  await Promise.all([archive.tidy(), nowhere.tidy()]);
  expect(await nowhere.settlements()).toEqual([]);
});

/** Entries with the given outcome, each in a file of its own. */
async function endedIn(
  folder: string,
  ends: readonly ('accepted' | 'order' | 'rejected' | 'invalid' | 'skipped')[],
) {
  const { journal } = openJournal(folder, { segmentBytes: 100 });
  for (const end of ends) {
    const entry = sampleEntry(end === 'order' ? { orderId: '1' } : {});
    if (end === 'invalid' || end === 'skipped') journal.appendClosed(entry, { state: end, reason: 'r' });
    else {
      const slot = journal.append(entry) ?? -1;
      if (end === 'rejected') journal.rejected(slot, { httpStatus: 400, weexCode: '1', reason: 'r' });
      else journal.accepted(slot, receiptFor(entry.id));
    }
  }
  await journal.close();
}

test('names of archived files tell which of them prove orders', async () => {
  const folder = tempAccountFolder();
  await endedIn(folder, ['accepted', 'order', 'skipped']);
  expect(archivedOf(folder).map((path) => path.endsWith('.orders.jsonl'))).toEqual([false, true, false]);
  expect(filesOf(folder)).toEqual([]);
});

test('files with rejected or invalid entries stay until these are settled, from whichever process', async () => {
  const folder = tempAccountFolder();
  await endedIn(folder, ['rejected', 'invalid', 'accepted']);
  expect(filesOf(folder)).toHaveLength(2);
  const clock = new ManualClock();
  const { journal } = openJournal(folder, { clock });
  await journal.recoverNow();
  expect(filesOf(folder)).toHaveLength(2);

  const command = openJournal(folder, { onRecovered: undefined }).journal;
  const [rejected, invalid] = filesOf(folder).map((path) => basename(path).split('.')[0] ?? '');
  expect(command.settle({ file: rejected ?? '', seq: 1, id: 'x' }, 'the competition is over')).toBe(true);
  expect(command.settle({ file: invalid ?? '', seq: 1, id: 'y' }, 'the competition is over')).toBe(true);
  await command.close();
  expect(filesOf(folder)).toHaveLength(2);

  clock.advance(31_000);
  await vi.waitFor(() => expect(filesOf(folder)).toEqual([]), WAIT);
  const marks = archivedOf(folder).map((path) => basename(path).split('.').slice(1, -1));
  expect(marks.flat()).toEqual(['settled']);
});
