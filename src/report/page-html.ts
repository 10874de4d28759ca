import { createHash } from 'node:crypto';
import { REPORT_SCRIPT } from './page-script';
import { REPORT_STYLE } from './page-style';

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Nothing runs or looks but the page's own script and style, by their hashes, and nothing is loaded from anywhere:
 * entries hold model output. Trusted Types make the browser refuse text as HTML even if the script tried.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${sourceOf(REPORT_SCRIPT)}`,
  `style-src ${sourceOf(REPORT_STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Up to the data. No text of the journal stands in it: the script puts it in, as text. */
export const PAGE_BEGIN = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>AI logs</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<a class="skip" href="#trades-part">Skip to the trades</a>
<header>
  <div class="name">
    <h1>AI logs of <bdi id="account"></bdi></h1>
    <p id="range"></p>
  </div>
  <p id="written" class="meta"></p>
</header>
<main>
<p id="cut" class="note" hidden></p>
<p id="paused" class="note bad" hidden></p>
<p id="empty" class="card blank" hidden></p>
<noscript><p class="card blank">This page needs its script to show the logs.</p></noscript>
<div id="all" hidden>
  <dl id="glance" class="counts"></dl>
  <div class="overview">
    <section class="card" aria-labelledby="time-title">
      <h2 id="time-title">Over time</h2>
      <div id="plots"></div>
    </section>
    <div class="beside">
      <section class="card" aria-labelledby="attention-title">
        <h2 id="attention-title">Needs attention</h2>
        <ul id="attention" class="attention"></ul>
      </section>
      <section class="card" aria-labelledby="coverage-title">
        <h2 id="coverage-title">Coverage</h2>
        <div id="coverage"></div>
      </section>
    </div>
  </div>
  <section id="trades-part" tabindex="-1" aria-labelledby="trades-title">
    <div class="over">
      <h2 id="trades-title">Trades</h2>
      <p id="found" class="meta" role="status"></p>
      <ul class="legend track-legend" aria-label="Signs of the timelines">
        <li><i class="work"></i>decided</li>
        <li><i class="way"></i>on its way</li>
        <li><i class="end"></i>received</li>
        <li><i class="try"></i>failed try</li>
      </ul>
    </div>
    <form id="filters" class="card filters" aria-label="Filters" autocomplete="off">
      <div class="field wide"><label for="filter-text">Text</label><input id="filter-text" type="search" placeholder="words of prompts, answers, explanations"></div>
      <div class="field"><label for="filter-order">Order id</label><input id="filter-order" type="search" inputmode="numeric"></div>
      <div class="field"><label for="filter-stage">Stage</label><select id="filter-stage"></select></div>
      <div class="field"><label for="filter-state">State</label><select id="filter-state"></select></div>
      <div class="field"><label for="filter-model">Model</label><select id="filter-model"></select></div>
      <div class="field time"><label for="filter-from">From</label><input id="filter-from" type="datetime-local" step="1"></div>
      <div class="field time"><label for="filter-to">To</label><input id="filter-to" type="datetime-local" step="1"></div>
      <button id="clear" type="button">Clear</button>
    </form>
    <div id="trades"></div>
    <p id="none" class="card blank" hidden>No trade matches. <button id="clear-none" type="button">Clear the filters</button></p>
    <button id="more" type="button" hidden>Show more</button>
  </section>
</div>
</main>
`;

/** The script, after the data that it begins with. */
export const PAGE_PROGRAM = `<script>${REPORT_SCRIPT}</script>\n`;

export const PAGE_END = '</body>\n</html>\n';

/** Data that no browser takes for anything else: without `<` there is no way out of the element. */
export const dataBlock = (id: string, value: unknown): string =>
  `<script type="application/json" id="data-${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>\n`;
