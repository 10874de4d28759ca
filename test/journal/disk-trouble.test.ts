import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import { FaultyFileSystem } from './faulty-file-system.js';
import { archivedOf, filesOf, linesOf, onlyFileOf, recordsOf } from './journal-lines.js';
import { ManualClock } from './manual-clock.js';
import { type OpenedJournal, openJournal } from './open-journal.js';
import { receiptFor } from './receipt.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

/** Long enough for a busy machine; a test that works never takes it. */
const WAIT = { timeout: 10_000 };

/** What the next process finds, as entries. */
async function leftIn(folder: string): Promise<SealedEntry[]> {
  const { journal, recovered } = openJournal(folder);
  await journal.recoverNow();
  const entries = recovered.map(({ slot }) => journal.read(slot));
  await journal.close();
  return entries.filter((entry) => entry !== undefined);
}

/** Lets the journal try the disk again until it works. */
async function untilOnDisk({ journal }: OpenedJournal, clock: ManualClock): Promise<void> {
  await vi.waitFor(() => {
    clock.advance(6_000);
    expect(journal.kind).toBe('disk');
  }, WAIT);
}

const errorsOf = ({ log }: OpenedJournal): string[] => log.lines.filter((line) => line.startsWith('error'));

test('a disk that fills up in the middle of a line costs nothing: memory takes over, then the disk again', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  const degraded: string[] = [];
  const restored: string[] = [];
  const opened = openJournal(folder, {
    files,
    clock,
    onDegraded: (reason) => degraded.push(reason),
    onRestored: () => restored.push('restored'),
  });
  const { journal } = opened;
  const entries = Array.from({ length: 6 }, () => sampleEntry({}, 2_000));
  const append = (index: number): number => journal.append(entries[index] ?? sampleEntry()) ?? -1;

  const onDisk = append(0);
  files.room = 1_100;
  const [short, full] = [append(1), append(2)];
  expect(journal.kind).toBe('memory');
  expect(journal.facts()).toMatchObject({ inMemory: 2, trouble: expect.stringContaining('full') });
  expect([onDisk, short, full].map((slot) => journal.read(slot))).toEqual(entries.slice(0, 3));
  expect(errorsOf(opened)).toHaveLength(1);
  await undefined;
  expect(degraded).toHaveLength(1);

  // What ends while the disk is full is written later too.
  journal.accepted(full, receiptFor(entries[2]?.id ?? ''));
  journal.accepted(onDisk, receiptFor(entries[0]?.id ?? ''));
  journal.appendClosed(entries[3] ?? sampleEntry(), { state: 'invalid', reason: 'no model' });
  clock.advance(10_000);
  await journal.sync();
  expect(journal.kind).toBe('memory');

  files.room = Number.POSITIVE_INFINITY;
  await untilOnDisk(opened, clock);
  expect(restored).toHaveLength(1);
  const after = append(4);
  expect([short, after].map((slot) => journal.read(slot))).toEqual([entries[1], entries[4]]);
  await journal.close();
  expect(errorsOf(opened)).toHaveLength(1);

  expect(await leftIn(folder)).toEqual([entries[1], entries[4]]);
  const text = filesOf(folder)
    .flatMap((path) => linesOf(path))
    .join('\n');
  expect(text).toContain('"kind":"invalid"');
  expect(text.match(/"kind":"accepted"/g)).toHaveLength(2);
});

test('a write that failed and landed all the same does not make an entry appear twice', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  const opened = openJournal(folder, { files, clock });
  opened.journal.append(sampleEntry());
  files.nextWriteLandsAndFails = true;
  const entry = sampleEntry();
  const slot = opened.journal.append(entry) ?? -1;
  await untilOnDisk(opened, clock);
  expect(opened.journal.read(slot)).toEqual(entry);
  opened.journal.accepted(slot, receiptFor(entry.id));
  await opened.journal.close();
  expect((await leftIn(folder)).map(({ id }) => id)).not.toContain(entry.id);
});

