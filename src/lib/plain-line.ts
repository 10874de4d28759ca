const ESC = '\\u001b';

/** Terminal commands, whole: colours and cursor (CSI), titles and links (OSC) that end, and the short ones. */
const TERMINAL_COMMANDS = new RegExp(
  [
    `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `(?:${ESC}\\]|\\u009d)[^\\u0007${ESC}\\u009c\\u009d]*(?:\\u0007|${ESC}\\\\|\\u009c)`,
    `${ESC}[ -/]*[0-Z\\\\^-~]`,
  ].join('|'),
  'g',
);

/** Line and paragraph ends and tabs: a space stands for each run of them. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Control characters, invisible formatting (with every bidi control), halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Text from anywhere as one harmless line for a terminal or a log, of at most `maxLength` UTF-16 units.
 * A cut is marked with `…` and never falls inside a surrogate pair.
 */
export function plainLine(text: string, maxLength: number): string {
  // What is looked at is bounded too: commands and invisible characters may be most of a text.
  const head = text.length > maxLength * 8 ? text.slice(0, maxLength * 8) : text;
  const line = head.replace(TERMINAL_COMMANDS, '').replace(BREAKS, ' ').replace(INVISIBLE, '');
  if (line.length <= maxLength && head.length === text.length) return line;
  return `${line.slice(0, Math.max(maxLength - 1, 0)).replace(/[\ud800-\udbff]$/, '')}…`;
}
