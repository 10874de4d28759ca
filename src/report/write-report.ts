import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { createOrderAudit } from '../audit/order-audit';
import type { ListedOrder } from '../audit/order-list';
import { lateOrderOf } from '../audit/read-audit';
import { type EntryHistory, readEntries } from '../journal/read-entries';
import type { JournalRecord } from '../journal/read-journal';
import { coverageOf } from './coverage';
import { EntryCollection, type ReportRange, recordKey } from './entry-collection';
import { contentsThatFit, pageContent } from './page-contents';
import { dataBlock, PAGE_BEGIN, PAGE_END, PAGE_PROGRAM } from './page-html';
import { PauseHistory } from './pause-history';
import type { ReportFacts } from './report-data';
import { tradesOf } from './trades';

export interface ReportOptions extends ReportRange {
  readonly folder: string;
  readonly account: string;
  readonly isPaused: boolean;
  /** The exchange's own list of orders. */
  readonly listed: readonly ListedOrder[] | undefined;
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
  const { folder } = options;
  const count = counter(options.progress);
  const collection = new EntryCollection(options);
  const pauses = new PauseHistory();
  const audit = createOrderAudit(options);
  const onOther = (record: JournalRecord): void => {
    pauses.take(record);
    const late = lateOrderOf(record);
    if (late !== undefined) audit.takeLateOrder(late);
  };
  for await (const history of readEntries(folder, onOther)) {
    count();
    collection.take(history, audit.take(history));
  }
  const result = audit.finish(options.nowMillis);
  const listed = collection.finish();
  const facts: ReportFacts = {
    account: options.account,
    folder,
    writtenAt: options.nowMillis,
    version: options.version,
    total: collection.total,
    shown: listed.length,
    withContent: contentsThatFit(listed.map(({ size }) => size)),
    since: options.sinceMillis,
    until: options.untilMillis,
    pauses: pauses.finish(options.isPaused),
    coverage: coverageOf(result, options.listed !== undefined),
  };
  await page.write(PAGE_BEGIN);
  await page.write(dataBlock('facts', facts));
  await page.write(dataBlock('trades', tradesOf(listed, result.orders)));
  for (let from = 0; from < listed.length; from += ENTRIES_IN_BLOCK) {
    const block = listed.slice(from, from + ENTRIES_IN_BLOCK).map(({ entry }) => entry);
    await page.write(dataBlock(`entries-${from}`, block));
  }
  // Before the contents, which are the most: the page is there while the browser reads on.
  await page.write(PAGE_PROGRAM);
  const first = listed.length - facts.withContent;
  const wanted = new Map(listed.slice(first).map(({ key }, index) => [key, first + index]));
  for await (const history of wanted.size === 0 ? [] : readEntries(folder)) {
    count();
    await writeContent(page, history, wanted);
  }
  await page.write(PAGE_END);
  await page.end();
  return facts;
}

function counter(progress: (entries: number) => void): () => void {
  let read = 0;
  return () => {
    read += 1;
    if (read % 10_000 === 0) progress(read);
  };
}

async function writeContent(
  page: BufferedWriter,
  history: EntryHistory,
  wanted: Map<string, number>,
): Promise<void> {
  const key = recordKey(history);
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
