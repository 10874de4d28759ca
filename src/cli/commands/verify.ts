import { readBundle } from '../../evidence/read-bundle';
import { verifyJournal } from '../../journal/verify-journal';
import { type Command, done, wrongUsage } from '../command';
import { findJournal } from '../find-journal';
import { counted, tableLines } from '../words';

/** Whether the journal is as it was written. */
export const verifyCommand: Command = {
  name: 'verify',
  synopsis: '[--head HASH]... [--bundle FILE]',
  summary: 'Recomputes the hash chain of the journal, and compares it with what was noted earlier',
  options: {
    head: {
      type: 'string',
      value: 'HASH',
      multiple: true,
      help: 'a head noted earlier: is it still in the journal?',
    },
    bundle: {
      type: 'string',
      value: 'FILE',
      help: 'the JSON file of an evidence bundle: are all its heads still in the journal?',
    },
  },

  async run(line, terminal) {
    const typed = line.texts('head').map((head) => head.toLowerCase());
    if (typed.some((head) => !/^[0-9a-f]{64}$/.test(head))) {
      return wrongUsage('expected --head to be the 64 hexadecimal digits that verify printed');
    }
    const path = line.text('bundle');
    const bundle = path === undefined ? undefined : await readBundle(path);
    if (bundle?.kind === 'wrong') return wrongUsage(`--bundle ${path}: ${bundle.problem}`);
    const noted = [...typed, ...(bundle?.heads ?? [])];
    const found = findJournal(line, terminal, 'read');
    if (found.kind === 'wrong') return wrongUsage(found.problem);
    const { folder } = found;
    terminal.progress(`reading ${folder} ...`);
    const result = await verifyJournal(folder, noted);
    const isIntact = result.problems.length === 0 && result.missingHeads.length === 0;
    const newest = result.heads.at(-1);
    if (line.flag('json')) {
      terminal.json({
        folder,
        intact: isIntact,
        head: newest?.hash,
        bundleSha256: bundle?.sha256,
        ...result,
      });
      return done(isIntact ? 0 : 1);
    }
    terminal.out(`Journal: ${folder}`);
    terminal.out(`${counted(result.lines, 'line')} in ${counted(result.files, 'file')}`);
    for (const { file, line: number, problem } of result.problems) {
      terminal.out(`NOT INTACT: ${file}, line ${number}: ${problem}`);
    }
    if (result.tornLines > 0) {
      terminal.out(
        `${result.tornLines} torn lines, as a crash leaves them; what they held was written again`,
      );
    }
    if (result.missingFiles.length > 0) {
      terminal.out(`${result.missingFiles.length} older files are gone, as old ones go in time`);
    }
    if (bundle !== undefined) terminal.out(`SHA-256 of the bundle: ${bundle.sha256}`);
    for (const head of result.missingHeads) {
      terminal.out(`NOT INTACT: no line has the head ${head}${removed(result.missingFiles.length)}`);
    }
    if (noted.length > 0 && result.missingHeads.length === 0) {
      terminal.out(
        noted.length === 1
          ? 'The given head is in the journal.'
          : `All ${noted.length} heads are in the journal.`,
      );
    }
    terminal.out(isIntact ? 'Intact.' : 'Changed or damaged since it was written.');
    if (newest === undefined) return done(isIntact ? 0 : 1);
    terminal.out(`Head: ${newest.hash}`);
    if (result.heads.length > 1) {
      terminal.out('Heads of all files (keep them elsewhere to prove later what stands before them):');
      const rows = result.heads.map(({ file, seq, hash }) => [file, String(seq), hash]);
      for (const row of tableLines([['file', 'number', 'hash'], ...rows])) terminal.out(row);
    }
    return done(isIntact ? 0 : 1);
  },
};

const removed = (missingFiles: number): string =>
  missingFiles === 0 ? '' : ', or it was in one of the files that are gone';
