import { beginning } from '../entry/cut-text';
import type { Story, StoryAttempt } from './bundle';
import { type Html, html } from './escape-html';
import { anchorOf, chip } from './page-parts';

const MOST_TEXT = 65_536;

/** One log: what was decided, what became of it, and the hashes of both. */
export function storyPart(story: Story): string {
  const { body, answer, attempts } = story;
  return html`<article class="card" id="${anchorOf(story.id)}">
<h3>${story.stage} ${stateChip(story)} <span class="meta">${story.symbol}</span></h3>
<p class="meta">entry ${story.id}; model ${story.model}</p>
${explanationOf(story)}
<dl class="facts">
${fact('Order id in the text', story.orderId ?? 'none')}
${story.linkReason !== undefined && fact('Linked because', story.linkReason)}
${fact('Decided', story.decided)}
${fact('From decision to receipt', story.millisToReceipt === undefined ? '-' : `${(story.millisToReceipt / 1_000).toFixed(3)} s`)}
${answer !== undefined && fact('Answer of WEEX', `${answer.code} ${answer.msg}`)}
${answer?.weexTime !== undefined && fact('Clock of WEEX at the answer', answer.weexTime)}
${fact('Attempts', String(answer?.attempts ?? attempts.length))}
${fact(`SHA-256 of the text (${body.bytes} bytes)`, body.sha256)}
${body.cut !== undefined && fact(`SHA-256 of the text as cut after HTTP 413 (${body.cut.bytes} bytes)`, body.cut.sha256)}
</dl>
<ol class="events">
${eventsOf(story).map(({ at, words }) => html`<li><time>${at}</time> ${words}</li>\n`)}
</ol>
${bodyPart(story)}
<details><summary>Lines of the journal (${story.records.length}) and their hashes</summary>
${story.records.map(({ kind, file, seq, sha256 }) => html`<p class="meta">${kind}, ${file} number ${seq}: <code>${sha256}</code></p>\n`)}
</details>
</article>
`.text;
}

const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;

function stateChip({ state, timeliness }: Story): Html {
  if (state === 'delivered') {
    return timeliness === 'late' ? chip('accepted late', ' warn') : chip('accepted in its minute', ' good');
  }
  if (state === 'rejected' || state === 'invalid') return chip(state, ' bad');
  return timeliness === 'overdue' ? chip('not accepted yet', ' bad') : chip(state, '');
}

/** The explanation as WEEX got it. */
function explanationOf({ body }: Story): Html | undefined {
  if (body.text === undefined) return undefined;
  const parsed: unknown = JSON.parse(body.text);
  const isThere = typeof parsed === 'object' && parsed !== null && 'explanation' in parsed;
  return isThere ? html`<p class="explanation">${String(parsed.explanation)}</p>` : undefined;
}

interface StoryEvent {
  readonly at: string;
  readonly words: string;
}

function eventsOf(story: Story): StoryEvent[] {
  const { answer, rejection, redriven } = story;
  const events: StoryEvent[] = [
    { at: story.began, words: 'the stage began' },
    { at: story.decided, words: 'the stage ended: the decision' },
    { at: story.journaled, words: 'written to the journal' },
    ...story.attempts.map((attempt) => ({ at: attempt.began, words: wordsOf(attempt) })),
  ];
  if (answer !== undefined) {
    const twice = answer.possibleDuplicate
      ? '; an earlier attempt may have arrived too, so WEEX may have it twice'
      : '';
    events.push({ at: answer.received, words: `accepted: ${answer.code} ${answer.msg}${twice}` });
  }
  const rejected = story.records.findLast(({ kind }) => kind === 'rejected');
  if (rejection !== undefined && rejected !== undefined) {
    events.push({ at: rejected.at, words: `set aside: ${rejection.weexCode ?? ''} ${rejection.reason}` });
  }
  const last = story.records.at(-1);
  if (redriven !== undefined && last !== undefined) {
    events.push({ at: last.at, words: `sent again as entry ${redriven.as}: ${redriven.reason}` });
  } else if (story.state === 'settled' && last !== undefined) {
    events.push({ at: last.at, words: `closed by a person: ${story.reason ?? ''}` });
  }
  // Stable: what has one time stays in the order in which it happened.
  return events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function wordsOf({ attempt, httpStatus, weexCode, words, tookMillis, mayHaveArrived }: StoryAttempt): string {
  // Without a code the words begin with the status.
  const status = httpStatus === undefined ? '' : `HTTP ${httpStatus}, `;
  const answer = weexCode === undefined ? words : `${status}code ${weexCode}: ${words}`;
  const uncertain = mayHaveArrived ? '; it may have arrived all the same' : '';
  return `attempt ${attempt} failed after ${tookMillis} ms: ${answer}${uncertain}`;
}

function bodyPart({ body }: Story): Html {
  if (body.text === undefined) {
    const why = body.withheld === undefined ? '' : `, for ${body.withheld}`;
    return html`<p class="meta">The content is left out${why}. SHA-256 of input <code>${body.hashes?.input}</code>, of output <code>${body.hashes?.output}</code>, of explanation <code>${body.hashes?.explanation}</code></p>`;
  }
  const isLong = body.text.length > MOST_TEXT;
  return html`<details><summary>The exact text${isLong && ' (its beginning; the JSON file has all of it)'}</summary>
<pre>${beginning(body.text, MOST_TEXT)}</pre></details>`;
}
