import { beginning } from '../entry/cut-text';
import type { EntryHistory } from '../journal/read-entries';
import { contentOf } from './payload-content';
import type { CutText, ReportContent } from './report-data';

/** What of one input or output a page shows: enough to judge a decision by. The journal has the whole. */
const MOST_TEXT = 4_000;
/** Input and output of all entries together, so that a browser can hold the page. */
const MOST_CHARACTERS = 48_000_000;
const MOST_TRIES = 50;

/** How many of the newest entries keep input and output on the page. */
export function contentsThatFit(sizes: readonly number[]): number {
  let characters = 0;
  let fitting = 0;
  for (const size of sizes.toReversed()) {
    characters += Math.min(size, 2 * MOST_TEXT);
    if (characters > MOST_CHARACTERS) break;
    fitting += 1;
  }
  return fitting;
}

export function pageContent({
  entry,
  receipt,
  attempts,
  linkReason,
  file,
  seq,
}: EntryHistory): ReportContent {
  const { input, output } = contentOf(entry.payload);
  return {
    input: cut(input),
    output: cut(output),
    explanation: entry.fullExplanation === undefined ? undefined : cut(entry.fullExplanation),
    tries: attempts.slice(-MOST_TRIES),
    receipt:
      receipt === undefined
        ? undefined
        : { code: receipt.code, msg: beginning(receipt.msg, 300), requestTime: receipt.requestTime },
    traceId: entry.origin?.traceId,
    spanId: entry.origin?.spanId,
    linked: linkReason,
    file: file.base,
    seq,
  };
}

function cut(text: string): CutText {
  const kept = beginning(text, MOST_TEXT);
  return { text: kept, cut: text.length - kept.length };
}
