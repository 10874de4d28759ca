import { describe, expect, test } from 'vitest';
import type { AuditedOrder } from '../../src/audit/audit.js';
import { type Log, type LoggedAccount, loggedAccount } from './logged-account.js';

const A = '596471064624628269';
const B = '596471064624628270';
const C = '596471064624628271';

async function ordersOf(account: LoggedAccount, ...rest: Parameters<LoggedAccount['audit']>) {
  const { orders } = await account.audit(...rest);
  return Object.fromEntries(orders.map((order) => [order.orderId, order]));
}

const order = async (orderId: string, ...logs: readonly Log[]): Promise<AuditedOrder | undefined> =>
  (await ordersOf(await loggedAccount(...logs)))[orderId];

describe('the stages of an order', () => {
  test('keep the digits of the order id and tell by what the entry is known to belong to it', async () => {
    const found = await order(
      A,
      { stage: 'Strategy Generation', link: A },
      { stage: 'Execution', order: A, fate: 61 },
    );
    expect(found).toMatchObject({
      orderId: A,
      status: 'complete',
      logged: ['Strategy Generation', 'Execution'],
      late: ['Execution'],
      missing: [],
      credits: [
        { by: 'link', timeliness: 'in-time', entry: { state: 'delivered' } },
        { by: 'own', timeliness: 'late' },
      ],
    });
  });

  test('are missing where most orders have them and this one has not', async () => {
    const account = await loggedAccount(
      ...[A, B].flatMap((id): Log[] => [{ order: id }, { stage: 'Execution', order: id }]),
      { stage: 'Execution', order: C },
    );
    const audit = await account.audit();
    expect(audit.expectedStages).toEqual(['Decision Making', 'Execution']);
    expect(audit.orders.map(({ orderId, missing, status }) => [orderId, missing, status])).toEqual([
      [A, [], 'complete'],
      [B, [], 'complete'],
      [C, ['Decision Making'], 'gaps'],
    ]);
    expect(audit.totals).toMatchObject({ orders: 3, complete: 2, gaps: 1, unlogged: 0 });
    expect((await account.audit({ stages: ['Execution'] })).totals.gaps).toBe(0);
  });

  test('need a decision: executions and risk assessments alone prove none', async () => {
    expect(await order(A, { stage: 'Execution', order: A })).toMatchObject({
      missing: ['Decision Making'],
      status: 'gaps',
    });
  });

  test.each([
    ['rejected', { missing: ['Decision Making'], rejected: ['Decision Making'], status: 'gaps' }],
    ['invalid', { missing: ['Decision Making'], rejected: ['Decision Making'], status: 'gaps' }],
    ['pending', { missing: ['Decision Making'], waiting: [], status: 'gaps' }],
  ] as const)('are missing when the log is %s, an hour later', async (fate, expected) => {
    expect(await order(A, { order: A, fate })).toMatchObject(expected);
  });

  test('may be under way for a minute', async () => {
    const account = await loggedAccount({ order: A, fate: 'pending' });
    expect((await ordersOf(account, {}, 59))[A]).toMatchObject({
      status: 'under-way',
      waiting: ['Decision Making'],
      missing: [],
    });
    expect((await ordersOf(account, {}, 61))[A]).toMatchObject({ status: 'gaps', waiting: [] });
  });

  test('that have no log yet may still come in the first minute', async () => {
    const account = await loggedAccount({ order: A });
    const stages = ['Decision Making', 'Execution'];
    expect((await ordersOf(account, { stages }, 59))[A]).toMatchObject({
      status: 'under-way',
      waiting: ['Execution'],
      missing: [],
    });
    expect((await ordersOf(account, { stages }, 61))[A]).toMatchObject({ missing: ['Execution'] });
  });

  test('count a log that may have arrived twice', async () => {
    expect(await order(A, { order: A, duplicate: true })).toMatchObject({ possibleDuplicates: 1 });
  });

  test('take an order that the bot named after the log was sent, and say so', async () => {
    const account = await loggedAccount({ stage: 'Decision Making' });
    await account.nameLate(0, A);
    const found = (await ordersOf(account))[A];
    expect(found).toMatchObject({ status: 'complete', credits: [{ by: 'late' }] });
    expect((await account.audit()).unordered.total).toBe(0);
  });
});

describe('stop and take-profit', () => {
  const trade: readonly Log[] = [
    { stage: 'Decision Making', link: A, trace: 't', span: 'decision', parent: 'cycle' },
    { stage: 'Execution', order: A, trace: 't', span: 'entry', parent: 'place' },
    { stage: 'Execution', order: B, trace: 't', span: 'stop', parent: 'place' },
  ];

  test('are credited with the decision that is linked to the first order of their trade', async () => {
    const orders = await ordersOf(await loggedAccount(...trade));
    expect(orders[B]).toMatchObject({
      tradeId: A,
      status: 'complete',
      logged: ['Decision Making', 'Execution'],
      credits: [{ by: 'trade', entry: { stage: 'Decision Making', orderId: A } }, { by: 'own' }],
    });
  });

  test('of one array of ids on one span are one trade', async () => {
    const [, ...executions] = trade;
    const orders = await ordersOf(await loggedAccount(...executions.map((log) => ({ ...log, span: 'all' }))));
    expect([orders[A]?.tradeId, orders[B]?.tradeId]).toEqual([A, A]);
  });

  test.each<[string, readonly Log[]]>([
    [
      'the symbols differ',
      trade.map((log, at) => ({ ...log, symbol: at === 2 ? 'ETHUSDT' : 'cmt_btcusdt' })),
    ],
    ['they stand elsewhere in the trace', trade.map((log, at) => (at === 2 ? { ...log, parent: 'x' } : log))],
    ['they are older than the decision', trade.map((log, at) => ({ ...log, at: at === 2 ? 1 : at + 5 }))],
    [
      'another decision came between',
      [
        ...trade.slice(0, 2),
        { stage: 'Decision Making', trace: 't', span: 'next', parent: 'cycle' },
        ...trade.slice(2),
      ],
    ],
  ])('are not, when %s', async (_why, logs) => {
    expect((await ordersOf(await loggedAccount(...logs)))[B]).toMatchObject({
      logged: ['Execution'],
      status: 'gaps',
      tradeId: B,
    });
  });
});

