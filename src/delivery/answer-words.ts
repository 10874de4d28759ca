const LONGEST_WORDS = 300;
/** Tags are looked for in this much text only: an unclosed `<` makes the search quadratic. */
const LONGEST_MARKUP = 2_000;
/** Anything shorter appears in ordinary words, and would turn them into stars. */
const SHORTEST_SECRET = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals act on them, so they are what has to go
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Without our credentials. Before anything is cut: half a secret would not be found any more. */
function masked(text: string, secrets: readonly string[]): string {
  let words = text;
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) words = words.replaceAll(secret, '***');
  }
  return words;
}

/**
 * Words of the other side, fit for a log line, a terminal and the journal: one line, bounded, without
 * control characters, and without our credentials even when the answer repeats them.
 */
export function cleanWords(text: string, secrets: readonly string[], longest = LONGEST_WORDS): string {
  const start = masked(text, secrets).slice(0, longest * 4);
  const words = start.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  if (words.length <= longest) return words;
  // The first half of a pair alone is no character.
  return `${words.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The readable part of an answer that is not WEEX's JSON: a proxy's page or plain text. */
export function pageWords(body: string, secrets: readonly string[]): string {
  const page = masked(body, secrets);
  const start = Math.max(0, page.search(/<(?:title|body|h1)\b/i));
  const excerpt = page.slice(start, start + LONGEST_MARKUP);
  return cleanWords(excerpt.replace(/<[^>]*>/g, ' '), secrets, 120);
}
