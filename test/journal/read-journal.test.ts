import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { type EntryHistory, readEntries } from '../../src/journal/read-entries.js';
import { listFiles, readLines } from '../../src/journal/read-journal.js';
import { linkOf, pauseOf } from '../../src/journal/record-contents.js';
import { verifyJournal } from '../../src/journal/verify-journal.js';
import { FaultyFileSystem } from './faulty-file-system.js';
import { archivedOf, filesOf, linesOf, onlyFileOf } from './journal-lines.js';
import { ManualClock } from './manual-clock.js';
import { openJournal } from './open-journal.js';
import { receiptFor } from './receipt.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

const attempt = {
  attempt: 1,
  atMillis: 1_760_000_000_000,
  durationMillis: 12,
  disposition: 'retry',
  httpStatus: 503,
  weexCode: undefined,
  reason: 'busy',
  uncertain: true,
} as const;

async function allEntries(folder: string): Promise<Map<string, EntryHistory>> {
  const found = new Map<string, EntryHistory>();
  for await (const history of readEntries(folder)) {
    expect(found.has(history.entry.id), `${history.entry.id} twice`).toBe(false);
    found.set(history.entry.id, history);
  }
  return found;
}

test('a reader sees every entry with all that became of it, while its owner lives', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder, { segmentBytes: 2_000 });
  const [pending, delivered, rejected, skipped, settled] = Array.from({ length: 5 }, () =>
    sampleEntry({ payload: '{"orderId":596471064624628269}' }),
  ) as [ReturnType<typeof sampleEntry>, ...ReturnType<typeof sampleEntry>[]];
  const slotOf = (entry = pending): number => journal.append(entry) ?? -1;
  const [p, d, r, s, x] = [pending, delivered, rejected, skipped, settled].map(slotOf) as number[];
  const [invalid, repeat] = [sampleEntry(), sampleEntry({ payload: '{\n}' })];
  journal.appendClosed(invalid, { state: 'invalid', reason: 'no model' });
  journal.appendClosed(repeat, { state: 'skipped', reason: 'repeat' });
  journal.sending(p ?? -1);
  journal.attempted(p ?? -1, attempt);
  journal.link(d ?? -1, '42', 'nearest order');
  journal.accepted(d ?? -1, { ...receiptFor(delivered?.id ?? ''), orderId: '42' });
  journal.rejected(r ?? -1, { httpStatus: 400, weexCode: '40020', reason: 'wrong' });
  journal.closed(s ?? -1, { state: 'skipped', reason: 'covered' });
  journal.closed(x ?? -1, { state: 'settled', reason: 'over' });
  await journal.sync();

  const entries = await allEntries(folder);
  expect(entries.size).toBe(7);
  expect(entries.get(pending.id)).toMatchObject({
    state: 'pending',
    entry: pending,
    attempts: [attempt],
    begun: 1,
    receipt: undefined,
  });
  expect(entries.get(delivered?.id ?? '')).toMatchObject({
    state: 'delivered',
    entry: { ...delivered, orderId: '42' },
    linkReason: 'nearest order',
    receipt: { ...receiptFor(delivered?.id ?? ''), orderId: '42' },
  });
  expect(entries.get(rejected?.id ?? '')).toMatchObject({
    state: 'rejected',
    reason: 'wrong',
    rejection: { httpStatus: 400, weexCode: '40020', reason: 'wrong' },
  });
  expect(entries.get(skipped?.id ?? '')).toMatchObject({ state: 'skipped', reason: 'covered' });
  expect(entries.get(settled?.id ?? '')).toMatchObject({ state: 'settled', reason: 'over' });
  expect(entries.get(invalid.id)).toMatchObject({ state: 'invalid', reason: 'no model', entry: invalid });
  expect(entries.get(repeat.id)).toMatchObject({ state: 'skipped', reason: 'repeat', entry: repeat });
});

test('reading changes nothing and takes nothing over', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  first.journal.append(sampleEntry());
  await first.journal.close();
  const before = statSync(onlyFileOf(folder));
  await allEntries(folder);
  await verifyJournal(folder);
  const after = statSync(onlyFileOf(folder));
  expect([after.size, after.mtimeMs, after.ino]).toEqual([before.size, before.mtimeMs, before.ino]);
});

