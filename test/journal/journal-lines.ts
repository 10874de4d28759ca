import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the journal's files, oldest first; without the archive. */
export const filesOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.jsonl'))
        .sort()
        .map((file) => join(folder, file))
    : [];

export const archivedOf = (folder: string): string[] => filesOf(join(folder, 'archive'));

/** The only file there is. */
export function onlyFileOf(folder: string): string {
  const [file, ...others] = filesOf(folder);
  if (file === undefined || others.length > 0) throw new Error(`expected one file, got ${filesOf(folder)}`);
  return file;
}

/** Lines as text, without newlines. */
export const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Lines as any JSON reader sees them. */
export const recordsOf = (path: string): Record<string, unknown>[] =>
  linesOf(path).map((line) => JSON.parse(line));
