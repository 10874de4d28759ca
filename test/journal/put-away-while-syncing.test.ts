import { expect, onTestFinished, test, vi } from 'vitest';
import { FaultyFileSystem } from './faulty-file-system.js';
import { archivedOf } from './journal-lines.js';
import { ManualClock } from './manual-clock.js';
import { openJournal } from './open-journal.js';
import { sampleEntry } from './sample-entry.js';
import { tempAccountFolder } from './temp-folder.js';

const SKIPPED = { state: 'skipped', reason: 'mode record' } as const;

/** The first sync ends at once, the second one when the test says so. */
class SlowSecondSync extends FaultyFileSystem {
  syncs = 0;
  release = (): void => undefined;

  override async datasync(fd: number): Promise<void> {
    this.syncs += 1;
    if (this.syncs === 2) {
      await new Promise<void>((resolve) => {
        this.release = resolve;
      });
    }
    await super.datasync(fd);
  }
}

test('a file that is put away while another one is synced was not taken from us', async () => {
  const folder = tempAccountFolder();
  const clock = new ManualClock();
  const files = new SlowSecondSync();
  const { journal, log } = openJournal(folder, { clock, files, segmentBytes: 2_000 });
  onTestFinished(() => files.release());
  for (let i = 0; i < 8; i += 1) journal.appendClosed(sampleEntry({}, 600), SKIPPED);
  clock.advance(50);
  await vi.waitFor(() => expect(files.syncs).toBe(2));
  clock.advance(6_000);
  await vi.waitFor(() => expect(archivedOf(folder)).toHaveLength(2));
  files.release();
  await vi.waitFor(() => expect(files.syncs).toBeGreaterThan(2));
  await journal.sync();
  expect(log.lines.filter((line) => line.includes('cannot be used'))).toEqual([]);
  expect(journal.kind).toBe('disk');
});
