import { rmSync, utimesSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { archivedOf, filesOf, linesOf, onlyFileOf } from './journal-lines.js';
import { startProcess, startThread } from './journal-process.js';
import { ManualClock } from './manual-clock.js';
import { type OpenedJournal, openJournal } from './open-journal.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

/** Long enough for a busy machine; a test that works never takes it. */
const WAIT = { timeout: 10_000 };

const idsOf = ({ journal, recovered }: OpenedJournal): (string | undefined)[] =>
  recovered.map(({ slot }) => journal.read(slot)?.id);

const someEntries = (count: number) => Array.from({ length: count }, () => sampleEntry());

test('a process that lives on takes over what a killed one left, within ten seconds and unasked', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const survivor = openJournal(folder, { clock });
  const child = await startProcess(folder);
  const entries = someEntries(3);
  await child.ask('append', entries);
  await child.ask('sending', [entries[2]?.id]);
  await survivor.journal.recoverNow();
  expect(survivor.recovered).toEqual([]);
  expect(survivor.journal.liveProcesses()).toBe(2);

  await child.kill('SIGKILL');
  clock.advance(10_000);
  await vi.waitFor(() => expect(survivor.recovered).toHaveLength(3), WAIT);
  expect(survivor.recovered.map(({ slot }) => survivor.journal.read(slot))).toEqual(entries);
  expect(survivor.recovered.map(({ uncertain }) => uncertain)).toEqual([false, false, true]);
  expect(survivor.journal.liveProcesses()).toBe(1);
});

test('a stopped process is not robbed, however long it stands still', async () => {
  const folder = tempAccountFolder();
  const child = await startProcess(folder);
  const entries = someEntries(2);
  await child.ask('append', entries);
  child.process.kill('SIGSTOP');
  for (const file of filesOf(folder)) utimesSync(file, 1_000, 1_000);
  const other = openJournal(folder);
  await other.journal.recoverNow();
  await other.journal.recoverNow();
  expect(other.recovered).toEqual([]);
  expect(other.journal.liveProcesses()).toBe(2);
  child.process.kill('SIGCONT');
  await child.ask('accept', [entries[0]?.id]);
  await child.kill('SIGKILL');
  await other.journal.recoverNow();
  expect(idsOf(other)).toEqual([entries[1]?.id]);
});

test('what was written is there after process.exit in the same turn, outcomes included', async () => {
  const folder = tempAccountFolder();
  const child = await startProcess(folder);
  const entries = someEntries(200);
  const accepted = entries.slice(0, 150).map(({ id }) => id);
  child.tell('appendAndExit', entries, accepted);
  await child.ended;
  const next = openJournal(folder);
  await next.journal.recoverNow();
  expect(idsOf(next)).toEqual(entries.slice(150).map(({ id }) => id));
});

test('a journal keeps no process alive, and one that ends by itself leaves its entries at once', async () => {
  const folder = tempAccountFolder();
  const child = await startProcess(folder);
  const [entry] = someEntries(1);
  await child.ask('append', [entry]);
  child.tell('end');
  await child.ended;
  const next = openJournal(folder);
  await next.journal.recoverNow();
  expect(idsOf(next)).toEqual([entry?.id]);
});

test('threads of one process have files of their own, and a terminated one is taken over', async () => {
  const folder = tempAccountFolder();
  const here = openJournal(folder);
  const there = await startThread(folder);
  const [mine, theirs] = [someEntries(50), someEntries(50)];
  const answer = there.ask('append', theirs);
  for (const entry of mine) here.journal.append(entry);
  await answer;
  expect(filesOf(folder)).toHaveLength(2);
  await here.journal.recoverNow();
  expect(here.recovered).toEqual([]);
  expect(here.journal.liveProcesses()).toBe(2);
  await there.terminate();
  await here.journal.recoverNow();
  expect(idsOf(here)).toEqual(theirs.map(({ id }) => id));
});

test('when several look at once, each left entry goes to exactly one', async () => {
  const folder = tempAccountFolder();
  const left: string[] = [];
  for (let life = 0; life < 6; life += 1) {
    const { journal } = openJournal(folder, { segmentBytes: 1_000, onRecovered: undefined });
    for (const entry of someEntries(5)) {
      journal.append(entry);
      left.push(entry.id);
    }
    await journal.close();
  }
  const claimants = [openJournal(folder), openJournal(folder), openJournal(folder)];
  await Promise.all(claimants.map(({ journal }) => journal.recoverNow()));
  expect(claimants.flatMap(idsOf).sort()).toEqual(left.sort());
});

