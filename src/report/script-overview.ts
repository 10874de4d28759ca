/** What stands above the trades: figures, what asks for a person, coverage, and plots over time. */
export const REPORT_OVERVIEW = `  const percent = (part, whole) => part === whole ? '100 %' : Math.min(99.9, (100 * part) / whole).toFixed(1) + ' %';
  function figure(name, value, remark) {
    return element('div', '', element('dt', '', name), element('dd', '', value), element('dd', '', remark));
  }

  function showGlance() {
    const sent = entries.filter(({ received }) => received !== undefined);
    const owed = entries.length - ofStanding(entries, 'skipped', 'settled').length;
    const late = ofStanding(entries, 'late', 'overdue').length;
    const sorted = waits(entries);
    const waiting = ofStanding(entries, 'waiting', 'overdue');
    const aside = ofStanding(entries, 'rejected', 'invalid').length;
    const { orders, complete, underWay } = facts.coverage;
    byId('glance').append(
      figure('Orders complete', orders ? countText(complete) : '–', orders ? 'of ' + countText(orders) + (underWay ? ', ' + countText(underWay) + ' under way' : '') : 'no order yet'),
      figure('Delivered', countText(sent.length), 'of ' + counted(owed, 'entry', 'entries')),
      figure('Within a minute', sent.length ? percent(sent.length - ofStanding(entries, 'late').length, sent.length) : '–', late ? countText(late) + ' late' : 'none late'),
      figure('To receipt', sorted.length ? lengthOf(quantile(sorted, 0.5)) : '–', sorted.length ? '95 % within ' + lengthOf(quantile(sorted, 0.95)) : 'nothing received yet'),
      figure('Waiting', countText(waiting.length), waiting.length ? 'oldest for ' + lengthOf(Math.max(...waiting.map(({ ended }) => facts.writtenAt - ended))) : 'nothing to send'),
      figure('Set aside', countText(aside), aside ? 'rejected or invalid' : 'nothing rejected or invalid'),
    );
  }

  function showAttention(choose) {
    const matters = [];
    const add = (state, tone, text) => {
      const ofTrades = TRADE_TESTS[state];
      const test = ofTrades || ENTRY_TESTS[state] || { test: ({ standing }) => standing === state };
      const count = (ofTrades ? trades : entries).filter(test.test).length;
      if (count > 0) matters.push({ state, tone, text: text(count) });
    };
    add('unlogged', 'bad', (count) => counted(count, 'order has', 'orders have') + ' no log at all');
    add('gaps', 'bad', (count) => counted(count, 'trade lacks', 'trades lack') + ' a stage');
    add('contradiction', 'bad', (count) => counted(count, 'trade is', 'trades are') + ' contradicted by a log');
    add('rejected', 'bad', (count) => counted(count, 'log was', 'logs were') + ' rejected by WEEX');
    add('invalid', 'bad', (count) => counted(count, 'log lacks', 'logs lack') + ' something and cannot be sent');
    add('overdue', 'warn', (count) => counted(count, 'log waits', 'logs wait') + ' for more than a minute');
    add('late', 'warn', (count) => counted(count, 'log arrived', 'logs arrived') + ' later than a minute');
    add('duplicate', 'warn', (count) => counted(count, 'log is', 'logs are') + ' perhaps twice at WEEX');
    add('unlinked', '', (count) => counted(count, 'decision names', 'decisions name') + ' no order and does not hold'.replace('does', count === 1 ? 'does' : 'do'));
    add('derived', '', (count) => counted(count, 'explanation was', 'explanations were') + ' derived: the bot gave none');
    const list = byId('attention');
    for (const { state, tone, text } of matters) {
      const show = element('button', '', 'Show', element('span', 'unseen', ': ' + text));
      show.type = 'button';
      show.addEventListener('click', () => choose({ state }));
      list.append(element('li', '', element('span', tone ? 'sign ' + tone : 'sign'), element('span', '', text), show));
    }
    if (matters.length === 0) list.append(element('li', 'nothing', 'Nothing: every log was delivered in time.'));
  }

  /** One bar of several parts, and in words what they are. */
  function meter(parts) {
    const bar = element('span', 'meter');
    bar.setAttribute('aria-hidden', 'true');
    const all = parts.reduce((sum, { count }) => sum + count, 0);
    for (const { mark, count } of parts) {
      if (count === 0) continue;
      const part = element('i', 'mark-' + mark);
      part.style.width = (100 * count) / all + '%';
      bar.append(part);
    }
    return bar;
  }

  function legend(parts) {
    return element('ul', 'legend', ...parts.filter(({ count }) => count > 0).map(({ label, mark, count }) =>
      element('li', '', element('span', 'key mark-' + mark), label, element('span', 'amount', countText(count)))));
  }

  function showCoverage() {
    const { orders, complete, underWay, gaps, isListed, stages, unordered } = facts.coverage;
    const place = byId('coverage');
    if (orders === 0) place.append(element('p', 'nothing blank', 'No order is known yet.'));
    else {
      const parts = [
        { label: 'Complete', mark: 'good', count: complete },
        { label: 'Under way', mark: 'idle', count: underWay },
        { label: 'Stage missing', mark: 'bad', count: gaps },
      ];
      place.append(element('div', 'orders-bar', meter(parts), legend(parts)));
      const list = element('ul', 'stages');
      for (const { stage, isExpected, inTime, late, waiting, missing } of stages) {
        const words = countText(inTime + late) + (isExpected ? ' of ' + countText(orders) : ' orders') +
          [[late, 'late'], [waiting, 'waiting'], [missing, 'missing']].filter(([count]) => count).map(([count, word]) => ', ' + countText(count) + ' ' + word).join('');
        list.append(element('li', '', foreign('span', 'stage-name', stage), element('span', 'amount', words), meter([
          { mark: 'good', count: inTime }, { mark: 'warn', count: late }, { mark: 'idle', count: waiting }, { mark: 'bad', count: missing },
          { mark: 'none', count: isExpected ? 0 : orders - inTime - late - waiting - missing },
        ])));
      }
      place.append(list);
    }
    const remarks = [];
    if (unordered.total > 0) remarks.push(counted(unordered.total, 'log belongs', 'logs belong') + ' to no order: ' + countText(unordered.holds) + ' of decisions to hold, ' + countText(unordered.unlinked) + ' of others.');
    if (!isListed) remarks.push('Only orders that the logs name are known here. With --orders FILE, the exchange’s own list, orders without any log show too.');
    if (remarks.length > 0) place.append(element('p', 'meta remark', remarks.join(' ')));
  }

  const SERIES = [
    ['Delivered', 'good', ['delivered']],
    ['Late', 'warn', ['late']],
    ['Waiting', 'idle', ['waiting', 'overdue']],
    ['Rejected', 'bad', ['rejected']],
    ['Invalid', 'odd', ['invalid']],
    ['Not sent', 'off', ['skipped', 'settled']],
  ];
  const TRY_SERIES = [['No answer, or busy', 'warn', 'retry'], ['Account refused', 'bad', 'hold'], ['Clock off', 'idle', 'clock'], ['Log refused', 'odd', 'reject']];

  /** The plots of what the filter leaves, over its time. */
  function showPlots(list, filter, choose) {
    const place = byId('plots');
    if (list.length === 0) return place.replaceChildren(element('p', 'nothing blank', 'Nothing to plot.'));
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const { ended, tries } of list) {
      from = Math.min(from, ended);
      to = Math.max(to, ended, ...(tries || []).map(([at]) => at));
    }
    const steps = timeSteps(filter.from ?? from, Math.max(filter.to ?? to, from + 1000), 80);
    const stepOf = (millis) => Math.floor((millis - steps.begin) / steps.step);
    const zeros = () => new Array(steps.count).fill(0);
    const seriesOf = (table) => table.map(([label, mark, key]) => ({ label, mark, key, values: zeros() }));
    const count = (series, millis) => {
      const step = stepOf(millis);
      if (series && step >= 0 && step < steps.count) series.values[step] += 1;
    };
    const outcomes = seriesOf(SERIES);
    const failures = seriesOf(TRY_SERIES);
    const waited = Array.from({ length: steps.count }, () => []);
    for (const entry of list) {
      count(outcomes.find(({ key }) => key.includes(entry.standing)), entry.ended);
      for (const [at, disposition] of entry.tries || []) count(failures.find(({ key }) => key === disposition), at);
      const step = stepOf(entry.ended);
      if (entry.received !== undefined && waited[step]) waited[step].push(Math.max(0, entry.received - entry.ended));
    }
    for (const list of waited) list.sort((one, other) => one - other);
    const ranges = waited.map((sorted) => sorted.length ? { low: sorted[0], middle: quantile(sorted, 0.5), high: sorted[sorted.length - 1] } : undefined);
    const bands = facts.pauses.map(({ from, until }) => ({ from, to: until ?? facts.writtenAt }));
    const named = bands.map((band) => ({ ...band, name: 'paused' }));
    const saying = (series, nothing) => (step) => series.filter(({ values }) => values[step]).map(({ label, values }) => countText(values[step]) + ' ' + label.toLowerCase()).join(', ') || nothing;
    const sayingRange = (step) => ranges[step] ? lengthOf(ranges[step].middle) + ' (' + lengthOf(ranges[step].low) + ' to ' + lengthOf(ranges[step].high) + ')' : 'none';
    const onPick = (step) => choose({ from: steps.begin + step * steps.step, to: steps.begin + (step + 1) * steps.step - 1 });
    const height = matchMedia('(min-width: 80rem)').matches ? 160 : 96;
    const drawn = [plot({ title: 'Decisions, and what became of them', steps, series: outcomes, bands: named, saying: saying(outcomes, 'none'), onPick, height })];
    if (ranges.some(Boolean)) drawn.push(plot({ title: 'Time to receipt: median and range', steps, ranges, limit: MINUTE, bands, saying: sayingRange, onPick, height }));
    if (failures.some(({ values }) => values.some(Boolean)) || bands.length > 0) drawn.push(plot({ title: 'Failed tries', steps, series: failures, bands, saying: saying(failures, 'none'), onPick, height: height - 32 }));
    place.replaceChildren(...plots(drawn));
  }

`;
