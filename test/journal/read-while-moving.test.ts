import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveFolder } from '../../src/journal/folder.js';
import { type JournalFile, listFiles, readLines } from '../../src/journal/read-journal.js';
import { archivedFile, segmentFile } from '../../src/journal/segment-name.js';
import { openJournal } from './open-journal.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

/** A journal with one entry, listed, and its owner gone. */
async function listed(): Promise<{ folder: string; file: JournalFile }> {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  journal.append(sampleEntry());
  await journal.close();
  const [file] = listFiles(folder);
  if (file === undefined) throw new Error('the journal has no file');
  return { folder, file };
}

async function kindsIn(folder: string, file: JournalFile): Promise<(string | undefined)[]> {
  const kinds = [];
  for await (const { record } of readLines(folder, file)) kinds.push(record?.kind);
  return kinds;
}

test('a file that was taken over and put away since the listing is read where it is', async () => {
  const { folder, file } = await listed();
  const taken = join(folder, segmentFile({ base: file.base, owner: 'another00001' }));
  renameSync(file.path, taken);
  expect(await kindsIn(folder, file)).toEqual(['open', 'entry', 'close']);
  renameSync(taken, join(archiveFolder(folder), archivedFile({ base: file.base, marks: ['orders'] })));
  expect(await kindsIn(folder, file)).toEqual(['open', 'entry', 'close']);
});

test('a file that was removed since the listing has no lines, and is no failure', async () => {
  const { folder, file } = await listed();
  rmSync(file.path);
  expect(await kindsIn(folder, file)).toEqual([]);
});

test('a file that was put away is listed once, where it went', async () => {
  const { folder, file } = await listed();
  const archived = join(archiveFolder(folder), archivedFile({ base: file.base, marks: [] }));
  renameSync(file.path, archived);
  expect(listFiles(folder).map(({ path, isArchived }) => ({ path, isArchived }))).toEqual([
    { path: archived, isArchived: true },
  ]);
});
