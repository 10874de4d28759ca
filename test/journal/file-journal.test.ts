import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFileJournal } from '../../src/journal/file-journal.js';
import { systemClock } from '../../src/lib/clock.js';
import { journalContract } from '../contracts/journal-contract.js';
import { archivedOf, filesOf, linesOf, onlyFileOf, recordsOf } from './journal-lines.js';
import { HeardLog, openJournal } from './open-journal.js';
import { receiptFor } from './receipt.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

const contractRoot = mkdtempSync(join(tmpdir(), 'weex-contract-'));
afterAll(() => rmSync(contractRoot, { recursive: true, force: true }));
let contractFolders = 0;

journalContract('the file journal', async () => {
  contractFolders += 1;
  return createFileJournal({
    folder: join(contractRoot, `account-${contractFolders}`),
    clock: systemClock,
    log: new HeardLog(),
    maxBytes: 2 ** 31,
    retentionDays: 180,
  });
});

test('an entry is in the file when append returns, as one line with its payload as it is', () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const payload = '{"stage":"s","input":{"orderId":596471064624628269, "price": 1.10},"output":{}}';
  journal.append(sampleEntry({ payload }));
  const lines = linesOf(onlyFileOf(folder));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`"payload":${payload}`);
});

test('a payload that spans lines is kept as text, so that a line stays a line', () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const payload = '{\n  "input": 1\n}';
  journal.append(sampleEntry({ payload }));
  const [, entry] = recordsOf(onlyFileOf(folder));
  expect(entry).toMatchObject({ kind: 'entry', payloadText: payload });
  expect(entry).not.toHaveProperty('payload');
});

test('every line has a kind, the next number, a time, and the SHA-256 of the line before it', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder, { about: { version: '1.2.3' } });
  const slot = journal.append(sampleEntry()) ?? -1;
  journal.link(slot, '42', 'nearest order');
  journal.sending(slot);
  journal.attempted(slot, {
    attempt: 1,
    atMillis: 5,
    durationMillis: 6,
    disposition: 'retry',
    httpStatus: 503,
    weexCode: undefined,
    reason: 'busy',
    uncertain: false,
  });
  journal.paused({ sinceMillis: 1, reason: 'key', weexCode: '40006' });
  journal.resumed(2);
  journal.appendClosed(sampleEntry(), { state: 'invalid', reason: 'no model' });
  journal.appendClosed(sampleEntry(), { state: 'skipped', reason: 'repeat' });
  journal.rejected(slot, { httpStatus: 400, weexCode: '40020', reason: 'wrong' });
  journal.note('self-check', { sampler: 'ratio' });
  await journal.sync();
  const file = onlyFileOf(folder);
  const lines = linesOf(file);
  const records = recordsOf(file);
  expect(records.map((record) => record['kind']).sort()).toEqual([
    'attempt',
    'entry',
    'invalid',
    'link',
    'note',
    'open',
    'paused',
    'rejected',
    'resumed',
    'sending',
    'skip',
  ]);
  let prev = '0'.repeat(64);
  for (const [index, record] of records.entries()) {
    expect(record).toMatchObject({ seq: index, prev });
    expect(Math.abs(Date.now() - Number(record['at']))).toBeLessThan(60_000);
    prev = createHash('sha256')
      .update(lines[index] ?? '')
      .digest('hex');
  }
  expect(records[0]).toMatchObject({ format: 1, about: { version: '1.2.3', pid: process.pid } });
});

test.skipIf(process.platform === 'win32')('folders are 700, files 600, and git sees nothing', () => {
  const folder = tempAccountFolder('deep/er/account');
  const { journal } = openJournal(folder);
  journal.append(sampleEntry());
  for (const path of [folder, dirname(folder), join(folder, 'archive')]) {
    expect(statSync(path).mode & 0o777).toBe(0o700);
  }
  for (const path of [...filesOf(folder), join(folder, '.gitignore')]) {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  }
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
});

