import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemClock } from '../../lib/clock';
import { VERSION } from '../../lib/version';
import { writeReport } from '../../report/write-report';
import { readPause } from '../account-summary';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { readOrders } from '../read-orders';
import { readPeriod } from '../read-time';
import { counted } from '../words';

const DEFAULT_ENTRIES = 10_000;
const MOST_ENTRIES = 100_000;

/** The operator's page, as one file. */
export const reportCommand: Command = {
  name: 'report',
  synopsis: '--html FILE [--orders FILE] [--since T] [--until T] [--limit N]',
  summary:
    'Writes a page that shows trades, coverage, deliveries and trouble over time; one file, no network',
  options: {
    html: { type: 'string', value: 'FILE', help: 'where to write the page; it holds prompts and answers' },
    orders: {
      type: 'string',
      value: 'FILE',
      help: "order ids or WEEX's own order list: shows orders without any log too",
    },
    since: { type: 'string', value: 'T', help: 'only decisions from this time on, as 2026-05-01T12:00:00Z' },
    until: { type: 'string', value: 'T', help: 'only decisions before this time' },
    limit: {
      type: 'string',
      value: 'N',
      help: `the most entries, the newest; default: ${DEFAULT_ENTRIES}, at most ${MOST_ENTRIES}`,
    },
  },

  async run(line, terminal) {
    const html = line.text('html');
    if (html === undefined || html === '') return wrongUsage('expected --html FILE: where to write the page');
    const path = resolve(html);
    const folderProblem = problemOfPlace(path);
    if (folderProblem !== undefined) return wrongUsage(folderProblem);
    const limit = line.text('limit') ?? String(DEFAULT_ENTRIES);
    if (!/^[1-9]\d{0,5}$/.test(limit) || Number(limit) > MOST_ENTRIES) {
      return wrongUsage(`expected --limit to be a number from 1 to ${MOST_ENTRIES}, got "${limit}"`);
    }
    const period = readPeriod(line);
    if (period.kind === 'wrong') return wrongUsage(period.problem);
    const orders = line.text('orders');
    const reading = orders === undefined ? undefined : readOrders(orders);
    if (reading?.kind === 'wrong') return wrongUsage(reading.problem);
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder, account } = found;
    terminal.progress(`reading ${folder} ...`);
    const facts = await writeReport(path, {
      folder,
      account,
      sinceMillis: period.sinceMillis,
      untilMillis: period.untilMillis,
      mostEntries: Number(limit),
      listed: reading?.orders,
      isPaused: readPause(folder) !== undefined,
      nowMillis: systemClock.wallMillis(),
      version: VERSION,
      progress: (entries) => terminal.progress(`${entries} entries read ...`),
    });
    const { total, shown } = facts;
    if (line.flag('json')) {
      terminal.json({ folder, path, total, shown, withContent: facts.withContent });
    } else {
      terminal.out(`Journal: ${folder}`);
      terminal.out(`Page:    ${path}`);
      terminal.out(
        shown < total ? `The newest ${shown} of ${total} entries.` : `${counted(total, 'entry', 'entries')}.`,
      );
    }
    return done(0);
  },
};

function problemOfPlace(path: string): string | undefined {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) return `expected a folder to write into: ${dirname(path)} is none`;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    ? `expected --html to name a file: ${path} is a folder`
    : undefined;
}