describe('decisions without an order', () => {
  test('are told apart: hold, said to have none, and those whose order nobody named', async () => {
    const account = await loggedAccount(
      { output: '{"action":"HOLD"}' },
      { noOrder: true },
      { output: '{"action":"BUY"}' },
      { fate: 'skipped' },
    );
    expect((await account.audit()).unordered).toMatchObject({
      total: 3,
      holds: 1,
      saidNone: 1,
      unlinked: 1,
      newestUnlinked: [{ id: account.ids[2], stage: 'Decision Making' }],
    });
  });
});

describe('contradictions', () => {
  const hold = '{"symbol":"BTCUSDT","decision":{"action":"HOLD"}}';

  test('a decision to hold that an order is linked to', async () => {
    const found = await order(A, { order: A, output: hold });
    expect(found?.contradictions).toMatchObject([
      { kind: 'hold-with-order', orderId: A, words: expect.stringContaining('this order is linked to it') },
    ]);
  });

  test('a decision to hold, and then an order in its trace that no decision explains', async () => {
    const logs: readonly Log[] = [
      { output: hold, trace: 't' },
      { stage: 'Execution', order: A, trace: 't' },
    ];
    expect((await order(A, ...logs))?.contradictions).toMatchObject([{ kind: 'hold-with-order' }]);
    const explained = await order(A, ...logs, { order: A, trace: 't' });
    expect(explained?.contradictions).toEqual([]);
    const ofOther = await order(A, { ...logs[0], symbol: 'ETH-USDT' }, { ...logs[1], symbol: 'BTCUSDT' });
    expect(ofOther?.contradictions).toEqual([]);
  });

  test('holding one symbol and buying another is none, nor is a text that only speaks of holding', async () => {
    const both = '{"decisions":[{"symbol":"ETH","action":"hold"},{"symbol":"BTC","action":"buy"}]}';
    expect((await order(A, { order: A, output: both }))?.contradictions).toEqual([]);
    const said = '{"action":"buy","reason":"I would not hold this for long"}';
    expect((await order(A, { order: A, output: said }))?.contradictions).toEqual([]);
  });

  const listed = (fields: object) => ({
    listed: [
      {
        orderId: A,
        symbol: undefined,
        createdMillis: undefined,
        amounts: {
          size: undefined,
          price: undefined,
          filledSize: undefined,
          filledPrice: undefined,
          ...fields,
        },
      },
    ],
  });
  const execution = (output: string) => loggedAccount({ stage: 'Execution', order: A, output });

  test('sizes and prices that differ from those of the exchange', async () => {
    const account = await execution('{"order":{"size":"0.02","filled_qty":0.01,"avgPrice":"65000.10"}}');
    const amounts = { size: '0.01', filledSize: '0.0100', filledPrice: '65000.2', price: '0' };
    const { orders } = await account.audit(listed(amounts));
    expect(orders[0]?.contradictions.map(({ words }) => words)).toEqual([
      'the Execution log says executed price 65000.10, the exchange says 65000.2',
      'the Execution log says size 0.02, the exchange says 0.01 or 0.0100',
    ]);
  });

  test('the same amount in another spelling, what a market order lacks, and other orders are none', async () => {
    const account = await execution(
      `{"size":0.010,"price":65000,"others":[{"orderId":"${B}","size":5},{"orderId":${C},"filledQty":7}]}`,
    );
    const { orders } = await account.audit(listed({ size: '0.01', price: '0' }));
    expect(orders[0]?.contradictions).toEqual([]);
  });
});

test('orders of the exchange without any log are gaps, and come last when their time is unknown', async () => {
  const account = await loggedAccount({ order: A });
  const amounts = { size: undefined, price: undefined, filledSize: undefined, filledPrice: undefined };
  const listed = [B, A].map((orderId) => ({ orderId, symbol: undefined, createdMillis: undefined, amounts }));
  const { orders, totals } = await account.audit({ listed });
  expect(orders.map(({ orderId, status, isListed }) => [orderId, status, isListed])).toEqual([
    [A, 'complete', true],
    [B, 'gaps', true],
  ]);
  expect(totals).toMatchObject({ unlogged: 1 });
});

test('a time window takes orders by their first log, whole', async () => {
  const account = await loggedAccount(
    { order: A, at: 10 },
    { order: A, stage: 'Execution', at: 30 },
    { order: B, at: 40 },
    { output: '{"action":"buy"}', at: 50 },
  );
  const audit = await account.audit({
    sinceMillis: 1_760_000_000_000 + 5_000,
    untilMillis: 1_760_000_000_000 + 40_000,
  });
  expect(audit.orders).toMatchObject([{ orderId: A, logged: ['Decision Making', 'Execution'] }]);
  expect(audit.unordered.total).toBe(0);
  expect(audit.entries).toBe(2);
});
