import { readProcessEnv } from '../config/process-env';
import { createFileJournal } from '../journal/file-journal';
import type { FileJournal, RecoveredEntry } from '../journal/journal';
import { systemClock } from '../lib/clock';
import { createProcessLog } from '../lib/log';
import { VERSION } from '../lib/version';
import type { FoundJournal } from './find-journal';

type Found = Extract<FoundJournal, { kind: 'found' }>;

/** The account's journal, to write into without sending anything. With `onRecovered` it takes over what dead
 * processes left. */
export function openMaintenanceJournal(
  { folder, settings }: Pick<Found, 'folder' | 'settings'>,
  onRecovered?: (entries: readonly RecoveredEntry[]) => void,
): FileJournal {
  return createFileJournal({
    folder,
    clock: systemClock,
    log: createProcessLog(readProcessEnv()),
    maxBytes: settings.journalMaxBytes,
    retentionDays: settings.retentionDays,
    about: { version: VERSION, node: process.version, command: 'weex-ai-log' },
    onRecovered,
  });
}
