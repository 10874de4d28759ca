import { describe, expect, test } from 'vitest';
import { Bot, type SpanSpec, WINDOW } from './bot.js';

const stage = (id: string, name: string, start: number, more: Partial<SpanSpec> = {}): SpanSpec => ({
  id,
  role: 'entry',
  stage: name,
  start,
  parent: 'cycle',
  ...more,
});
const cycle: SpanSpec = { id: 'cycle' };
const S = 'Strategy Generation';
const D = 'Decision Making';
const X = 'Execution';

/** A step of an agent as LangGraph traces it: a span around the model call, and tools beside it. */
const step = (number: number, asks: readonly string[]): SpanSpec[] => [
  { id: `s${number}`, parent: 'cycle', start: number * 2 },
  { id: `c${number}`, parent: `s${number}`, role: 'call', stage: D, start: number * 2, asks },
];

interface Row {
  readonly title: string;
  readonly spans: readonly SpanSpec[];
  readonly expected: Record<string, string>;
}

const ROWS: readonly Row[] = [
  {
    title: 'a flat cycle: strategy and decision carry the id that only execution knew',
    spans: [cycle, stage('s', S, 1), stage('d', D, 2), stage('x', X, 3, { order: ['11'] })],
    expected: { s: '11', d: '11', x: '11' },
  },
  {
    title: 'a nested cycle: the id is known deepest',
    spans: [
      stage('s', S, 1, { parent: undefined }),
      stage('d', D, 2, { parent: 's' }),
      stage('x', X, 3, { parent: 'd', order: ['11'] }),
    ],
    expected: { s: '11', d: '11', x: '11' },
  },
  {
    title: 'a model call that was tried again: both attempts carry the id',
    spans: [cycle, stage('d1', D, 1), stage('d2', D, 2), stage('x', X, 3, { order: ['11'] })],
    expected: { d1: '11', d2: '11', x: '11' },
  },
  {
    title: 'parallel symbols in branches of their own: a HOLD carries nobody’s order',
    spans: [
      cycle,
      { id: 'btc', parent: 'cycle' },
      stage('d-btc', D, 1, { parent: 'btc' }),
      stage('x-btc', X, 3, { parent: 'btc', order: ['11'] }),
      { id: 'eth', parent: 'cycle' },
      stage('d-eth', D, 1, { parent: 'eth' }),
    ],
    expected: { 'd-btc': '11', 'x-btc': '11', 'd-eth': 'ambiguous' },
  },
  {
    title: 'parallel symbols without branches: the symbol tells them apart',
    spans: [
      cycle,
      stage('d-btc', D, 1, { symbol: 'BTCUSDT' }),
      stage('d-eth', D, 1, { symbol: 'ETHUSDT' }),
      stage('x', X, 3, { symbol: 'BTCUSDT', order: ['11'] }),
    ],
    expected: { 'd-btc': '11', 'd-eth': 'ambiguous', x: '11' },
  },
  {
    title: 'parallel symbols without branches, and an order that names none: nobody gets it',
    spans: [
      cycle,
      stage('d-btc', D, 1, { symbol: 'BTCUSDT' }),
      stage('d-eth', D, 1, { symbol: 'ETHUSDT' }),
      stage('x', X, 3, { order: ['11'] }),
    ],
    expected: { 'd-btc': 'ambiguous', 'd-eth': 'ambiguous', x: '11' },
  },
  {
    title: 'a symbol is inherited from the branch',
    spans: [
      cycle,
      { id: 'btc', parent: 'cycle', role: 'context', symbol: 'BTCUSDT' },
      stage('x-btc', X, 3, { parent: 'btc', order: ['11'] }),
      { id: 'eth', parent: 'cycle', role: 'context', symbol: 'ETHUSDT' },
      stage('d-eth', D, 1, { parent: 'eth' }),
    ],
    expected: { 'x-btc': '11', 'd-eth': 'ambiguous' },
  },
  {
    title: 'the next cycle under an hours-long root does not carry the order of the one before',
    spans: [cycle, stage('d1', D, 1), stage('x1', X, 2, { order: ['11'] }), stage('d2', D, 3)],
    expected: { d1: '11', x1: '11', d2: 'ambiguous' },
  },
  {
    title: 'cycles as branches under an hours-long root: a HOLD before a trade stays without',
    spans: [
      cycle,
      { id: 'c1', parent: 'cycle' },
      stage('hold', D, 1, { parent: 'c1' }),
      { id: 'c2', parent: 'cycle' },
      stage('d2', D, 5, { parent: 'c2' }),
      stage('x2', X, 6, { parent: 'c2', order: ['22'] }),
    ],
    expected: { hold: 'no order', d2: '22', x2: '22' },
  },
  {
    title: 'entry, stop and take-profit in one branch: the first is linked',
    spans: [
      cycle,
      stage('d', D, 1),
      stage('x', X, 2, { order: ['11'] }),
      stage('stop', 'Risk Assessment', 3, { order: ['12'] }),
      stage('tp', X, 4, { order: ['13'] }),
    ],
    expected: { d: '11', x: '11', stop: '12', tp: '13' },
  },
  {
    title: 'orders in several branches: none is linked',
    spans: [
      cycle,
      stage('d', D, 1),
      { id: 'p', parent: 'cycle', role: 'context', start: 2, order: ['11'] },
      { id: 'q', parent: 'cycle', role: 'context', start: 3, order: ['12'] },
    ],
    expected: { d: 'ambiguous' },
  },
  {
    title: 'an order that is amended and cancelled in branches of its own is one order',
    spans: [
      cycle,
      stage('d', D, 1),
      { id: 'place', parent: 'cycle', role: 'context', start: 2, order: ['11'] },
      { id: 'amend', parent: 'cycle', role: 'context', start: 3, order: ['11'] },
      { id: 'cancel', parent: 'cycle', role: 'context', start: 4, order: ['11'] },
    ],
    expected: { d: '11' },
  },
  {
    title: '`none` means no order, and no linking, for the entry and for what lies below it',
    spans: [
      cycle,
      stage('d', D, 1, { order: 'none' }),
      stage('r', 'Risk Assessment', 1, { parent: 'd' }),
      stage('x', X, 2, { order: ['11'] }),
    ],
    expected: { d: 'no order', r: 'no order', x: '11' },
  },
  {
    title: 'an id that cannot be sent is not replaced by another’s',
    spans: [cycle, stage('d', D, 1, { order: 'refused' }), stage('x', X, 2, { order: ['11'] })],
    expected: { d: 'no order', x: '11' },
  },
  {
    title: 'an array gives one log for each id, and the first to the others',
    spans: [cycle, stage('d', D, 1), stage('x', X, 2, { order: ['11', '12'] })],
    expected: { d: '11', x: '11', 'x#1': '12' },
  },
  {
    title: 'an id on the span around is lent to what lies below',
    spans: [{ ...cycle, role: 'context', order: ['11'] }, stage('s', S, 1), stage('d', D, 2)],
    expected: { s: '11', d: '11' },
  },
  {
    title: 'an id on the span around two branches of one stage is lent to neither',
    spans: [
      { ...cycle, role: 'context', order: ['11'] },
      { id: 'btc', parent: 'cycle' },
      stage('d-btc', D, 1, { parent: 'btc' }),
      { id: 'eth', parent: 'cycle' },
      stage('d-eth', D, 1, { parent: 'eth' }),
    ],
    expected: { 'd-btc': 'ambiguous', 'd-eth': 'ambiguous' },
  },
  {
    title: 'an order without any decision near stays alone',
    spans: [cycle, stage('x', X, 3, { order: ['11'] })],
    expected: { x: '11' },
  },
  {
    title:
      'an agent whose steps are branches: the answer that asked for the tool call has its order, no other step',
    spans: [
      cycle,
      ...step(1, ['get_market a']),
      ...step(2, ['place_order b']),
      { id: 'tools', parent: 'cycle', start: 5 },
      { id: 'run', parent: 'tools', role: 'tool', start: 5, answers: 'place_order b', order: ['11'] },
      ...step(3, []),
    ],
    expected: { c1: 'ambiguous', c2: '11', c3: 'ambiguous' },
  },
  {
    title: 'a tool call that several answers name alike says nothing',
    spans: [
      cycle,
      ...step(1, ['place_order 0']),
      ...step(2, ['place_order 0']),
      { id: 'tools', parent: 'cycle', start: 5 },
      { id: 'run', parent: 'tools', role: 'tool', start: 5, answers: 'place_order 0', order: ['11'] },
    ],
    expected: { c1: 'ambiguous', c2: 'ambiguous' },
  },
  {
    title: 'a tool that ran before the answer was not asked for by it',
    spans: [
      cycle,
      { id: 'run', parent: 'cycle', role: 'tool', start: 1, answers: 'place_order 0', order: ['11'] },
      ...step(1, ['place_order 0']),
    ],
    expected: { c1: 'ambiguous' },
  },
  {
    title: 'two orders of one run: each answer has the one that it asked for',
    spans: [
      { id: 'run', role: 'wrapper', bare: true },
      { id: 'c1', parent: 'run', role: 'call', stage: D, start: 1, asks: ['place_order a'] },
      { id: 'p1', parent: 'run', role: 'tool', start: 2, answers: 'place_order a', order: ['11'] },
      { id: 'c2', parent: 'run', role: 'call', stage: D, start: 3, asks: ['place_order b'] },
      { id: 'p2', parent: 'run', role: 'tool', start: 4, answers: 'place_order b', order: ['12'] },
    ],
    expected: { c1: '11', c2: '12' },
  },
  {
    title:
      '`none` around an answer holds against the tool call that it asked for, and so does another symbol',
    spans: [
      { id: 'paper', role: 'context', order: 'none' },
      { id: 'c1', parent: 'paper', role: 'call', stage: D, start: 1, asks: ['place_order a'] },
      { id: 'p1', parent: 'paper', role: 'tool', start: 2, answers: 'place_order a', order: ['11'] },
      { id: 'c2', parent: 'paper', role: 'call', stage: D, start: 3, asks: ['place_order b'], symbol: 'ETH' },
      {
        id: 'p2',
        parent: 'paper',
        role: 'tool',
        start: 4,
        answers: 'place_order b',
        order: ['12'],
        symbol: 'BTC',
      },
    ],
    expected: { c1: 'no order', c2: 'no order' },
  },
  {
    title: 'a call that begins in the millisecond of an order, but after it, did not lead to it',
    spans: [
      cycle,
      stage('d', D, 2),
      { id: 'run', parent: 'cycle', role: 'tool', start: 2, order: ['11'] },
      stage('e', S, 2),
    ],
    expected: { d: '11', e: 'ambiguous' },
  },
  {
    title: 'entries that state different client order ids are not of one order',
    spans: [cycle, stage('d', D, 1, { client: 'a' }), stage('x', X, 2, { client: 'b', order: ['11'] })],
    expected: { x: '11' },
  },
];

