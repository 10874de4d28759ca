import { newEntryId } from '../../entry/entry-id';
import { type Change, MENDABLE, type Mendable, mendEntry } from '../../entry/mend';
import { WeexConfigError } from '../../errors';
import { type EntryHistory, readEntries } from '../../journal/read-entries';
import { systemClock } from '../../lib/clock';
import { holdProcess } from '../../lib/hold-process';
import { openPipeline, type PipelineLease } from '../../pipeline';
import type { EntryOutcome } from '../../pipeline/entry-outcome';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { tableLines } from '../words';

const ANSWER_MILLIS = 60_000;

interface Redriven {
  readonly id: string;
  /** The entry that was sent instead; `undefined` when none was. */
  readonly newId: string | undefined;
  readonly outcome: EntryOutcome['kind'] | 'impossible';
  readonly words: string;
  readonly changes: readonly Change[];
}

/** Sends what was set aside again. */
export const redriveCommand: Command = {
  name: 'redrive',
  synopsis: '[ID...] --reason TEXT [--set FIELD=VALUE]...',
  summary: 'Sends rejected or invalid entries again; input and output stay as they were',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why; kept in the journal' },
    set: {
      type: 'string',
      value: 'FIELD=VALUE',
      multiple: true,
      help: 'model, stage, explanation or orderId; the old and the new value are kept in the journal',
    },
  },
  maxArguments: Number.POSITIVE_INFINITY,

  async run(line, terminal) {
    const reason = line.text('reason')?.trim() ?? '';
    if (reason === '') return wrongUsage('expected --reason with a text: it is kept in the journal');
    const values = readChanges(line.texts('set'));
    if (typeof values === 'string') return wrongUsage(values);
    const ids = new Set(line.args);
    if (values.orderId !== undefined && ids.size !== 1) {
      return wrongUsage('an order belongs to one entry: give one ID with --set orderId=...');
    }
    const found = findJournal(line, terminal, 'send');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder, account } = found;
    const chosen = await choose(folder, ids);
    if (typeof chosen === 'string') return wrongUsage(chosen);
    const letProcessEnd = holdProcess();
    try {
      const lease = openPipeline({ account, journalDir: line.text('journal-dir'), mode: 'live' });
      const results = await Promise.all(chosen.map((old) => redrive(lease, old, values, reason)));
      await lease.release();
      const isDone = results.every(({ outcome }) => outcome === 'accepted');
      if (line.flag('json')) {
        terminal.json({ folder, accepted: isDone, entries: results });
      } else {
        terminal.out(`Journal: ${folder}`);
        if (results.length === 0) terminal.out('Nothing is rejected or invalid.');
        const rows = results.map(({ id, newId = '-', outcome, words }) => [id, newId, outcome, words]);
        if (rows.length > 0) {
          for (const row of tableLines([['entry', 'sent as', 'outcome', 'words'], ...rows]))
            terminal.out(row);
        }
      }
      return done(isDone ? 0 : 1);
    } catch (error) {
      if (error instanceof WeexConfigError) return wrongUsage(error.problems.join('; '));
      throw error;
    } finally {
      letProcessEnd();
    }
  },
};

function readChanges(texts: readonly string[]): Partial<Record<Mendable, string>> | string {
  const values: Partial<Record<Mendable, string>> = {};
  for (const text of texts) {
    const [name = '', ...rest] = text.split('=');
    const field = MENDABLE.find((known) => known === name);
    if (field === undefined || rest.length === 0) {
      return name === 'input' || name === 'output'
        ? `${name} cannot be edited: altered logs disqualify`
        : `expected --set to be ${MENDABLE.join('|')}=VALUE, got "${text}"`;
    }
    values[field] = rest.join('=');
  }
  return values;
}

async function choose(folder: string, ids: ReadonlySet<string>): Promise<readonly EntryHistory[] | string> {
  const chosen: EntryHistory[] = [];
  const unseen = new Set(ids);
  for await (const history of readEntries(folder)) {
    const { entry, state } = history;
    unseen.delete(entry.id);
    if (ids.size > 0 && !ids.has(entry.id)) continue;
    if (state === 'rejected' || state === 'invalid') chosen.push(history);
    else if (ids.size > 0)
      return `entry ${entry.id} is ${state}; only rejected or invalid ones are sent again`;
  }
  return unseen.size === 0 ? chosen : `there is no entry ${[...unseen].join(', ')}`;
}

async function redrive(
  { pipeline, journal }: PipelineLease,
  { entry: old, reason: words = '', file, seq }: EntryHistory,
  values: Partial<Record<Mendable, string>>,
  reason: string,
): Promise<Redriven> {
  const impossible = (problem: string): Redriven => ({
    id: old.id,
    newId: undefined,
    outcome: 'impossible',
    words: problem,
    changes: [],
  });
  if (words.startsWith('redact threw')) return impossible('its content was withheld and is not there');
  const mended = mendEntry(old, values);
  if (mended.kind === 'impossible') return impossible(mended.problem);
  const { changes } = mended;
  const { entryId, settled } = pipeline.resend({ ...mended.entry, id: newEntryId(systemClock) });
  // After the new entry, so that a crash in between leaves the old one open and never none.
  journal?.settle({ file: file.base, seq, id: old.id }, reason, { redrivenAs: entryId, changes });
  const outcome = await Promise.race([settled, answerTime()]);
  return { id: old.id, newId: entryId, outcome: outcome.kind, words: wordsOf(outcome), changes };
}

const answerTime = (): Promise<EntryOutcome> =>
  new Promise((resolve) => void systemClock.schedule(ANSWER_MILLIS, () => resolve({ kind: 'pending' })));

function wordsOf(outcome: EntryOutcome): string {
  switch (outcome.kind) {
    case 'accepted':
      return `${outcome.receipt.code} ${outcome.receipt.msg}`;
    case 'rejected':
      return `${outcome.rejection.weexCode ?? ''} ${outcome.rejection.reason}`.trim();
    case 'paused':
      return `${outcome.refusal.weexCode ?? ''} ${outcome.refusal.reason}`.trim();
    case 'invalid':
    case 'skipped':
      return outcome.reason;
    case 'pending':
      return 'no answer yet; it stays in the journal and the next process or drain sends it';
    case 'recorded':
      return 'kept and not sent';
    case 'lost':
      return 'neither disk nor memory took it';
  }
}