test('after a failed write the next one begins with a newline and the same number', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  const opened = openJournal(folder, { files, clock });
  const entries = [sampleEntry(), sampleEntry()];
  opened.journal.append(entries[0] ?? sampleEntry());
  files.room = 50;
  opened.journal.append(entries[1] ?? sampleEntry());
  files.room = Number.POSITIVE_INFINITY;
  await untilOnDisk(opened, clock);
  await opened.journal.sync();
  const lines = linesOf(onlyFileOf(folder));
  expect(lines).toHaveLength(4);
  expect(lines[2]).toHaveLength(50);
  expect(JSON.parse(lines[3] ?? '')).toMatchObject({ kind: 'entry', seq: 2, id: entries[1]?.id });
});

test('memory is bounded: what neither disk nor memory takes is lost, and said once', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  files.createFails = 'EROFS';
  const opened = openJournal(folder, { files, clock: new ManualClock(), memoryBytes: 10_000 });
  const slots = Array.from({ length: 8 }, () => opened.journal.append(sampleEntry({}, 2_000)));
  const kept = slots.filter((slot) => slot !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(3);
  expect(kept.length).toBeLessThan(5);
  expect(opened.journal.facts().lost).toBe(8 - kept.length);
  expect(errorsOf(opened).filter((line) => line.includes('lost:'))).toHaveLength(1);
  expect(opened.journal.appendClosed(sampleEntry({}, 9_000), { state: 'skipped', reason: 'x' })).toBe(false);
});

test('proof of what was delivered gives way when memory is needed for what was not', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  files.createFails = 'EROFS';
  const { journal } = openJournal(folder, { files, clock: new ManualClock(), memoryBytes: 10_000 });
  for (let round = 0; round < 20; round += 1) {
    const entry = sampleEntry({}, 2_000);
    const slot = journal.append(entry);
    expect(slot).toBeDefined();
    journal.accepted(slot ?? -1, receiptFor(entry.id));
  }
  expect(journal.facts().lost).toBe(0);
});

test('too many open files is trouble that passes', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  files.createFails = 'EMFILE';
  const opened = openJournal(folder, { files, clock });
  const entry = sampleEntry();
  const slot = opened.journal.append(entry) ?? -1;
  expect(opened.journal.kind).toBe('memory');
  expect(errorsOf(opened)[0]).toContain('too many open files');
  files.createFails = undefined;
  await untilOnDisk(opened, clock);
  expect(opened.journal.read(slot)).toEqual(entry);
  await opened.journal.close();
  expect(await leftIn(folder)).toEqual([entry]);
});

test('a read that fails for the moment loses nothing', () => {
  const files = new FaultyFileSystem();
  const { journal } = openJournal(tempAccountFolder(), { files });
  const entry = sampleEntry();
  const slot = journal.append(entry) ?? -1;
  files.readFails = 'EMFILE';
  expect(journal.read(slot)).toBeUndefined();
  expect(journal.isLost(slot)).toBe(false);
  files.readFails = undefined;
  expect(journal.read(slot)).toEqual(entry);
});

test('an entry that was changed on disk is never sent, and said so once', () => {
  const folder = tempAccountFolder();
  const opened = openJournal(folder);
  const { journal } = opened;
  const slot = journal.append(sampleEntry()) ?? -1;
  const other = sampleEntry();
  const otherSlot = journal.append(other) ?? -1;
  const path = onlyFileOf(folder);
  const text = linesOf(path).join('\n');
  writeFileSync(path, `${text.replace('because', 'BECAUSE')}\n`);
  expect([journal.read(slot), journal.read(slot)]).toEqual([undefined, undefined]);
  expect(journal.isLost(slot)).toBe(true);
  expect(journal.read(otherSlot)).toEqual(other);
  expect(errorsOf(opened)).toHaveLength(1);
  expect(journal.facts().damagedLines).toBe(1);
  // Only its owner gives the slot back.
  expect(journal.append(sampleEntry())).not.toBe(slot);
  journal.rejected(slot, { httpStatus: undefined, weexCode: undefined, reason: 'unreadable' });
  expect(journal.isLost(slot)).toBe(false);
});

