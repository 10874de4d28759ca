import { expect, onTestFinished, test } from 'vitest';
import { FaultyFileSystem } from './faulty-file-system.js';
import { ManualClock } from './manual-clock.js';
import { openJournal } from './open-journal.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

/** A disk whose syncs end when a test says so. */
class SlowDisk extends FaultyFileSystem {
  running = 0;
  most = 0;
  begun = 0;
  isFast = false;
  readonly #ends: (() => void)[] = [];

  override async datasync(): Promise<void> {
    if (this.isFast) return;
    this.begun += 1;
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    await new Promise<void>((resolve) => this.#ends.push(resolve));
    this.running -= 1;
  }

  override async syncFolder(): Promise<void> {}

  endOne(): void {
    this.#ends.shift()?.();
  }
}

/** Lets everything happen that waits for nothing but the event loop. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

function journalOn(files: SlowDisk) {
  const clock = new ManualClock();
  const { journal } = openJournal(tempAccountFolder(), { files, clock });
  onTestFinished(() => {
    files.isFast = true;
    for (let end = 0; end < 10; end += 1) files.endOne();
  });
  return { journal, clock };
}

test('a sync begins within 50 ms of a write, unasked, and only one runs at a time', async () => {
  const files = new SlowDisk();
  const { journal, clock } = journalOn(files);
  journal.append(sampleEntry());
  expect(files.begun).toBe(0);
  clock.advance(50);
  await turns();
  expect(files.begun).toBe(1);
  for (let more = 0; more < 5; more += 1) {
    journal.append(sampleEntry());
    clock.advance(1_000);
    await turns();
  }
  expect(files.begun).toBe(1);
  files.endOne();
  await turns();
  clock.advance(50);
  await turns();
  expect(files.begun).toBe(2);
  expect(files.most).toBe(1);
  files.endOne();
  await turns();
});

test('sync waits for a sync that began after it was asked for', async () => {
  const files = new SlowDisk();
  const { journal, clock } = journalOn(files);
  journal.append(sampleEntry());
  clock.advance(50);
  await turns();
  journal.append(sampleEntry());
  let isSafe = false;
  const asked = journal.sync().then(() => {
    isSafe = true;
  });
  files.endOne();
  await turns();
  expect(isSafe).toBe(false);
  expect(files.begun).toBe(2);
  files.endOne();
  await asked;
  expect(isSafe).toBe(true);
});

test('a disk that hangs does not hold up the end', async () => {
  const files = new SlowDisk();
  const { journal, clock } = journalOn(files);
  journal.append(sampleEntry());
  const closed = journal.close();
  await turns();
  expect(files.running).toBe(1);
  clock.advance(2_000);
  await closed;
});

test('with nothing new written, sync is done at once', async () => {
  const files = new SlowDisk();
  const { journal } = journalOn(files);
  await journal.sync();
  expect(files.begun).toBe(0);
});