test('entries that were left come back after a restart: exact, oldest first, with all that is known', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  const entries = [
    sampleEntry({ startedMillis: 7, endedMillis: 9, orderId: '123' }),
    sampleEntry({ noOrder: true, symbol: 'ETH "x"', fullExplanation: 'long' }),
    sampleEntry({ clientOrderId: 'my "order" \\', noOrder: true }),
    sampleEntry({ payload: '{"text":",\\"payload\\":1","payload":2}' }),
    sampleEntry({ payload: '{\n}' }),
  ];
  const slots = entries.map((entry) => first.journal.append(entry) ?? -1);
  first.journal.link(slots[1] ?? -1, '9223372036854775807', 'test');
  first.journal.sending(slots[2] ?? -1);
  first.journal.sending(slots[3] ?? -1);
  first.journal.attempted(slots[3] ?? -1, {
    attempt: 1,
    atMillis: 1,
    durationMillis: 1,
    disposition: 'retry',
    httpStatus: undefined,
    weexCode: undefined,
    reason: 'ECONNREFUSED',
    uncertain: false,
  });
  await first.journal.close();

  const { journal, recovered } = openJournal(folder);
  await journal.recoverNow();
  expect(recovered.map(({ slot }) => journal.read(slot))).toEqual([
    entries[0],
    { ...entries[1], orderId: '9223372036854775807' },
    ...entries.slice(2),
  ]);
  expect(recovered).toMatchObject([
    { startedMillis: 7, endedMillis: 9, linked: true, attempts: 0, uncertain: false },
    { linked: true, noOrder: true, clientOrderId: false },
    { linked: false, noOrder: true, clientOrderId: true, attempts: 1, uncertain: true },
    { attempts: 1, uncertain: false },
    { attempts: 0, uncertain: false },
  ]);
  for (const { leftMillis } of recovered) expect(Math.abs(Date.now() - leftMillis)).toBeLessThan(60_000);
});

test('what is accepted, rejected or closed never comes back, not even after two restarts', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  const keep = sampleEntry();
  const ended = [sampleEntry(), sampleEntry(), sampleEntry(), sampleEntry()];
  const [accepted = -1, rejected = -1, skipped = -1, settled = -1] = ended.map(
    (e) => first.journal.append(e) ?? -1,
  );
  first.journal.append(keep);
  first.journal.accepted(accepted, receiptFor(ended[0]?.id ?? ''));
  first.journal.rejected(rejected, { httpStatus: 400, weexCode: '1', reason: 'r' });
  first.journal.closed(skipped, { state: 'skipped', reason: 'covered' });
  first.journal.closed(settled, { state: 'settled', reason: 'over' });
  await first.journal.close();

  const second = openJournal(folder);
  await second.journal.recoverNow();
  expect(second.recovered.map(({ slot }) => second.journal.read(slot))).toEqual([keep]);
  second.journal.accepted(second.recovered[0]?.slot ?? -1, receiptFor(keep.id));
  await second.journal.close();

  const third = openJournal(folder);
  await third.journal.recoverNow();
  expect(third.recovered).toEqual([]);
});

test('a taken-over file goes on in its own chain, with a claim', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  first.journal.append(sampleEntry());
  await first.journal.close();
  const second = openJournal(folder);
  await second.journal.recoverNow();
  await second.journal.sync();
  const records = recordsOf(onlyFileOf(folder));
  expect(records.map((record) => record['kind'])).toEqual(['open', 'entry', 'close', 'claim']);
  expect(records.at(-1)).toMatchObject({ seq: 3 });
});

test('many left entries come in slices, the first long before the last', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder, { segmentBytes: 64 * 1024 });
  for (let index = 0; index < 2_600; index += 1) first.journal.append(sampleEntry({ startedMillis: index }));
  await first.journal.close();
  const second = openJournal(folder);
  await second.journal.recoverNow();
  expect(second.slices.length).toBeGreaterThan(5);
  expect(Math.max(...second.slices)).toBeLessThanOrEqual(500);
  expect(second.recovered.map(({ startedMillis }) => startedMillis)).toEqual(
    Array.from({ length: 2_600 }, (_, index) => index),
  );
});

test('nothing is handed over before the journal is in the hands of its owner', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  first.journal.append(sampleEntry());
  await first.journal.close();
  const second = openJournal(folder);
  expect(second.recovered).toEqual([]);
  await second.journal.recoverNow();
  expect(second.recovered).toHaveLength(1);
});

