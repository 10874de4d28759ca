// @ts-check

/**
 * Lines up cells in columns, under a header. Widths count code points, which is right for what the examples
 * print.
 *
 * @param {readonly string[]} header
 * @param {ReadonlyArray<readonly string[]>} rows
 */
export function table(header, rows) {
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => [...(row[column] ?? '')].length), title.length),
  );
  /** @param {readonly string[]} row */
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
