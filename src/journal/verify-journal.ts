import { type JournalFile, type JournalRecord, listFiles, readLines } from './read-journal';
import { NO_HASH } from './records';

/** Something in the journal is not as it was written. */
export interface ChainProblem {
  readonly file: string;
  /** The first line that is wrong, counted from 1. */
  readonly line: number;
  readonly problem: string;
}

/** The end of one file's chain: whoever keeps the hash elsewhere can later prove all that stood before it. */
export interface ChainHead {
  readonly file: string;
  readonly seq: number;
  readonly hash: string;
}

export interface Verification {
  readonly files: number;
  readonly lines: number;
  /** One for each file that has any: the first. Empty: the journal is intact. */
  readonly problems: readonly ChainProblem[];
  /** Ends of writes that did not wholly reach the disk; what they held was written again or never promised. */
  readonly tornLines: number;
  /** Files that a later one names as its predecessor and that are gone: old ones are removed in time. */
  readonly missingFiles: readonly string[];
  readonly heads: readonly ChainHead[];
  /** Those of the asked heads that no line has. Its file may also have grown too old, and been removed. */
  readonly missingHeads: readonly string[];
}

const UNREADABLE = 'cannot be read: damaged or changed';
/** No write holds more records. */
const REWRITTEN_AT_MOST = 2_048;

interface Predecessor {
  readonly namedBy: string;
  readonly seq: number;
  readonly hash: string;
}

/**
 * Recomputes the chains of all files of an account. Whoever can write the files can also rebuild the chains,
 * so `noted`, heads noted earlier and elsewhere, are what proves that nothing before them was changed since: each of
 * them for its own file, and for the files of the same process before it.
 *
 * Rejects when the folder cannot be read.
 */
export async function verifyJournal(folder: string, noted: readonly string[] = []): Promise<Verification> {
  const files = listFiles(folder);
  const predecessors = new Map<string, Predecessor>();
  for (const file of files) {
    const named = await predecessorOf(folder, file);
    if (named !== undefined) predecessors.set(named.file, { namedBy: file.base, ...named });
  }
  const problems: ChainProblem[] = [];
  const heads: ChainHead[] = [];
  let lines = 0;
  let tornLines = 0;
  const missingHeads = new Set(noted);
  for (const file of files) {
    const predecessor = predecessors.get(file.base);
    predecessors.delete(file.base);
    const chain = new Chain(file.base, predecessor);
    for await (const { line, record, isUnfinished } of readLines(folder, file)) {
      lines += 1;
      chain.take(line, record, isUnfinished);
      if (record !== undefined) missingHeads.delete(record.hash);
    }
    chain.end();
    tornLines += chain.tornLines;
    if (chain.problem !== undefined) problems.push(chain.problem);
    if (chain.head !== undefined) heads.push(chain.head);
  }
  const missingFiles = [...predecessors.keys()];
  return {
    files: files.length,
    lines,
    problems,
    tornLines,
    missingFiles,
    heads,
    missingHeads: [...missingHeads],
  };
}

async function predecessorOf(folder: string, file: JournalFile) {
  for await (const { record } of readLines(folder, file)) {
    const previous = record?.kind === 'open' ? record.fields['previous'] : undefined;
    if (typeof previous !== 'object' || previous === null) return undefined;
    const named = 'file' in previous ? previous.file : undefined;
    const seq = 'seq' in previous ? previous.seq : undefined;
    const hash = 'hash' in previous ? previous.hash : undefined;
    if (typeof named !== 'string' || typeof seq !== 'number' || typeof hash !== 'string') return undefined;
    return { file: named, seq, hash };
  }
  return undefined;
}

/** One file's chain, line by line. */
class Chain {
  tornLines = 0;
  problem: ChainProblem | undefined;
  readonly #file: string;
  readonly #predecessor: Predecessor | undefined;
  #seq = -1;
  #hash = NO_HASH;
  #line = 0;
  /** Hashes of the last lines by number, for lines that were written again. */
  readonly #recent = new Map<number, string>([[-1, NO_HASH]]);
  /** Unreadable lines since the last whole one. */
  #unreadable = 0;
  #isUnfinished = false;
  #firstUnreadable = 0;
  #predecessorSeen = false;

  constructor(file: string, predecessor: Predecessor | undefined) {
    this.#file = file;
    this.#predecessor = predecessor;
  }

  get head(): ChainHead | undefined {
    return this.#seq < 0 ? undefined : { file: this.#file, seq: this.#seq, hash: this.#hash };
  }

  take(line: number, record: JournalRecord | undefined, isUnfinished: boolean): void {
    this.#isUnfinished = isUnfinished;
    if (record === undefined) {
      if (this.#unreadable === 0) this.#firstUnreadable = line;
      this.#unreadable += 1;
      return;
    }
    this.#follow(line, record);
    this.#unreadable = 0;
    this.#seq = record.seq;
    this.#hash = record.hash;
    this.#line = line;
    this.#recent.set(record.seq, record.hash);
    this.#recent.delete(record.seq - REWRITTEN_AT_MOST);
    const named = this.#predecessor;
    if (named?.seq === record.seq && named.hash === record.hash) this.#predecessorSeen = true;
  }

  end(): void {
    // A write that failed ends without a newline, or is followed by the next one.
    if (this.#unreadable > 0 && !this.#isUnfinished) this.#wrong(this.#firstUnreadable, UNREADABLE);
    this.tornLines += this.#unreadable;
    const named = this.#predecessor;
    if (named === undefined || this.#predecessorSeen) return;
    this.#wrong(this.#line, `line number ${named.seq} is not the one that ${named.namedBy} was begun after`);
  }

  #follow(line: number, record: JournalRecord): void {
    // After a failed write, the chain goes on from the last line that is known to have been written.
    if (record.prev === this.#recent.get(record.seq - 1)) {
      this.tornLines += this.#unreadable;
      for (let seq = record.seq + 1; seq <= this.#seq; seq += 1) this.#recent.delete(seq);
      return;
    }
    if (this.#unreadable > 0) this.#wrong(this.#firstUnreadable, UNREADABLE);
    else if (record.seq <= this.#seq) this.#wrong(line, 'is a copy of an earlier line, or was moved here');
    else if (record.seq > this.#seq + 1)
      this.#wrong(line, 'lines before this one are missing or out of place');
    else if (this.#seq < 0) this.#wrong(line, 'is not the first line of a file');
    else this.#wrong(this.#line, 'was changed after it was written');
  }

  #wrong(line: number, problem: string): void {
    this.problem ??= { file: this.#file, line, problem };
  }
}