describe('order links', () => {
  test.each(ROWS)('$title', ({ spans, expected }) => {
    expect(new Bot().run(spans).result).toEqual(expected);
    expect(new Bot().run(spans, spans).result, 'parents end first').toEqual(expected);
  });

  test('each link says where it comes from, in words', () => {
    const bot = new Bot().run(ROWS[0]?.spans ?? []);
    expect(bot.decisions.get('d')).toMatchObject({
      link: { fromSpanId: 'x', reason: 'first order under span cycle, which holds both' },
    });
    expect(bot.decisions.get('x')).toMatchObject({ link: undefined });
  });

  test('an order in a tool’s result is found, to the last digit', () => {
    const tool = (result: string): SpanSpec => ({
      id: 'tool',
      parent: 'cycle',
      role: 'tool',
      start: 2,
      tool: { name: 'ex:place_order', result },
    });
    const orderIdFrom = ['tool:ex:place_order:data.0.id'];
    for (const result of [
      '{"data":[{"id":596471064624628269}]}',
      JSON.stringify('{"data":[{"id":"596471064624628269"}]}'),
      JSON.stringify([
        { type: 'text', text: 'Placed.' },
        { type: 'text', text: '{"data":[{"id":"596471064624628269"}]}' },
      ]),
      '{"content":[{"type":"text","text":"{\\"data\\":[{\\"id\\":596471064624628269}]}"}],"isError":false}',
    ]) {
      const bot = new Bot({ orderIdFrom }).run([cycle, stage('d', D, 1), tool(result)]);
      expect(bot.result).toEqual({ d: '596471064624628269' });
    }
    for (const result of ['{"data":[]}', 'no JSON', 'null', '{"data":[{"id":5.5}]}', '[{"text":"no"},7]']) {
      expect(new Bot({ orderIdFrom }).run([cycle, stage('d', D, 1), tool(result)]).result).toEqual({
        d: 'no order',
      });
    }
  });

  test('an order in the result of a tool without a span is found in the request that goes on after it', () => {
    const told = { answers: 'place_order b', result: '{"orderId":"596471064624628269"}' };
    const spans: SpanSpec[] = [
      cycle,
      { id: 'c1', parent: 'cycle', role: 'call', stage: D, start: 1, asks: ['get_market a'] },
      { id: 'c2', parent: 'cycle', role: 'call', stage: D, start: 2, asks: ['place_order b'] },
      { id: 'c3', parent: 'cycle', role: 'call', stage: D, start: 3, told },
    ];
    const orderIdFrom = ['tool:place_order:orderId'];
    expect(new Bot({ orderIdFrom }).run(spans).result).toEqual({
      c1: 'no order',
      c2: '596471064624628269',
      c3: 'no order',
    });
    expect(new Bot().run(spans).result['c2']).toBe('no order');
    expect(new Bot({ orderIdFrom: ['tool:other:orderId'] }).run(spans).result['c2']).toBe('no order');
  });

  test('under a root that lasts for hours, forgotten orders are no reason to guess', () => {
    const bot = new Bot();
    bot.start(cycle);
    const long = stage('long', S, 1);
    bot.start(long);
    for (let round = 0; round < 1_000; round += 1) {
      const branch: SpanSpec = { id: `c${round}`, parent: 'cycle', start: 10 + round };
      const d = stage(`d${round}`, D, 10 + round, { parent: branch.id });
      const x = stage(`x${round}`, X, 10 + round, { parent: branch.id, order: [`${1_000 + round}`] });
      bot.run([branch, d, x]);
      bot.tick(1_000);
    }
    bot.tick(WINDOW);
    for (let round = 0; round < 1_000; round += 1)
      expect(bot.outcomes.get(`d${round}`)).toBe(`${1_000 + round}`);
    const last = stage('late', D, 10);
    bot.run([last]);
    bot.end(long);
    bot.end(cycle);
    expect(bot.outcomes.get('late')).toBe('ambiguous');
    expect(bot.outcomes.get('long')).toBe('ambiguous');
  });
});
