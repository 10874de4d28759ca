/** The list of trades: a card for each, with a line for each stage on the trade's own stretch of time. */
export const REPORT_TRADES = `  const TRIES = { retry: 'no answer, or busy', hold: 'account refused', clock: 'clock off', reject: 'log refused' };

  function chip(text, tone) {
    return element('span', tone ? 'chip ' + tone : 'chip', text);
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
      'line',
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
  function verdictsOf(trade) {
    const counts = {};
    for (const { standing } of trade.members) counts[standing] = (counts[standing] || 0) + 1;
    const said = [];
    for (const standing of ['rejected', 'invalid', 'overdue', 'late', 'waiting']) {
      if (counts[standing]) said.push(chip(counts[standing] + ' ' + STANDINGS[standing].word.toLowerCase(), STANDINGS[standing].tone));
    }
    if (said.length === 0) said.push(counts.delivered ? chip('Delivered', 'good') : chip('Not sent', ''));
    return said;
  }

  function tradeView(trade) {
    trade.last = Math.max(trade.ended, ...trade.members.map(({ received }) => received || 0));
    const title = trade.orderId === undefined
      ? element('h3', '', 'No order')
      : element('h3', '', 'Order ', element('span', 'id', trade.orderId));
    if (trade.symbol !== undefined) title.append(' ', foreign('span', 'symbol', trade.symbol));
    const head = element('div', 'trade-head', title, ...verdictsOf(trade),
      element('span', 'when', moment(trade.began), element('span', 'meta', ' over ' + lengthOf(trade.last - trade.began))));
    return element('article', 'card trade', head, element('ol', '', ...trade.members.map((entry) => lineOf(trade, entry))));
  }

`;
