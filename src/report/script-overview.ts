/** What stands above the trades: figures, what asks for a person, coverage, and plots over time. */
export const REPORT_OVERVIEW = `  const percent = (part, whole) => part === whole ? '100 %' : Math.min(99.9, (100 * part) / whole).toFixed(1) + ' %';
  const ofStanding = (list, ...standings) => list.filter(({ standing }) => standings.includes(standing));

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
    const orders = trades.filter(({ orderId }) => orderId !== undefined).length;
    byId('glance').append(
      figure('Orders', countText(orders), counted(trades.length - orders, 'decision without one', 'decisions without one')),
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
      const test = ENTRY_TESTS[state];
      const count = entries.filter((entry) => (test ? test.test(entry) : entry.standing === state)).length;
      if (count > 0) matters.push({ state, tone, text: text(count) });
    };
    add('rejected', 'bad', (count) => counted(count, 'log was', 'logs were') + ' rejected by WEEX');
    add('invalid', 'bad', (count) => counted(count, 'log lacks', 'logs lack') + ' something and cannot be sent');
    add('overdue', 'warn', (count) => counted(count, 'log waits', 'logs wait') + ' for more than a minute');
    add('late', 'warn', (count) => counted(count, 'log arrived', 'logs arrived') + ' later than a minute');
    add('duplicate', 'warn', (count) => counted(count, 'log is', 'logs are') + ' perhaps twice at WEEX');
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

  function showCoverage() {
    const stages = new Map();
    for (const { stage, standing } of entries) {
      const counts = stages.get(stage) || { all: 0, good: 0 };
      counts.all += 1;
      if (standing === 'delivered') counts.good += 1;
      stages.set(stage, counts);
    }
    const list = element('ul', 'stages');
    for (const [stage, { all, good }] of [...stages].sort(([, one], [, other]) => other.all - one.all).slice(0, 8)) {
      const fill = element('i', '');
      fill.style.width = (100 * good) / all + '%';
      list.append(element('li', '', foreign('span', 'stage-name', stage), element('span', 'meter', fill), element('span', 'amount', countText(good) + ' of ' + countText(all))));
    }
    byId('coverage').append(list);
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
    const drawn = [plot({ title: 'Decisions, and what became of them', steps, series: outcomes, bands: named, saying: saying(outcomes, 'none'), onPick })];
    if (ranges.some(Boolean)) drawn.push(plot({ title: 'Time to receipt: median and range', steps, ranges, limit: MINUTE, bands, saying: sayingRange, onPick }));
    if (failures.some(({ values }) => values.some(Boolean)) || bands.length > 0) drawn.push(plot({ title: 'Failed tries', steps, series: failures, bands, saying: saying(failures, 'none'), onPick, height: 64 }));
    place.replaceChildren(...plots(drawn));
  }

`;
