import { plainLine } from '../lib/plain-line';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `45 s`, `12 min`, `3 h`, `2 days`: enough to decide whether to worry. */
export function roughly(millis: number): string {
  if (millis < 2 * MINUTE) return `${Math.round(Math.max(millis, 0) / SECOND)} s`;
  if (millis < 2 * HOUR) return `${Math.round(millis / MINUTE)} min`;
  return millis < 2 * DAY ? `${Math.round(millis / HOUR)} h` : `${Math.round(millis / DAY)} days`;
}

/** `1 log`, `2 logs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Why WEEX refuses the account, with its code: what the README's table of symptoms begins with. */
export const whyPaused = ({
  weexCode,
  reason,
}: {
  readonly weexCode?: string | undefined;
  readonly reason: string;
}): string => (weexCode === undefined ? reason : `${weexCode} ${reason}`);

export const timeOf = (millis: number): string => new Date(millis).toISOString();

/** Rows as aligned columns; the first row is the heading. Texts become single lines. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const plain = rows.map((row) => row.map((cell) => plainLine(cell, 300)));
  const widths = (plain[0] ?? []).map((_, column) =>
    Math.max(...plain.map((row) => row[column]?.length ?? 0)),
  );
  return plain.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
