import type { EntryPlace, FileJournal, RecoveredEntry } from '../../journal/journal';
import { readEntries } from '../../journal/read-entries';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { openMaintenanceJournal } from '../maintenance-journal';
import { counted } from '../words';

/** Closes what will never be sent. */
export const settleCommand: Command = {
  name: 'settle',
  synopsis: '--reason TEXT',
  summary: 'Closes what will never be sent (the competition is over), with a record',
  options: { reason: { type: 'string', value: 'TEXT', help: 'why; kept in the journal' } },

  async run(line, terminal) {
    const reason = line.text('reason')?.trim() ?? '';
    if (reason === '') return wrongUsage('expected --reason with a text: it is kept in the journal');
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder } = found;
    const places: EntryPlace[] = [];
    for await (const { entry, state, file, seq } of readEntries(folder)) {
      if (state === 'rejected' || state === 'invalid') places.push({ file: file.base, seq, id: entry.id });
    }
    let settled = 0;
    const closePending = (entries: readonly RecoveredEntry[]): void => {
      for (const { slot } of entries) {
        journal.closed(slot, { state: 'settled', reason });
        settled += 1;
      }
    };
    const journal: FileJournal = openMaintenanceJournal(found, closePending);
    await journal.recoverNow();
    for (const place of places) if (journal.settle(place, reason)) settled += 1;
    await journal.close();
    let left = 0;
    for await (const { state } of readEntries(folder)) {
      if (state === 'pending' || state === 'rejected' || state === 'invalid') left += 1;
    }
    if (line.flag('json')) {
      terminal.json({ folder, settled, left });
    } else {
      terminal.out(`Journal: ${folder}`);
      terminal.out(`${counted(settled, 'entry', 'entries')} settled: ${reason}`);
      if (left > 0)
        terminal.out(`${left} are still open: a process that runs holds them. Stop it and settle again`);
    }
    return done(left === 0 ? 0 : 1);
  },
};
