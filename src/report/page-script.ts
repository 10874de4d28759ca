import { PAGE_PARTS } from '../page/script-parts';
import { PAGE_PLOTS } from '../page/script-plots';
import { REPORT_MODEL } from './script-model';
import { REPORT_OVERVIEW } from './script-overview';
import { REPORT_TRADES } from './script-trades';

/** What holds the page together: the filters, and the list that grows as the reader goes down. */
const PAGE_LOGIC = `  const TRADES_AT_ONCE = 30;
  const FIELDS = ['text', 'order', 'stage', 'state', 'model'];
  let shown = [];
  let listed = 0;

  function addTrades() {
    const next = shown.slice(listed, listed + TRADES_AT_ONCE);
    byId('trades').append(...next.map(tradeView));
    listed += next.length;
    byId('more').hidden = listed >= shown.length;
    byId('more').textContent = 'Show more (' + countText(shown.length - listed) + ' left)';
  }

  const localTime = (millis) => {
    const date = new Date(millis);
    return date.getFullYear() + '-' + pad(date.getMonth() + 1) + '-' + pad(date.getDate()) + 'T' + clockTime(millis);
  };

  function readFilter() {
    const filter = {};
    for (const name of FIELDS) filter[name] = byId('filter-' + name).value.trim();
    const from = new Date(byId('filter-from').value).getTime();
    const to = new Date(byId('filter-to').value).getTime();
    if (!Number.isNaN(from)) filter.from = from;
    if (!Number.isNaN(to)) filter.to = to + 999;
    return filter;
  }

  function show() {
    const filter = readFilter();
    const found = filtered(filter);
    const { isWhole } = found;
    matched = new Set(isWhole ? [] : found.entries);
    shown = found.trades;
    listed = 0;
    byId('trades').replaceChildren();
    addTrades();
    byId('none').hidden = shown.length > 0;
    byId('clear').disabled = FIELDS.every((name) => filter[name] === '') && filter.from === undefined && filter.to === undefined;
    byId('found').textContent = isWhole
      ? counted(shown.length, 'trade', 'trades') + ', ' + counted(entries.length, 'entry', 'entries')
      : counted(shown.length, 'trade', 'trades') + ', ' + countText(found.entries.length) + ' of ' + counted(entries.length, 'entry matches', 'entries match');
    showPlots(found.entries, filter, choose);
  }

  /** Sets filters from elsewhere on the page. */
  function choose(wanted) {
    const plotAt = [...document.querySelectorAll('#plots svg')].indexOf(document.activeElement);
    for (const name of FIELDS) if (wanted[name] !== undefined) byId('filter-' + name).value = wanted[name];
    for (const name of ['from', 'to']) if (wanted[name] !== undefined) byId('filter-' + name).value = localTime(wanted[name]);
    show();
    // What had the keyboard was drawn anew.
    if (plotAt >= 0) (document.querySelectorAll('#plots svg')[plotAt] || byId('trades-part')).focus();
    if (wanted.from === undefined) byId('trades-part').focus();
  }

  function clear() {
    byId('filters').reset();
    show();
    byId('filter-text').focus();
  }

  function options(id, all, groups) {
    const option = (value, label) => {
      const made = element('option', '', label);
      made.value = value;
      return made;
    };
    byId(id).append(option('', all));
    for (const [name, rows] of groups) {
      const made = rows.map(([value, label]) => option(value, label));
      if (made.length === 0) continue;
      if (name === '') {
        byId(id).append(...made);
      } else {
        const group = element('optgroup', '', ...made);
        group.label = name;
        byId(id).append(group);
      }
    }
  }

  /** An option holds nothing but text, so what is hidden or turns it round is spelled. */
  const named = (value) => [...value.slice(0, 80)].map((character) => HIDDEN.test(character) ? codePointName(character) : character).join('');

  function values(of) {
    const counts = new Map();
    for (const entry of entries) counts.set(of(entry), (counts.get(of(entry)) || 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one).slice(0, 200).map(([value, count]) => [value, named(value) + ' (' + countText(count) + ')']);
  }

  function fillFilters() {
    options('filter-stage', 'All', [['', values(({ stage }) => stage)]]);
    options('filter-model', 'All', [['', values(({ model }) => model)]]);
    const here = new Set(entries.map(({ standing }) => standing));
    options('filter-state', 'All', [
      ['Logs', [
        ...Object.entries(STANDINGS).filter(([standing]) => here.has(standing)).map(([standing, { word }]) => [standing, word]),
        ...Object.entries(ENTRY_TESTS).filter(([, { test }]) => entries.some(test)).map(([name, { word }]) => [name, word]),
      ]],
      ['Trades', Object.entries(TRADE_TESTS).filter(([, { test }]) => trades.some(test)).map(([name, { word }]) => [name, word])],
    ]);
    let later;
    byId('filters').addEventListener('input', (event) => {
      clearTimeout(later);
      if (event.target.type === 'search') later = setTimeout(show, 200);
      else show();
    });
    byId('filters').addEventListener('submit', (event) => event.preventDefault());
    byId('clear').addEventListener('click', clear);
    byId('clear-none').addEventListener('click', clear);
    byId('more').addEventListener('click', () => {
      const last = byId('trades').lastElementChild;
      addTrades();
      const summary = last && last.nextElementSibling && last.nextElementSibling.querySelector('summary');
      if (summary) summary.focus();
    });
    new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting) && !byId('more').hidden) addTrades();
    }, { rootMargin: '800px' }).observe(byId('more'));
  }

  function note(id, text) {
    byId(id).hidden = false;
    appendForeign(byId(id), text);
  }

  function begin() {
    byId('account').textContent = facts.account;
    document.title = 'AI logs of ' + facts.account;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    byId('written').append('Written ', moment(facts.writtenAt), ' from ', foreign('bdi', '', facts.folder), '. Times are those of ' + zone + '.');
    const paused = facts.pauses.find(({ until }) => until === undefined);
    if (paused) note('paused', 'The account is paused since ' + dayTime(paused.from) + ': ' + paused.reason);
    if (trades.length === 0) {
      note('empty', facts.since === undefined && facts.until === undefined
        ? 'There is no AI log in this journal yet. The first stage that your bot traces will be the first line here.'
        : 'There is no AI log in the time asked for.');
      return;
    }
    byId('range').textContent = counted(facts.total, 'entry', 'entries') + (entries.length ? ', ' + dayTime(entries[0].ended) + ' to ' + dayTime(entries[entries.length - 1].ended) : '');
    const cuts = [];
    if (facts.shown < facts.total) cuts.push('This page lists the newest ' + countText(facts.shown) + ' of ' + countText(facts.total) + ' entries. Ask for more by --limit, or for another time by --since and --until.');
    if (facts.withContent < facts.shown) cuts.push('Input and output are here for the newest ' + countText(facts.withContent) + '; the journal has all.');
    if (cuts.length > 0) note('cut', cuts.join(' '));
    byId('all').hidden = false;
    showGlance();
    showAttention(choose);
    showCoverage();
    fillFilters();
    show();
  }

  begin();
`;

/** The whole script of the report, in a scope of its own. */
export const REPORT_SCRIPT = `'use strict';\n(() => {\n${PAGE_PARTS}${PAGE_PLOTS}${REPORT_MODEL}${REPORT_TRADES}${REPORT_OVERVIEW}${PAGE_LOGIC}})();\n`;