test('a folder that is removed while in use is made again, with all that was open', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const opened = openJournal(folder, { clock, segmentBytes: 5_000 });
  const entries = Array.from({ length: 12 }, () => sampleEntry({}, 1_000));
  const slots = entries.map((entry) => opened.journal.append(entry) ?? -1);
  opened.journal.link(slots[3] ?? -1, '42', 'test');
  const expected = entries.map((entry, index) => (index === 3 ? { ...entry, orderId: '42' } : entry));
  expect(filesOf(folder).length).toBeGreaterThan(1);
  rmSync(folder, { recursive: true });
  clock.advance(2_000);
  expect(opened.journal.kind).toBe('memory');
  expect(errorsOf(opened)).toHaveLength(1);
  expect(slots.map((slot) => opened.journal.read(slot))).toEqual(expected);
  await untilOnDisk(opened, clock);
  expect(slots.map((slot) => opened.journal.read(slot))).toEqual(expected);
  expect(opened.journal.facts().open).toBe(12);
  await opened.journal.close();
  expect(await leftIn(folder)).toEqual(expected);
});

test('a file that somebody renamed is given up, and what was open in it is written again', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const opened = openJournal(folder, { clock });
  const entry = sampleEntry();
  const slot = opened.journal.append(entry) ?? -1;
  renameSync(onlyFileOf(folder), join(folder, 'mine.txt'));
  clock.advance(2_000);
  await untilOnDisk(opened, clock);
  expect(opened.journal.read(slot)).toEqual(entry);
  expect(recordsOf(onlyFileOf(folder)).map(({ kind }) => kind)).toEqual(['open', 'entry']);
});

test('when a sync fails, what was open is written to another file, once', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  const opened = openJournal(folder, { clock, files });
  const [first, second] = [sampleEntry(), sampleEntry()];
  const slot = opened.journal.append(first) ?? -1;
  opened.journal.append(second);
  opened.journal.accepted(slot, receiptFor(first.id));
  files.syncFails = 'EIO';
  await opened.journal.sync();
  expect(opened.journal.kind).toBe('memory');
  files.syncFails = undefined;
  await untilOnDisk(opened, clock);
  expect(filesOf(folder)).toHaveLength(2);
  await opened.journal.close();
  expect(await leftIn(folder)).toEqual([second]);
});

test('a disk that knows no sync is used all the same', async () => {
  const files = new FaultyFileSystem();
  files.syncFails = 'EINVAL';
  const { journal, log } = openJournal(tempAccountFolder(), { files });
  journal.append(sampleEntry());
  await journal.sync();
  await journal.sync();
  expect(journal.kind).toBe('disk');
  expect(log.lines.filter((line) => line.includes('sync'))).toHaveLength(1);
});

const unusable: readonly { readonly what: string; make(folder: string): void; readonly says: string }[] = [
  {
    what: 'a symbolic link',
    says: 'symbolic link',
    make(folder) {
      mkdirSync(`${folder}-real`, { mode: 0o700 });
      symlinkSync(`${folder}-real`, folder);
    },
  },
  {
    what: 'a link to nowhere',
    says: 'symbolic link',
    make: (folder) => symlinkSync(`${folder}-none`, folder),
  },
  { what: 'a file', says: 'not a folder', make: (folder) => writeFileSync(folder, 'mine') },
  {
    what: 'below a file',
    says: 'no folder',
    make(folder) {
      rmSync(dirname(folder), { recursive: true });
      writeFileSync(dirname(folder), 'mine');
    },
  },
  {
    what: 'writable by the group',
    says: 'chmod 700',
    make(folder) {
      mkdirSync(folder);
      chmodSync(folder, 0o770);
    },
  },
  {
    what: 'writable by everybody',
    says: 'chmod 700',
    make(folder) {
      mkdirSync(folder);
      chmodSync(folder, 0o777);
    },
  },
  {
    what: 'private, with an archive that is a link',
    says: 'symbolic link',
    make(folder) {
      mkdirSync(folder, { mode: 0o700 });
      mkdirSync(`${folder}-elsewhere`, { mode: 0o700 });
      symlinkSync(`${folder}-elsewhere`, join(folder, 'archive'));
    },
  },
];

