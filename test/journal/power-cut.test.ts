import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SealedEntry } from '../../src/entry/sealed-entry.js';
import { archivedOf, filesOf } from './journal-lines.js';
import { openJournal } from './open-journal.js';
import { receiptFor } from './receipt.js';
import { RecordingFileSystem, writeCrashed } from './recording-file-system.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

interface Life {
  readonly files: RecordingFileSystem;
  readonly written: Map<string, SealedEntry>;
  readonly links: Map<string, string>;
  readonly finished: Set<string>;
  /** Step by which a sync that began after the entry was written was complete. */
  readonly safeFrom: Map<string, number>;
}

/** A busy life with files of two or three entries each: appends, links, outcomes, syncs, archive. */
async function live(folder: string): Promise<Life> {
  const files = new RecordingFileSystem(folder);
  const life: Life = {
    files,
    written: new Map(),
    links: new Map(),
    finished: new Set(),
    safeFrom: new Map(),
  };
  const { journal } = openJournal(folder, { files, segmentBytes: 1_500 });
  const slots = new Map<string, number>();
  let unsynced: string[] = [];
  const append = (fields: Partial<SealedEntry> = {}): string => {
    const entry = sampleEntry(fields);
    slots.set(entry.id, journal.append(entry) ?? -1);
    life.written.set(entry.id, entry);
    unsynced.push(entry.id);
    return entry.id;
  };
  const sync = async (): Promise<void> => {
    const before = unsynced;
    unsynced = [];
    await journal.sync();
    for (const id of before) life.safeFrom.set(id, files.steps.length);
  };
  const accept = (id: string): void => {
    journal.sending(slots.get(id) ?? -1);
    journal.accepted(slots.get(id) ?? -1, receiptFor(id));
    life.finished.add(id);
  };

  const [a, b] = [append(), append({ orderId: '7' })];
  await sync();
  const c = append({ payload: '{\n"a": 1\n}' });
  accept(a);
  journal.link(slots.get(c) ?? -1, '42', 'test');
  life.links.set(c, '42');
  const [d, e, f] = [append(), append(), append()];
  await sync();
  accept(b);
  accept(c);
  accept(d);
  journal.rejected(slots.get(e) ?? -1, { httpStatus: 400, weexCode: '1', reason: 'no' });
  life.finished.add(e);
  journal.appendClosed(sampleEntry(), { state: 'invalid', reason: 'no model' });
  await sync();
  const [g] = [append(), append()];
  accept(g);
  await sync();
  accept(f);
  append();
  await new Promise((resolve) => setImmediate(resolve));
  return life;
}

/** Ids in whole `accepted` and `rejected` lines of the image, read without the journal's own code. */
function finishedOnDisk(folder: string): Set<string> {
  const ids = new Set<string>();
  for (const path of [...filesOf(folder), ...archivedOf(folder)]) {
    const entries = new Map<number, string>();
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      try {
        const record = JSON.parse(line);
        if (record.kind === 'entry') entries.set(record.seq, record.id);
        const id = entries.get(record.entry);
        if (record.kind === 'accepted' || record.kind === 'rejected') ids.add(id ?? '');
      } catch {
        // Torn.
      }
    }
  }
  return ids;
}

test('after a power cut at any moment, nothing synced is missing, nothing accepted comes back, nothing is invented', async () => {
  const life = await live(tempAccountFolder());
  const { files, written, links } = life;
  const tails: ((unsafe: Buffer) => Buffer)[] = [
    () => Buffer.alloc(0),
    (unsafe) => unsafe,
    (unsafe) => Buffer.alloc(unsafe.length),
    (unsafe) => Buffer.concat([unsafe.subarray(0, unsafe.length >> 1), Buffer.alloc(unsafe.length >> 1)]),
  ];
  let images = 0;
  for (let steps = 0; steps <= files.steps.length; steps += 1) {
    const kind = files.steps[steps - 1]?.kind;
    for (const names of ['kept', 'lost'] as const) {
      const crashed = files.cutAfter(steps, names);
      const isRisky = [...crashed.values()].some(({ unsafe }) => unsafe.length > 0);
      for (const tail of tails.slice(0, !isRisky ? 1 : names === 'kept' ? 4 : 2)) {
        images += 1;
        const folder = tempAccountFolder();
        writeCrashed(folder, crashed, tail);
        for (const path of filesOf(folder)) utimesSync(path, 1_000, 1_000);
        const where = `after step ${steps} (${kind}), names ${names}`;
        const finished = finishedOnDisk(folder);
        const { journal, recovered } = openJournal(folder);
        await journal.recoverNow();
        const ids: string[] = [];
        for (const { slot } of recovered) {
          const entry = journal.read(slot);
          const id = entry?.id ?? '';
          const original = written.get(id);
          ids.push(id);
          expect(finished.has(id), `${where}: ${id} was finished`).toBe(false);
          expect([original, { ...original, orderId: links.get(id) }], where).toContainEqual(entry);
        }
        expect(new Set(ids).size, where).toBe(ids.length);
        for (const [id, safeFrom] of life.safeFrom) {
          if (safeFrom <= steps && !finished.has(id)) expect(ids, `${where}: ${id} was safe`).toContain(id);
        }
        await journal.close();
      }
    }
  }
  expect(images).toBeGreaterThan(100);
}, 60_000);

test('the last records torn at many places: the entry before is there, the torn one is whole or not there', async () => {
  const folder = tempAccountFolder();
  const files = new RecordingFileSystem(folder);
  const { journal } = openJournal(folder, { files });
  const [safe, torn] = [sampleEntry(), sampleEntry({ orderId: '9' })];
  const slot = journal.append(safe) ?? -1;
  await journal.sync();
  journal.append(torn);
  journal.link(slot, '42', 'test');
  const [file] = files.cutAfter(files.steps.length, 'kept').values();
  const unsafe = file?.unsafe.length ?? 0;
  expect(unsafe).toBeGreaterThan(300);
  for (let kept = 0; kept <= unsafe; kept += 11) {
    const image = tempAccountFolder();
    writeCrashed(image, files.cutAfter(files.steps.length, 'kept'), (bytes) => bytes.subarray(0, kept));
    for (const path of filesOf(image)) utimesSync(path, 1_000, 1_000);
    const after = openJournal(image);
    await after.journal.recoverNow();
    const [first, second, ...others] = after.recovered.map((entry) => after.journal.read(entry.slot));
    expect([safe, { ...safe, orderId: '42' }]).toContainEqual(first);
    expect([undefined, torn]).toContainEqual(second);
    expect(others).toEqual([]);
    // It can be written to: the next record does not stick to the torn one.
    after.journal.accepted(after.recovered[0]?.slot ?? -1, receiptFor(safe.id));
    await after.journal.close();
    const again = openJournal(image);
    await again.journal.recoverNow();
    expect(again.recovered).toHaveLength(second === undefined ? 0 : 1);
    await again.journal.close();
  }
}, 60_000);

test('what was synced is under its name: the folder is synced before the promise', async () => {
  const folder = tempAccountFolder();
  const files = new RecordingFileSystem(folder);
  const { journal } = openJournal(folder, { files });
  journal.append(sampleEntry());
  await journal.sync();
  const image = tempAccountFolder();
  writeCrashed(image, files.cutAfter(files.steps.length, 'lost'), () => Buffer.alloc(0));
  expect(filesOf(image)).toHaveLength(1);
  expect(existsSync(join(image, 'archive'))).toBe(true);
});
