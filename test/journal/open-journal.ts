import { onTestFinished } from 'vitest';
import { createFileJournal, type FileJournalOptions } from '../../src/journal/file-journal.js';
import type { FileJournal, RecoveredEntry } from '../../src/journal/journal.js';
import { systemClock } from '../../src/lib/clock.js';
import type { Log } from '../../src/lib/log.js';

/** Keeps what was said, for tests to look at. */
export class HeardLog implements Log {
  readonly lines: string[] = [];
  info(text: string): void {
    this.lines.push(`info ${text}`);
  }
  warn(text: string): void {
    this.lines.push(`warn ${text}`);
  }
  error(text: string): void {
    this.lines.push(`error ${text}`);
  }
}

export interface OpenedJournal {
  readonly journal: FileJournal;
  readonly log: HeardLog;
  readonly recovered: RecoveredEntry[];
  /** How many entries came with each call. */
  readonly slices: number[];
}

/** A file journal on a folder, closed when the test ends. */
export function openJournal(folder: string, options: Partial<FileJournalOptions> = {}): OpenedJournal {
  const log = new HeardLog();
  const recovered: RecoveredEntry[] = [];
  const slices: number[] = [];
  const journal = createFileJournal({
    folder,
    clock: systemClock,
    log,
    maxBytes: 2 ** 31,
    retentionDays: 180,
    onRecovered(entries) {
      recovered.push(...entries);
      slices.push(entries.length);
    },
    ...options,
  });
  onTestFinished(() => journal.close());
  return { journal, log, recovered, slices };
}