test('a journal that nobody takes recovered entries from leaves them to others', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder);
  first.journal.append(sampleEntry());
  await first.journal.close();
  const reader = openJournal(folder, { onRecovered: undefined });
  await reader.journal.recoverNow();
  const second = openJournal(folder);
  await second.journal.recoverNow();
  expect(second.recovered).toHaveLength(1);
});

test('files change at their size, name their predecessor, and go to the archive when nothing in them is open', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder, { segmentBytes: 10_000 });
  const entries = Array.from({ length: 30 }, () => sampleEntry({}, 1_000));
  const slots = entries.map((entry) => journal.append(entry) ?? -1);
  const before = filesOf(folder);
  expect(before.length).toBeGreaterThanOrEqual(3);
  const lastOfFirst = linesOf(before[0] ?? '').at(-1) ?? '';
  const [open] = recordsOf(before[1] ?? '');
  expect(open?.['previous']).toEqual({
    file: /([^/]+)\.[^.]+\.jsonl$/.exec(before[0] ?? '')?.[1],
    seq: JSON.parse(lastOfFirst).seq,
    hash: createHash('sha256').update(lastOfFirst).digest('hex'),
  });
  for (const [index, slot] of slots.entries()) {
    if (index < 29) journal.accepted(slot, receiptFor(entries[index]?.id ?? ''));
  }
  await journal.sync();
  expect(filesOf(folder)).toHaveLength(1);
  expect(archivedOf(folder)).toHaveLength(before.length - 1);
  expect(journal.read(slots[29] ?? -1)).toEqual(entries[29]);
});

test('a process that wrote nothing leaves nothing', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  await journal.close();
  expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'archive']);
});

test('facts tell bytes, open entries and trouble', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  journal.append(sampleEntry({}, 5_000));
  const facts = journal.facts();
  expect(facts).toMatchObject({ folder, trouble: undefined, open: 1, inMemory: 0, lost: 0, damagedLines: 0 });
  expect(facts.bytes).toBe(statSync(onlyFileOf(folder)).size);
});

test('listeners that throw and facts that are no JSON stop nothing', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder, { segmentBytes: 64 * 1024 });
  for (let count = 0; count < 1_200; count += 1) first.journal.append(sampleEntry());
  await first.journal.close();
  let slices = 0;
  const { journal, log } = openJournal(folder, {
    about: { big: 1n, version: '1' },
    onRecovered() {
      slices += 1;
      throw new Error('mine');
    },
  });
  await journal.recoverNow();
  expect(slices).toBeGreaterThan(2);
  expect(log.lines).toContain(`error journal ${folder}: a listener failed: mine`);
  journal.note('odd', { big: 1n });
  expect(journal.append(sampleEntry())).toBeDefined();
  expect(journal.kind).toBe('disk');
});

test('outcomes are on disk before the next turn when they are few, and soon after when they are many', async () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const entries = Array.from({ length: 5 }, () => sampleEntry());
  const slots = entries.map((entry) => journal.append(entry) ?? -1);
  const kinds = (): unknown[] => recordsOf(onlyFileOf(folder)).map(({ kind }) => kind);
  journal.sending(slots[0] ?? -1);
  expect(kinds().at(-1)).toBe('sending');
  for (const [index, slot] of slots.entries()) journal.accepted(slot, receiptFor(entries[index]?.id ?? ''));
  expect(kinds().filter((kind) => kind === 'accepted')).toHaveLength(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(kinds().filter((kind) => kind === 'accepted')).toHaveLength(5);
});

test('that an attempt begins is on disk when the call returns, each one, for its request may leave at once', () => {
  const folder = tempAccountFolder();
  const { journal } = openJournal(folder);
  const slots = Array.from({ length: 4 }, () => journal.append(sampleEntry()) ?? -1);
  for (const slot of slots) {
    journal.sending(slot);
    expect(recordsOf(onlyFileOf(folder)).at(-1)).toMatchObject({ kind: 'sending' });
  }
  expect(recordsOf(onlyFileOf(folder)).filter(({ kind }) => kind === 'sending')).toHaveLength(4);
});
