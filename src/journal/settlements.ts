import type { FileSystem } from './file-system';
import { LineReader, readLineHead } from './line-head';
import { lineChunks } from './line-stream';

const OF = Buffer.from(',"of":"');
const QUOTE = 34;
const LONGEST_OF = 80;

/** An entry of another file: the file's base name and the entry's number there. */
export const settlementFields = (file: string, seq: number): string => `,"of":"${file}:${seq}"`;

/** Which entries of which files were settled by records in `paths`: numbers by base name. */
export async function readSettlements(
  files: FileSystem,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const found = new Map<string, Set<number>>();
  const line = (bytes: Buffer, from: number, end: number): void => {
    const head = readLineHead(bytes, from, end);
    if (head?.kind !== 'settled') return;
    const reader = new LineReader(bytes, head.fieldsFrom, end);
    if (!reader.skip(OF)) return;
    const quote = bytes.indexOf(QUOTE, reader.position);
    const [file, seq] = reader.latin1(Math.min(Math.max(quote - reader.position, 0), LONGEST_OF)).split(':');
    if (file === undefined || seq === undefined) return;
    const seqs = found.get(file);
    if (seqs === undefined) found.set(file, new Set([Number(seq)]));
    else seqs.add(Number(seq));
  };
  for (const path of paths) {
    try {
      const fd = files.openExisting(path);
      try {
        for await (const { bytes, bounds } of lineChunks(files, fd)) {
          for (let at = 0; at < bounds.length; at += 2) line(bytes, bounds[at] ?? 0, bounds[at + 1] ?? 0);
        }
      } finally {
        files.close(fd);
      }
    } catch {
      // Another process put it away meanwhile; the next pass finds it there.
    }
  }
  return found;
}