test('an account that never was has no files, no entries and no problems', async () => {
  const folder = tempAccountFolder();
  expect(listFiles(folder)).toEqual([]);
  expect((await allEntries(folder)).size).toBe(0);
  expect(await verifyJournal(folder)).toMatchObject({ files: 0, problems: [], heads: [] });
});

test('an entry settled from another process is settled, wherever both stand', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const entry = sampleEntry();
  journal.rejected(journal.append(entry) ?? -1, { httpStatus: 400, weexCode: '1', reason: 'no' });
  await journal.sync();
  const [rejected] = (await allEntries(folder)).values();
  const command = openJournal(folder, { onRecovered: undefined }).journal;
  const place = { file: rejected?.file.base ?? '', seq: rejected?.seq ?? -1, id: entry.id };
  expect(command.settle(place, 'redriven', { as: 'new-id', changes: { model: ['a', 'b'] } })).toBe(true);
  await command.close();
  expect((await allEntries(folder)).get(entry.id)).toMatchObject({
    state: 'settled',
    reason: 'redriven',
    rejection: { reason: 'no' },
  });
  const [settlement] = archivedOf(folder);
  expect(linesOf(settlement ?? '')[1]).toContain('"changes":{"model":["a","b"]}');
});

test('a file that moves between listing and reading is still read', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const entry = sampleEntry();
  const slot = journal.append(entry) ?? -1;
  await journal.sync();
  const [listed] = listFiles(folder);
  journal.accepted(slot, receiptFor(entry.id));
  await journal.close();
  expect(filesOf(folder)).toEqual([]);
  const kinds: unknown[] = [];
  if (listed !== undefined) {
    for await (const { record } of readLines(folder, listed)) kinds.push(record?.kind);
  }
  expect(kinds).toEqual(['open', 'entry', 'accepted', 'close']);
});

test('records give what was put in', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const slot = journal.append(sampleEntry()) ?? -1;
  journal.link(slot, '42', 'why');
  journal.paused({ sinceMillis: 5, reason: 'key', weexCode: undefined });
  journal.note('self-check', { sampler: 'x' });
  await journal.sync();
  for await (const { record } of readLines(folder, listFiles(folder)[0] ?? expect.fail())) {
    if (record?.kind === 'link') expect(linkOf(record)).toEqual({ orderId: '42', reason: 'why' });
    if (record?.kind === 'paused') {
      expect(pauseOf(record)).toEqual({ sinceMillis: 5, reason: 'key', weexCode: undefined });
    }
    if (record?.kind === 'note')
      expect(record.fields).toMatchObject({ name: 'self-check', facts: { sampler: 'x' } });
  }
});

/** A journal of several files, with takeovers, ready to be damaged. */
async function intactJournal(): Promise<string> {
  const folder = tempAccountFolder();
  for (let life = 0; life < 2; life += 1) {
    const { journal, recovered } = openJournal(folder, { segmentBytes: 2_000 });
    await journal.recoverNow();
    for (let count = 0; count < 6; count += 1) {
      const entry = sampleEntry();
      const slot = journal.append(entry) ?? -1;
      if (count % 2 === 0) journal.accepted(slot, receiptFor(entry.id));
    }
    for (const { slot } of recovered.slice(0, 2)) journal.accepted(slot, receiptFor('x'));
    await journal.close();
  }
  return folder;
}

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, 'utf8')));

test('an untouched journal verifies, and gives heads that prove it later', async () => {
  const folder = await intactJournal();
  const verified = await verifyJournal(folder);
  expect(verified).toMatchObject({ problems: [], tornLines: 0, missingFiles: [], missingHeads: [] });
  expect(verified.files).toBeGreaterThan(3);
  expect(verified.heads).toHaveLength(verified.files);
  const last = linesOf(filesOf(folder)[0] ?? '').at(-1) ?? '';
  const [head] = verified.heads.filter(({ file }) => basename(filesOf(folder)[0] ?? '').startsWith(file));
  expect(head?.hash).toBe(createHash('sha256').update(last).digest('hex'));

  const { journal } = openJournal(folder);
  await journal.recoverNow();
  journal.append(sampleEntry());
  await journal.sync();
  for (const { hash } of verified.heads) {
    expect(await verifyJournal(folder, [hash])).toMatchObject({ missingHeads: [], problems: [] });
  }
  expect(await verifyJournal(folder, ['f'.repeat(64)])).toMatchObject({
    missingHeads: ['f'.repeat(64)],
  });
});

