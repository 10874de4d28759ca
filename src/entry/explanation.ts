import { beginning } from './cut-text';
import { isWellFormed } from './well-formed';

/** WEEX takes at most this many characters; counted as code points and as UTF-16 units, to be safe either way. */
export const MOST_EXPLANATION_CHARACTERS = 1_000;

/** Cleaning removes characters, so more than the limit is looked at; what is left of a longer text never matters. */
const WINDOW = 16_384;

const MAY_BE_UNWANTED = /[\p{Cc}\ufffd]/u;
/** Control characters but newline and tab, lone surrogates, and U+FFFD, which WEEX's own tool refuses. */
const EACH_UNWANTED = /(?![\n\t])[\p{Cc}\p{Cs}\ufffd]/gu;

const SENTENCE_END = /[.!?…]["')\]”’]*(?=\s)|[。！？]|\n/gu;
const ELLIPSIS = '…';

/**
 * The explanation as WEEX takes it: trimmed, well-formed, without control characters, at most 1,000 characters.
 *
 * A longer text ends with a whole sentence if one ends in the second half of what fits, else with a whole word, else
 * with a whole character; then comes an ellipsis, within the limit.
 */
export function cutExplanation(text: string): string {
  const clean = cleanBeginning(text);
  if (clean.length <= MOST_EXPLANATION_CHARACTERS) return clean;
  const room = clean.slice(0, MOST_EXPLANATION_CHARACTERS - ELLIPSIS.length - 1);
  const sentence = lastSentenceEnd(clean, room.length);
  if (sentence > 0) return `${room.slice(0, sentence).trimEnd()} ${ELLIPSIS}`;
  return `${room.slice(0, wordEnd(clean, room.length)).trimEnd()}${ELLIPSIS}`;
}

/** Whether WEEX gets less of the text than there is. */
export const isLongExplanation = (text: string): boolean =>
  text.length > MOST_EXPLANATION_CHARACTERS && cleanBeginning(text).length > MOST_EXPLANATION_CHARACTERS;

/** A factual sentence for an entry that says nothing about its reasons. */
export function derivedExplanation(stage: string, model: string, durationMillis: number): string {
  const duration = durationMillis > 0 ? ` in ${Math.round(durationMillis)} ms` : '';
  return cutExplanation(`${stage || 'A decision'} by ${model || 'an unnamed model'}${duration}.`);
}

function cleanBeginning(text: string): string {
  const trimmed = text.trim();
  const beginning = cleaned(trimmed.slice(0, WINDOW));
  const isEnough = trimmed.length <= WINDOW || beginning.length > MOST_EXPLANATION_CHARACTERS;
  return isEnough ? beginning : cleaned(trimmed);
}

function cleaned(text: string): string {
  if (isWellFormed(text) && !MAY_BE_UNWANTED.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(EACH_UNWANTED, '').trim();
}

function lastSentenceEnd(text: string, limit: number): number {
  let last = 0;
  // The lookahead sees one character beyond the limit, which decides whether a full stop there ends a sentence.
  for (const match of text.slice(0, limit + 1).matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    if (end <= limit) last = end;
  }
  return last >= limit / 2 ? last : 0;
}

function wordEnd(text: string, limit: number): number {
  const beforeSpace = /\s\S*$/u.exec(text.slice(0, limit + 1))?.index ?? 0;
  if (beforeSpace >= limit / 2) return beforeSpace;
  // No spaces: Chinese, Japanese, Thai, emoji, or one long token. Neither a word nor a character is parted.
  const word = lastBoundary(text, limit, 'word');
  if (word >= limit / 2) return word;
  const character = lastBoundary(text, limit, 'grapheme');
  return character > 0 ? character : beginning(text, limit).length;
}

function lastBoundary(text: string, limit: number, granularity: 'word' | 'grapheme'): number {
  let last = 0;
  const segments = new Intl.Segmenter('en', { granularity }).segment(text.slice(0, 2 * limit));
  for (const { index } of segments) {
    if (index > limit) break;
    last = index;
  }
  return last;
}