test.skipIf(process.platform === 'win32').each(unusable)(
  'a folder that is $what is not used',
  ({ make, says }) => {
    const folder = tempAccountFolder();
    make(folder);
    const opened = openJournal(folder, { clock: new ManualClock() });
    const entry = sampleEntry();
    const slot = opened.journal.append(entry) ?? -1;
    expect(opened.journal.kind).toBe('memory');
    expect(opened.journal.read(slot)).toEqual(entry);
    expect(opened.log.lines).toHaveLength(1);
    expect(opened.log.lines[0]).toContain(says);
    expect(filesOf(folder === dirname(folder) ? folder : `${folder}-real`)).toEqual([]);
  },
);

test.skipIf(process.geteuid?.() !== 0)('a folder of another user is not used', () => {
  const folder = tempAccountFolder();
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, 12_345, 12_345);
  const { journal, log } = openJournal(folder, { clock: new ManualClock() });
  expect(journal.kind).toBe('memory');
  expect(log.lines[0]).toContain('belongs to user 12345');
});

test.skipIf(process.platform === 'win32')(
  'a folder that others may only read is closed to them and used',
  () => {
    const folder = tempAccountFolder();
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    const { journal } = openJournal(folder);
    expect(journal.kind).toBe('disk');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  },
);

test('a folder that is mended is used from then on', async () => {
  const folder = tempAccountFolder();
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const clock = new ManualClock();
  const opened = openJournal(folder, { clock });
  const entry = sampleEntry();
  opened.journal.append(entry);
  chmodSync(folder, 0o700);
  await untilOnDisk(opened, clock);
  await opened.journal.close();
  expect(await leftIn(folder)).toEqual([entry]);
});

test('foreign files stay as they are', async () => {
  const folder = tempAccountFolder();
  mkdirSync(join(folder, 'archive'), { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const name = (writer: string): string => `20200101T000000000Z-${writer}-0001.${writer}.jsonl`;
  const foreign: Record<string, string> = {
    'notes.txt': 'mine',
    'x.jsonl': '{"kind":"entry"}\n',
    [name('aaaaaaaaaaaa')]: 'not a journal\n',
    [name('bbbbbbbbbbbb')]:
      `{"kind":"open","seq":0,"at":1,"prev":"${'0'.repeat(64)}","format":2,"crc":"00000000"}\n`,
    'archive/other.txt': 'mine',
  };
  for (const [file, text] of Object.entries(foreign)) {
    writeFileSync(join(folder, file), text);
    utimesSync(join(folder, file), 1_000, 1_000);
  }
  writeFileSync(join(folder, '..', 'target'), 'secret');
  utimesSync(join(folder, '..', 'target'), 1_000, 1_000);
  symlinkSync(join(folder, '..', 'target'), join(folder, name('cccccccccccc')));
  mkdirSync(join(folder, name('dddddddddddd')));
  utimesSync(join(folder, name('dddddddddddd')), 1_000, 1_000);
  const opened = openJournal(folder);
  await opened.journal.recoverNow();
  await opened.journal.recoverNow();
  expect(opened.recovered).toEqual([]);
  expect(opened.journal.kind).toBe('disk');
  for (const [file, text] of Object.entries(foreign)) {
    expect(linesOf(join(folder, file)).join('')).toBe(text.trimEnd());
  }
  expect(existsSync(join(folder, name('cccccccccccc')))).toBe(true);
  expect(archivedOf(folder)).toEqual([]);
  const warnings = opened.log.lines.filter((line) => line.startsWith('warn'));
  expect(warnings).toHaveLength(4);
  expect(warnings.join('\n')).toContain('newer version');
});

test('a folder whose path is longer than sockets allow works', async () => {
  const folder = join(tempAccountFolder(), 'long'.repeat(40), 'account');
  const first = openJournal(folder);
  const second = openJournal(folder);
  const entry = sampleEntry();
  first.journal.append(entry);
  await second.journal.recoverNow();
  expect(second.recovered).toEqual([]);
  expect(second.journal.liveProcesses()).toBe(2);
  await first.journal.close();
  await second.journal.recoverNow();
  expect(second.recovered).toHaveLength(1);
});
