import { readEntries } from '../../journal/read-entries';
import { systemClock } from '../../lib/clock';
import { type AccountSummary, summarize } from '../account-summary';
import { type Command, done, wrongUsage } from '../command';
import { type FoundJournal, findJournal } from '../find-journal';
import { openMaintenanceJournal } from '../maintenance-journal';
import type { Terminal } from '../terminal';
import { roughly, tableLines, timeOf, whyPaused } from '../words';

const MOST_SHOWN = 50;

/** How the account stands. */
export const statusCommand: Command = {
  name: 'status',
  synopsis: '[--dismiss ID]',
  summary: 'Shows entries by state, what WEEX rejected and why, and whether the account is paused',
  options: {
    dismiss: {
      type: 'string',
      value: 'ID',
      help: 'settle this rejected or invalid entry: nobody need look at it',
    },
  },

  async run(line, terminal) {
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const dismissed = line.text('dismiss');
    if (dismissed !== undefined) {
      const problem = await dismiss(found, dismissed);
      if (problem !== undefined) return wrongUsage(problem);
    }
    const { folder } = found;
    terminal.progress(`reading ${folder} ...`);
    const summary = await summarize(folder, (entries) => terminal.progress(`${entries} entries read ...`));
    const { counts, paused } = summary;
    const isWell = counts.rejected === 0 && counts.invalid === 0 && paused === undefined;
    if (line.flag('json')) {
      terminal.json({ folder, well: isWell, dismissed, ...summary });
    } else {
      terminal.out(`Journal: ${folder}`);
      if (dismissed !== undefined) terminal.out(`Dismissed: ${dismissed}`);
      print(summary, terminal);
    }
    return done(isWell ? 0 : 1);
  },
};

function print(summary: AccountSummary, terminal: Terminal): void {
  const { counts, oldestPendingMillis, lastReceiptMillis, paused, matters, possibleDuplicates } = summary;
  const now = systemClock.wallMillis();
  const remarks: Readonly<Partial<Record<keyof typeof counts, string>>> = {
    pending:
      oldestPendingMillis === undefined
        ? ''
        : `the oldest was decided ${roughly(now - oldestPendingMillis)} ago`,
    delivered: [
      lastReceiptMillis === undefined ? '' : `last receipt ${timeOf(lastReceiptMillis)}`,
      possibleDuplicates === 0 ? '' : `${possibleDuplicates} possibly twice`,
    ]
      .filter((part) => part !== '')
      .join(', '),
    skipped: counts.skipped === 0 ? '' : 'by a rule or by mode record; never sent',
  };
  const rows = Object.entries(counts).map(([state, count]) => [
    state,
    String(count),
    Object.entries(remarks).find(([name]) => name === state)?.[1] ?? '',
  ]);
  for (const row of tableLines(rows)) terminal.out(row);
  if (paused !== undefined) {
    terminal.out(`PAUSED since ${timeOf(paused.sinceMillis)}: ${whyPaused(paused)}`);
  }
  if (matters.length === 0) return;
  terminal.out(
    'Set aside; mend and send again with `redrive`, or close with `settle` or `status --dismiss ID`:',
  );
  const shown = matters.slice(-MOST_SHOWN);
  const list = shown.map((matter) => [
    matter.id,
    matter.state,
    timeOf(matter.endedMillis),
    matter.stage,
    matter.orderId ?? '-',
    [matter.weexCode, matter.reason].filter((part) => part !== undefined).join(' '),
  ]);
  for (const row of tableLines([['entry', 'state', 'decided', 'stage', 'order', 'words'], ...list])) {
    terminal.out(row);
  }
  if (matters.length > shown.length) {
    terminal.out(`  ... and ${matters.length - shown.length} older ones: --json lists them`);
  }
}

/** What is wrong with dismissing it; `undefined` when it is done. */
async function dismiss(
  found: Extract<FoundJournal, { kind: 'found' }>,
  id: string,
): Promise<string | undefined> {
  for await (const { entry, state, file, seq } of readEntries(found.folder)) {
    if (entry.id !== id) continue;
    if (state !== 'rejected' && state !== 'invalid') {
      return `entry ${id} is ${state}; only a rejected or invalid one can be dismissed`;
    }
    const journal = openMaintenanceJournal(found);
    const isDone = journal.settle({ file: file.base, seq, id }, 'dismissed');
    await journal.close();
    return isDone ? undefined : 'the journal could not be written';
  }
  return `there is no entry ${id}`;
}
