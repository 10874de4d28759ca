import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ListedOrder, readOrderList } from '../../audit/order-list';
import { systemClock } from '../../lib/clock';
import { VERSION } from '../../lib/version';
import { writeReport } from '../../report/write-report';
import { readPause } from '../account-summary';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';

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
    const since = readTime(line.text('since'));
    const until = readTime(line.text('until'));
    if (since === 'wrong' || until === 'wrong') {
      return wrongUsage(
        'expected --since and --until to be times such as 2026-05-01 or 2026-05-01T12:00:00Z',
      );
    }
    const listed = readOrders(line.text('orders'));
    if (listed.kind === 'wrong') return wrongUsage(`--orders: ${listed.problem}`);
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder, account } = found;
    terminal.progress(`reading ${folder} ...`);
    const facts = await writeReport(path, {
      folder,
      account,
      sinceMillis: since,
      untilMillis: until,
      mostEntries: Number(limit),
      listed: listed.orders,
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
      terminal.out(shown < total ? `The newest ${shown} of ${total} entries.` : `${total} entries.`);
    }
    return done(0);
  },
};

type Orders =
  | { readonly kind: 'read'; readonly orders: readonly ListedOrder[] | undefined }
  | { readonly kind: 'wrong'; readonly problem: string };

function readOrders(path: string | undefined): Orders {
  if (path === undefined) return { kind: 'read', orders: undefined };
  try {
    return readOrderList(readFileSync(path, 'utf8'));
  } catch (error) {
    return { kind: 'wrong', problem: error instanceof Error ? error.message : String(error) };
  }
}

function problemOfPlace(path: string): string | undefined {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) return `expected a folder to write into: ${dirname(path)} is none`;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    ? `expected --html to name a file: ${path} is a folder`
    : undefined;
}

function readTime(text: string | undefined): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const millis = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? 'wrong' : millis;
}
