import { createHash } from 'node:crypto';
import type { BundleHead, BundleOrder, BundleTail, Outage } from './bundle';
import { type Html, html } from './escape-html';
import { EVIDENCE_STYLE } from './page-style';

const styleHash = createHash('sha256').update(EVIDENCE_STYLE).digest('base64');

/** Nothing runs, loads or leaves: entries hold model output, and the page needs no script. */
export const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** Everything above the logs. */
export function pageBegin(head: BundleHead): string {
  const { selection } = head;
  const what = selection.order === undefined ? html`account ${head.account}` : html`order ${selection.order}`;
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
    html`<title>Evidence: ${what}</title>\n`.text,
    `<style>${EVIDENCE_STYLE}</style>\n</head>\n<body>\n`,
    html`<header><h1>Evidence of AI logs: ${what}</h1>
<p class="meta">Account ${head.account}; made ${head.made} by opentelemetry-exporter-weex ${head.version}, which is not affiliated with WEEX${timesOf(head)}${head.redacted && '; content left out'}</p></header>
<main>
`.text,
    ordersPart(head.orders).text,
    chainPart(head).text,
    outagesPart(head.outages).text,
    claimsPart(head).text,
    '<h2>The logs</h2>\n',
  ].join('');
}

export const pageEnd = ({ howToCheck }: BundleTail, shown: number, total: number): string =>
  html`${shown < total && html`<p>The first ${shown} of ${total} logs are shown; the JSON file has all.</p>`}
${total === 0 && html`<p class="card">No log is in this selection.</p>`}
<h2>How to check it</h2>
<section class="card">${list(howToCheck)}</section>
</main>
</body>
</html>
`.text;

function timesOf({ selection: { since, until } }: BundleHead): Html {
  return html`${since !== undefined && `; from ${since}`}${until !== undefined && `; until ${until}`}`;
}

const CREDITS: Readonly<Record<BundleOrder['logs'][number]['by'], string>> = {
  own: 'the bot stated the id',
  link: 'linked before it was sent',
  trade: 'linked to the first order of the same trade',
  late: 'named by the bot after it was sent: the log at WEEX has no id',
};

const MOST_ORDERS = 1_000;

function ordersPart(orders: readonly BundleOrder[]): Html {
  if (orders.length === 0) return html``;
  return html`<h2>${orders.length === 1 ? 'The order' : `${orders.length} orders`}</h2>
${orders.slice(0, MOST_ORDERS).map(orderPart)}
${orders.length > MOST_ORDERS && html`<p>... and ${orders.length - MOST_ORDERS} more in the JSON file.</p>`}
`;
}

function orderPart(order: BundleOrder): Html {
  const tone = order.status === 'complete' ? GOOD : order.status === 'gaps' ? BAD : WARN;
  return html`<section class="card"><h3><bdi>${order.orderId}</bdi> ${chip(order.status, tone)} <span class="meta">${order.symbol}</span></h3>
${order.missing.length > 0 && html`<p>Missing: ${order.missing.join(', ')}</p>`}
${order.late.length > 0 && html`<p>Later than a minute: ${order.late.join(', ')}</p>`}
${order.contradictions.map((words) => html`<p>Contradiction: ${words}</p>`)}
<ul class="rows">
${order.logs.map(logRow)}
</ul></section>
`;
}

const logRow = ({ entryId, by, stage, state, decided, millisToReceipt }: BundleOrder['logs'][number]): Html =>
  html`<li>${linkTo(entryId, stage)}: decided ${decided}, ${
    millisToReceipt === undefined ? state : `accepted ${(millisToReceipt / 1_000).toFixed(1)} s later`
  }; ${CREDITS[by]}</li>\n`;

type Tone = '' | ' good' | ' warn' | ' bad';
const GOOD: Tone = ' good';
const WARN: Tone = ' warn';
const BAD: Tone = ' bad';

export const chip = (text: string, tone: Tone): Html => html`<span class="chip${tone}">${text}</span>`;

/** An id as an anchor: nothing of it can end the attribute. */
export const anchorOf = (entryId: string): string => `log-${entryId.replace(/[^\w-]/g, '')}`;

const linkTo = (entryId: string, text: string): Html =>
  html`<a href="#${anchorOf(entryId)}">${text === '' ? entryId : text}</a>`;

function chainPart({ chain, clock }: BundleHead): Html {
  const state = chain.intact ? chip('intact', GOOD) : chip('changed or damaged', BAD);
  return html`<h2>The journal</h2>
<section class="card"><h3>Hash chain ${state}</h3>
<p class="meta">${chain.lines} lines in ${chain.files} files were recomputed${chain.tornLines > 0 && `; ${chain.tornLines} torn lines, as a crash leaves them`}${chain.missingFiles.length > 0 && `; ${chain.missingFiles.length} older files are gone`}</p>
${chain.problems.map(({ file, line, problem }) => html`<p>Not intact: ${file}, line ${line}: ${problem}</p>`)}
<p>Head: <code>${chain.head ?? 'none'}</code></p>
<p class="meta">Clock of WEEX minus that of this machine: ${clock === undefined ? 'no answer states it' : `${clock.medianMillis} ms in the middle of ${clock.answers} answers, from ${clock.leastMillis} to ${clock.mostMillis} ms`}; the way of the answer is in it.</p>
</section>
`;
}

function outagesPart(outages: readonly Outage[]): Html {
  if (outages.length === 0) return html``;
  return html`<h2>Times in which logs could not be delivered</h2>
${outages.map(
  ({ kind, from, until, failedAttempts, words }) =>
    html`<section class="card"><h3>${kind === 'paused' ? 'Refused: the account was paused' : 'Not reachable'}</h3>
<p>From ${from} until ${until ?? 'now: it is not over'}; ${failedAttempts} failed attempts</p>
<ul>${Object.entries(words).map(([text, count]) => html`<li>${text} (${count})</li>\n`)}</ul></section>\n`,
)}
`;
}

const list = (items: readonly string[]): Html =>
  html`<ul>${items.map((item) => html`<li>${item}</li>\n`)}</ul>`;

function claimsPart({ claims }: BundleHead): Html {
  return html`<h2>What this shows, and what not</h2>
<div class="two"><section class="card"><h3>It shows</h3>${list(claims.shows)}</section>
<section class="card"><h3>It does not show</h3>${list(claims.doesNotShow)}</section></div>
`;
}
