/** The list of trades: a card for each, with a line for each stage on the trade's own stretch of time. */
export const REPORT_TRADES = `  const TRIES = { retry: 'no answer, or busy', hold: 'account refused', clock: 'clock off', reject: 'log refused' };

  const MOST_IDS = 6;
  /** The entries that a filter has found, when it leaves others out. */
  let matched = new Set();

  function chip(text, tone) {
    return foreign('span', tone ? 'chip ' + tone : 'chip', text);
  }

  const dayTime = (millis) => dayName(new Date(millis)) + ', ' + clockTime(millis);

  function moment(millis) {
    const time = element('time', '', dayTime(millis));
    time.dateTime = new Date(millis).toISOString();
    return time;
  }

  /** Where on the trade's stretch an entry was decided, tried and received. The words beside it say the same. */
  function trackOf(trade, entry) {
    const length = Math.max(1, trade.last - trade.began);
    const track = element('div', 'track');
    track.setAttribute('aria-hidden', 'true');
    const put = (className, from, to) => {
      const part = element('i', className);
      part.style.left = (100 * (from - trade.began)) / length + '%';
      if (to !== undefined) part.style.width = (100 * Math.max(0, to - from)) / length + '%';
      track.append(part);
    };
    if (entry.received !== undefined) put('way', entry.ended, entry.received);
    put('work', entry.started, entry.ended);
    for (const [at] of entry.tries || []) if (at <= trade.last) put('try', at);
    if (entry.received !== undefined) put(entry.standing === 'late' ? 'end late' : 'end', entry.received);
    return track;
  }

  function lineOf(trade, entry) {
    const { word, tone } = STANDINGS[entry.standing];
    const outcome = element('div', 'outcome');
    if (entry.received !== undefined) outcome.append(element('span', 'wait', lengthOf(Math.max(0, entry.received - entry.ended))));
    outcome.append(chip(word, tone));
    const words = element('div', 'words', foreign('p', 'explanation clamped', entry.explanation));
    if (entry.reason !== undefined) words.append(element('p', 'why ' + tone, word + ': ', foreign('bdi', '', (entry.code ? entry.code + ' ' : '') + entry.reason)));
    const remarks = [];
    const tries = (entry.tries || []).length + (entry.olderTries || 0);
    if (tries > 0) remarks.push(counted(tries, 'failed try', 'failed tries'));
    if (entry.duplicate) remarks.push('perhaps twice at WEEX');
    if (entry.derived) remarks.push('explanation derived, not the bot’s');
    const details = element('details', '', element('summary', '', 'Details', element('span', 'unseen', ' of ' + entry.stage)));
    details.addEventListener('toggle', () => {
      words.firstChild.classList.toggle('clamped', !details.open);
      if (details.open && details.childElementCount === 1) details.append(...contentOf(entry));
    });
    return element(
      'li',
      matched.has(entry) ? 'line matched' : 'line',
      element('div', 'title', foreign('p', 'stage', entry.stage), foreign('p', 'model', entry.model)),
      words,
      element('div', 'course', trackOf(trade, entry), outcome),
      element('div', 'contents', details, element('span', 'meta', remarks.join(', '))),
    );
  }

  function contentOf(entry) {
    const block = byId('data-content-' + entry.number);
    if (block === null) {
      return [element('p', 'nothing', 'Input and output of older entries are left out of this page to keep it small. The journal has them, under entry ' + entry.id + '.')];
    }
    const content = JSON.parse(block.textContent);
    const parts = [];
    const show = (name, { text, cut }) => {
      parts.push(element('h4', '', name), jsonView(name + ' of ' + entry.stage, text));
      if (cut > 0) parts.push(element('p', 'nothing', counted(cut, 'more character is', 'more characters are') + ' in the journal and not on this page.'));
    };
    show('Input', content.input);
    show('Output', content.output);
    if (content.explanation) parts.push(element('h4', '', 'The whole explanation'), foreign('p', 'explanation', content.explanation.text));
    if (content.tries.length > 0) parts.push(element('h4', '', 'Tries that failed'), triesOf(content.tries));
    const rows = [['Decided', dayTime(entry.ended)], ['Took', lengthOf(entry.ended - entry.started)]];
    if (content.receipt) rows.push(['WEEX said', content.receipt.code + ' ' + content.receipt.msg], ['Received', dayTime(entry.received)]);
    if (content.linked) rows.push(['Order', 'linked: ' + content.linked]);
    rows.push(['Entry', entry.id]);
    if (content.traceId) rows.push(['Trace', content.traceId], ['Span', content.spanId]);
    rows.push(['Journal', content.file + ', record ' + content.seq]);
    const list = element('dl', 'facts');
    for (const [name, value] of rows) list.append(element('div', '', element('dt', '', name), foreign('dd', '', value)));
    return [...parts, list];
  }

  function triesOf(tries) {
    const list = element('ol', 'tries');
    for (const one of tries) {
      const answer = [one.httpStatus === undefined ? '' : 'HTTP ' + one.httpStatus, one.weexCode || ''].filter(Boolean).join(', ');
      list.append(element('li', '', moment(one.atMillis), element('span', 'meta', 'after ' + lengthOf(one.durationMillis)), element('span', 'what', answer || TRIES[one.disposition]), foreign('bdi', '', one.reason),
        element('span', 'meta', one.uncertain ? 'WEEX may have taken it' : '')));
    }
    return list;
  }

  /** In a few words, what a person has to know of the trade. */
  function verdictsOf({ orders, members, holds }) {
    const said = [];
    if (members.length === 0) said.push(chip('No log at all', 'bad'));
    else for (const { id, status, missing, waiting } of orders.slice(0, MOST_IDS)) {
      const which = orders.length > 1 ? '…' + id.slice(-4) + ': ' : '';
      if (status === 'gaps') said.push(chip(which + missing.join(', ') + ' missing', 'bad'));
      if (status === 'under-way') said.push(chip(which + waiting.join(', ') + ' to come', ''));
    }
    if (orders.some(({ contradictions }) => contradictions.length > 0)) said.push(chip('Contradiction', 'bad'));
    for (const standing of ['rejected', 'invalid', 'overdue', 'late']) {
      const count = ofStanding(members, standing).length;
      if (count > 0) said.push(chip(count + ' ' + STANDINGS[standing].word.toLowerCase(), STANDINGS[standing].tone));
    }
    if (said.length === 0 && orders.length > 0) said.push(chip('Complete', 'good'));
    else if (said.length === 0) said.push(members.some(({ standing }) => standing === 'delivered') ? chip('Delivered', 'good') : members.some(({ standing }) => standing === 'waiting') ? chip('Waiting', '') : chip('Not sent', ''));
    return said;
  }

  function titleOf({ orders, holds, symbol }) {
    const title = element('h3', '', orders.length === 0 ? (holds ? 'Hold' : 'No order') : orders.length === 1 ? 'Order' : 'Orders');
    for (const { id } of orders.slice(0, MOST_IDS)) title.append(' ', element('span', 'id', id));
    if (orders.length > MOST_IDS) title.append(' and ' + (orders.length - MOST_IDS) + ' more');
    if (symbol !== undefined) title.append(' ', foreign('span', 'symbol', symbol));
    return title;
  }

  /** An expected stage without any log has a line too: what is not there is what matters. */
  function absentLine(stage) {
    return element('li', 'line absent', element('div', 'title', foreign('p', 'stage', stage)), element('div', 'words', element('p', 'why bad', 'No log of this stage.')));
  }

  function tradeView(trade) {
    const { members, orders } = trade;
    trade.last = Math.max(trade.ended, ...members.map(({ received }) => received || 0));
    const head = element('div', 'trade-head', titleOf(trade), ...verdictsOf(trade));
    const when = element('span', 'when');
    if (members.length > 0) when.append(moment(trade.began), element('span', 'meta', ' over ' + lengthOf(trade.last - trade.began)));
    else if (trade.at !== undefined) when.append(moment(trade.at));
    head.append(when);
    const card = element('article', 'card trade', head);
    for (const words of new Set(orders.flatMap(({ contradictions }) => contradictions))) card.append(foreign('p', 'why bad against', words[0].toUpperCase() + words.slice(1) + '.'));
    if (members.length === 0) {
      card.append(element('p', 'nothing blank', 'The exchange has this order, and no log of this journal names it.'));
      return card;
    }
    const there = new Set(members.map(({ stage }) => stage));
    const absent = [...new Set(orders.flatMap(({ missing }) => missing))].filter((stage) => !there.has(stage));
    card.append(element('ol', '', ...members.map((entry) => lineOf(trade, entry)), ...absent.map(absentLine)));
    return card;
  }

`;