test('what a claimant took goes on to the next when the claimant dies too', async () => {
  const folder = tempAccountFolder();
  const first = await startProcess(folder);
  const entries = someEntries(2);
  await first.ask('append', entries);
  await first.kill('SIGKILL');
  const second = await startProcess(folder);
  expect(await second.ask('recover')).toEqual(entries.map(({ id }) => id));
  await second.kill('SIGKILL');
  const third = openJournal(folder);
  await third.journal.recoverNow();
  expect(third.recovered.map(({ slot }) => third.journal.read(slot))).toEqual(entries);
});

test('a socket that was swept away is made again, and its owner is not robbed meanwhile', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const owner = openJournal(folder, { clock });
  owner.journal.append(sampleEntry());
  const sockets = async (): Promise<string[]> =>
    (await readdir(folder)).filter((file) => file.endsWith('.sock'));
  for (const socket of await sockets()) rmSync(join(folder, socket));
  const other = openJournal(folder);
  await other.journal.recoverNow();
  expect(other.recovered).toEqual([]);
  clock.advance(2_000);
  expect(await sockets()).toHaveLength(2);
  for (const file of filesOf(folder)) utimesSync(file, 1_000, 1_000);
  await other.journal.recoverNow();
  expect(other.recovered).toEqual([]);
  expect(other.journal.liveProcesses()).toBe(2);
});

test('files that came without a socket, from a backup, are taken once they have been quiet for a minute', async () => {
  const folder = tempAccountFolder();
  const child = await startProcess(folder);
  const [entry] = someEntries(1);
  await child.ask('append', [entry]);
  await child.kill('SIGKILL');
  for (const file of await readdir(folder)) if (file.endsWith('.sock')) rmSync(join(folder, file));
  const next = openJournal(folder);
  await next.journal.recoverNow();
  expect(next.recovered).toEqual([]);
  const old = Date.now() / 1_000 - 61;
  utimesSync(onlyFileOf(folder), old, old);
  await next.journal.recoverNow();
  expect(idsOf(next)).toEqual([entry?.id]);
});

test('sockets of the dead are cleared away, files with nothing open are put away', async () => {
  const folder = tempAccountFolder();
  const child = await startProcess(folder);
  const [entry] = someEntries(1);
  await child.ask('append', [entry]);
  await child.ask('accept', [entry?.id]);
  await child.kill('SIGKILL');
  const next = openJournal(folder);
  await next.journal.recoverNow();
  await next.journal.recoverNow();
  expect(next.recovered).toEqual([]);
  expect((await readdir(folder)).filter((file) => file.endsWith('.sock'))).toHaveLength(1);
  expect(filesOf(folder)).toEqual([]);
  expect(archivedOf(folder)).toHaveLength(1);
});

test('a clock that was set, either way, hides and repeats nothing', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const first = openJournal(folder, { clock, segmentBytes: 1_000 });
  const entries = someEntries(9);
  for (const [index, entry] of entries.entries()) {
    clock.jump([0, 86_400_000 * 400, -86_400_000 * 900, 3_600_000][index % 4] ?? 0);
    first.journal.append(entry);
  }
  await first.journal.close();
  const second = openJournal(folder);
  await second.journal.recoverNow();
  expect(idsOf(second).sort()).toEqual(entries.map(({ id }) => id).sort());
});

test('what a look is interrupted in is left as it was', async () => {
  const folder = tempAccountFolder();
  const first = openJournal(folder, { onRecovered: undefined });
  const entries = someEntries(2_000);
  for (const entry of entries) first.journal.append(entry);
  await first.journal.close();
  const [file = ''] = filesOf(folder);
  const lines = linesOf(file).length;
  const second = openJournal(folder);
  const look = second.journal.recoverNow();
  await second.journal.close();
  await look;
  const third = openJournal(folder);
  await third.journal.recoverNow();
  expect(idsOf(third)).toEqual(entries.map(({ id }) => id));
  expect(linesOf(onlyFileOf(folder)).length).toBeLessThanOrEqual(lines + 4);
});