const tampering: readonly { what: string; line: number; problem: RegExp; change(text: string): string }[] = [
  {
    what: 'a changed word',
    line: 2,
    problem: /cannot be read/,
    change: (t) => t.replace('because', 'BECAUSE'),
  },
  {
    what: 'a removed line',
    line: 2,
    problem: /missing/,
    change: (t) => t.split('\n').toSpliced(1, 1).join('\n'),
  },
  {
    what: 'two lines changed round',
    line: 2,
    problem: /missing/,
    change(t) {
      const lines = t.split('\n');
      return [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n');
    },
  },
  {
    what: 'a removed first line',
    line: 1,
    problem: /missing/,
    change: (t) => t.slice(t.indexOf('\n') + 1),
  },
  {
    what: 'a copied line',
    line: 5,
    problem: /out of place/,
    change(t) {
      const lines = t.split('\n');
      return lines.toSpliced(3, 0, lines[1] ?? '').join('\n');
    },
  },
  {
    what: 'a damaged last line',
    line: 0,
    problem: /cannot be read/,
    change: (t) => t.replace(/"kind":"close"(?![\s\S]*"kind":"close")/, '"kind":"CLOSE"'),
  },
];

test.each(tampering)(
  '$what is found, with the first line that is wrong',
  async ({ line, problem, change }) => {
    const folder = await intactJournal();
    const [path = ''] = filesOf(folder);
    const before = readFileSync(path, 'utf8');
    edit(path, change);
    expect(readFileSync(path, 'utf8')).not.toBe(before);
    const { problems } = await verifyJournal(folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toMatch(problem);
    expect(basename(path)).toContain(problems[0]?.file);
    if (line > 0) expect(problems[0]?.line).toBe(line);
  },
);

test('a shortened file is found by the one that was begun after it', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder, { segmentBytes: 1_500 });
  for (let count = 0; count < 6; count += 1) journal.append(sampleEntry());
  await journal.sync();
  const [first = ''] = filesOf(folder);
  edit(first, (text) => text.slice(0, text.trimEnd().lastIndexOf('\n') + 1));
  const { problems } = await verifyJournal(folder);
  expect(problems).toMatchObject([{ problem: expect.stringContaining('begun after') }]);
});

test('a file that is gone is named, and is no problem by itself', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder, { segmentBytes: 1_500 });
  for (let count = 0; count < 6; count += 1) journal.append(sampleEntry());
  await journal.sync();
  const [first = ''] = filesOf(folder);
  rmSync(first);
  const { problems, missingFiles } = await verifyJournal(folder);
  expect(problems).toEqual([]);
  expect(missingFiles).toEqual([basename(first).split('.')[0]]);
});

test('what a failed write left is torn and no damage, at the end and in the middle', async () => {
  const folder = tempAccountFolder();
  const files = new FaultyFileSystem();
  const clock = new ManualClock();
  const { journal } = openJournal(folder, { files, clock });
  const [first, second] = [sampleEntry(), sampleEntry()];
  journal.append(first);
  files.room = 60;
  journal.append(second);
  expect(await verifyJournal(folder)).toMatchObject({ problems: [], tornLines: 1 });
  files.room = Number.POSITIVE_INFINITY;
  files.nextWriteLandsAndFails = true;
  for (let tries = 0; tries < 5; tries += 1) {
    clock.advance(6_000);
    await journal.recoverNow();
  }
  expect(journal.kind).toBe('disk');
  expect(await verifyJournal(folder)).toMatchObject({ problems: [], tornLines: 1 });
  expect([...(await allEntries(folder)).keys()]).toEqual([first.id, second.id]);
});

test('a line that lacks only its newline counts', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  journal.append(sampleEntry());
  await journal.close();
  edit(onlyFileOf(folder), (text) => text.trimEnd());
  expect(await verifyJournal(folder)).toMatchObject({ problems: [], tornLines: 0, lines: 3 });
  appendFileSync(onlyFileOf(folder), '\n\n\n');
  expect(await verifyJournal(folder)).toMatchObject({ problems: [], tornLines: 0, lines: 3 });
});
