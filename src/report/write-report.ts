import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { EntryHistory } from '../journal/read-entries';
import { readEntries } from '../journal/read-entries';
import { collectEntries, collectPauses, type ReportRange, recordKey } from './collect-report';
import { contentsThatFit, pageContent } from './page-contents';
import { dataBlock, PAGE_BEGIN, PAGE_END, PAGE_PROGRAM } from './page-html';
import type { ReportFacts } from './report-data';
import { groupTrades } from './trades';

export interface ReportOptions extends ReportRange {
  readonly folder: string;
  readonly account: string;
  readonly isPaused: boolean;
  readonly nowMillis: number;
  readonly version: string;
  /** How many entries have been read. */
  readonly progress: (entries: number) => void;
}

const ENTRIES_IN_BLOCK = 500;
const WRITE_CHARACTERS = 262_144;

/**
 * Writes the page beside `path` and then puts it in its place, so that nobody ever opens half of it. It holds
 * prompts and answers: only its owner can read it.
 *
 * The journal is read twice, so that the input and output of all entries need not be in memory at once.
 */
export async function writeReport(path: string, options: ReportOptions): Promise<ReportFacts> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    const facts = await writePage(new BufferedWriter(file), options);
    await file.close();
    await rename(temporary, path);
    return facts;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writePage(page: BufferedWriter, options: ReportOptions): Promise<ReportFacts> {
  const { folder, progress } = options;
  let read = 0;
  const counted = (): void => {
    read += 1;
    if (read % 10_000 === 0) progress(read);
  };
  const found = await collectEntries(folder, options, counted);
  const { entries, keys, sizes, traceIds, total } = found;
  const facts: ReportFacts = {
    account: options.account,
    folder,
    writtenAt: options.nowMillis,
    version: options.version,
    total,
    shown: entries.length,
    withContent: contentsThatFit(sizes),
    since: options.sinceMillis,
    until: options.untilMillis,
    pauses: await collectPauses(folder, options.isPaused),
  };
  await page.write(PAGE_BEGIN);
  await page.write(dataBlock('facts', facts));
  await page.write(dataBlock('trades', groupTrades(entries, traceIds)));
  for (let from = 0; from < entries.length; from += ENTRIES_IN_BLOCK) {
    await page.write(dataBlock(`entries-${from}`, entries.slice(from, from + ENTRIES_IN_BLOCK)));
  }
  // Before the contents, which are the most: the page is there while the browser reads on.
  await page.write(PAGE_PROGRAM);
  const first = entries.length - facts.withContent;
  const wanted = new Map(keys.slice(first).map((key, index) => [key, first + index]));
  for await (const history of wanted.size === 0 ? [] : readEntries(folder)) {
    counted();
    await writeContent(page, history, wanted);
  }
  await page.write(PAGE_END);
  await page.end();
  return facts;
}

async function writeContent(
  page: BufferedWriter,
  history: EntryHistory,
  wanted: Map<string, number>,
): Promise<void> {
  const key = recordKey(history.file.base, history.seq, history.entry.id);
  const number = wanted.get(key);
  if (number === undefined) return;
  wanted.delete(key);
  await page.write(dataBlock(`content-${number}`, pageContent(history)));
}

/** Few large writes instead of many small ones. */
class BufferedWriter {
  readonly #file: FileHandle;
  #text = '';

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= WRITE_CHARACTERS) await this.end();
  }

  async end(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    await this.#file.appendFile(text);
  }
}
