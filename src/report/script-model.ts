/** The report's data in the browser: what was written, what follows from it, and what a filter leaves. */
export const REPORT_MODEL = String.raw`  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId('data-' + id).textContent);
  const MINUTE = 60000;

  const facts = read('facts');
  const entries = [];
  for (let from = 0; from < facts.shown; from += 500) entries.push(...read('entries-' + from));
  const trades = read('trades').map((trade) => ({ ...trade, members: trade.entries.map((number) => entries[number]) }));
  entries.forEach((entry, number) => { entry.number = number; });
  for (const trade of trades) {
    const { members, orders, at } = trade;
    trade.began = members.length ? Math.min(...members.map(({ started }) => started)) : at;
    trade.ended = members.length ? Math.max(...members.map(({ ended }) => ended)) : at;
    trade.symbol = [...orders, ...members].map(({ symbol }) => symbol).find((symbol) => symbol !== undefined);
    trade.holds = orders.length === 0 && members.some(({ holds }) => holds);
    for (const member of members) member.orders = orders;
  }
  trades.sort((one, other) => (other.ended ?? Infinity) - (one.ended ?? Infinity) || 0);

  /** How an entry stands: its state, where a delivered one may be late and one that waits overdue. */
  function standingOf(entry) {
    if (entry.state === 'delivered') return entry.received - entry.ended > MINUTE ? 'late' : 'delivered';
    if (entry.state === 'pending') return facts.writtenAt - entry.ended > MINUTE ? 'overdue' : 'waiting';
    return entry.state;
  }
  for (const entry of entries) entry.standing = standingOf(entry);

  /** Each standing: its word, the tone of its chip, and its mark in plots. */
  const STANDINGS = {
    delivered: { word: 'Delivered', tone: 'good', mark: 'good' },
    late: { word: 'Late', tone: 'warn', mark: 'warn' },
    waiting: { word: 'Waiting', tone: '', mark: 'idle' },
    overdue: { word: 'Overdue', tone: 'warn', mark: 'idle' },
    rejected: { word: 'Rejected', tone: 'bad', mark: 'bad' },
    invalid: { word: 'Invalid', tone: 'bad', mark: 'odd' },
    skipped: { word: 'Skipped', tone: '', mark: 'off' },
    settled: { word: 'Settled', tone: '', mark: 'off' },
  };
  /** Filters that are no standing of one entry. */
  const ENTRY_TESTS = {
    retried: { word: 'Needed more than one try', test: ({ tries }) => tries !== undefined },
    duplicate: { word: 'Perhaps twice at WEEX', test: ({ duplicate }) => duplicate === true },
    derived: { word: 'Explanation derived', test: ({ derived }) => derived === true },
  };
  const NOT_SENT = ['skipped', 'settled'];
  const TRADE_TESTS = {
    gaps: { word: 'A stage is missing', test: ({ orders }) => orders.some(({ status }) => status === 'gaps') },
    contradiction: { word: 'The logs contradict the order', test: ({ orders }) => orders.some(({ contradictions }) => contradictions.length > 0) },
    unlogged: { word: 'An order without any log', test: ({ orders, members }) => orders.length > 0 && members.length === 0 },
    unlinked: { word: 'No order named, and no hold', test: ({ orders, holds, members }) => orders.length === 0 && !holds && members.some(({ state }) => !NOT_SENT.includes(state)) },
    order: { word: 'With an order', test: ({ orders }) => orders.length > 0 },
    hold: { word: 'Hold', test: ({ holds }) => holds },
  };

  const textOf = (entry) => [entry.stage, entry.model, entry.symbol, entry.explanation, entry.reason, entry.code, entry.id].join('\n');

  const quoted = (text) => text.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&');
  const spelled = (text) => JSON.stringify(text).slice(1, -1);

  /** Words are looked for in what the page has, in input and output also as JSON spells them. */
  function textTest(text) {
    const inEntry = new RegExp(quoted(text), 'i');
    const inText = new RegExp(quoted(text) + '|' + quoted(spelled(text)), 'i');
    // A block spells once more what its texts hold. Most blocks need not be parsed to know that they do not match.
    const inBlock = new RegExp([spelled(text), spelled(spelled(text))].map((form) => quoted(form.replace(/</g, '\\u003c'))).join('|'), 'i');
    return (entry) => {
      if (inEntry.test(textOf(entry))) return true;
      const block = byId('data-content-' + entry.number);
      if (block === null || !inBlock.test(block.textContent)) return false;
      const { input, output, explanation } = JSON.parse(block.textContent);
      return [input, output, explanation].some((one) => one !== undefined && inText.test(one.text));
    };
  }

  /** Which entries, and which trades with at least one of them, a filter leaves. */
  function filtered(filter) {
    const tests = [];
    if (filter.stage) tests.push(({ stage }) => stage === filter.stage);
    if (filter.model) tests.push(({ model }) => model === filter.model);
    if (STANDINGS[filter.state]) tests.push(({ standing }) => standing === filter.state);
    if (ENTRY_TESTS[filter.state]) tests.push(ENTRY_TESTS[filter.state].test);
    const inOrder = ({ id }) => id.includes(filter.order);
    if (filter.order) tests.push((entry) => entry.orders.some(inOrder));
    if (filter.from !== undefined) tests.push(({ ended }) => ended >= filter.from);
    if (filter.to !== undefined) tests.push(({ ended }) => ended <= filter.to);
    if (filter.text) tests.push(textTest(filter.text));
    const tradeTest = TRADE_TESTS[filter.state] ? TRADE_TESTS[filter.state].test : () => true;
    const matching = [];
    const found = trades.filter((trade) => {
      if (!tradeTest(trade)) return false;
      if (trade.members.length === 0) {
        const { symbol, orders, ended } = trade;
        const isInTime = ended === undefined ? filter.from === undefined && filter.to === undefined : ended >= (filter.from ?? -Infinity) && ended <= (filter.to ?? Infinity);
        return isInTime && !filter.stage && !filter.model && !STANDINGS[filter.state] && !ENTRY_TESTS[filter.state] &&
          orders.some(({ id }) => id.includes(filter.order || '')) && (!filter.text || (symbol || '').toLowerCase().includes(filter.text.toLowerCase()));
      }
      const some = tests.length === 0 ? trade.members : trade.members.filter((entry) => tests.every((test) => test(entry)));
      matching.push(...some);
      return some.length > 0;
    });
    return { trades: found, entries: matching, isWhole: matching.length === entries.length && found.length === trades.length };
  }

  const ofStanding = (list, ...standings) => list.filter(({ standing }) => standings.includes(standing));

  function quantile(sorted, share) {
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  const waits = (list) => list.filter(({ received }) => received !== undefined)
    .map(({ received, ended }) => Math.max(0, received - ended)).sort((one, other) => one - other);

`;
