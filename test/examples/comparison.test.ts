import { describe, expect, test } from 'vitest';
import { compareWithWeex } from '../../examples/demo/comparison.mjs';

type Recorded = Parameters<typeof compareWithWeex>[0][number];
type Log = Parameters<typeof compareWithWeex>[1][number];

const ORDER = '596471064624628269';
const NEIGHBOUR = '596471064624628271';

const trade = {
  traceId: 't1',
  spanId: 'trade',
  parentSpanId: 'cycle',
  name: 'trade BTCUSDT',
  endedAt: 2_000,
  attributes: { 'ai.symbol': 'BTCUSDT' },
};
const cycle = {
  ...trade,
  spanId: 'cycle',
  parentSpanId: undefined,
  name: 'trading cycle',
  attributes: { 'bot.cycle': 3 },
};

const stage = (orderId: string | undefined) => ({
  traceId: 't1',
  spanId: 'stage',
  parentSpanId: 'trade',
  name: 'Execution',
  endedAt: 1_000,
  attributes: {
    'ai.stage': 'Execution',
    'ai.model': 'limit-order-v2',
    'ai.input': '{"size":0.3,"price":44950}',
    'ai.output': '{"status":"FILLED"}',
    ...(orderId === undefined ? {} : { 'ai.order_id': orderId }),
  },
});

const log = (fields: Partial<Log>): Log => ({
  number: 1,
  receivedAt: 1_100,
  path: '/capi/v2/order/uploadAiLog',
  connection: 1,
  account: 'k',
  timestamp: '1',
  userAgent: undefined,
  locale: undefined,
  contentType: 'application/json',
  traceparent: undefined,
  raw: 'the body',
  fault: undefined,
  apiVersion: 'v2',
  orderId: ORDER,
  stage: 'Execution',
  model: 'limit-order-v2',
  input: { price: 44_950, size: 0.3 },
  output: { status: 'FILLED' },
  explanation: 'Filled.',
  ...fields,
});

const receipts = new Map([['stage', 1_250]]);

function problemOf(stated: string | undefined, logs: Log[], others: Recorded[] = []) {
  const spans = [stage(stated), ...others, trade, cycle];
  return compareWithWeex(spans, logs, [], receipts).rows[0]?.problem;
}

describe('the comparison of the demo', () => {
  test('finds the log that says the same, with its place, its answers and the time to its receipt', () => {
    const request = {
      ...log({}),
      method: 'POST',
      endpoint: 'upload',
      outcome: 'accepted',
      accepted: true,
    } as const;
    const requests = [
      {
        ...request,
        number: 1,
        outcome: 'fault',
        accepted: false,
        problem: undefined,
        status: 429,
        code: '429',
      },
      { ...request, number: 2, problem: undefined, status: 200, code: '00000' },
    ] as const;
    const { rows, unexpected } = compareWithWeex([stage(ORDER), trade, cycle], [log({})], requests, receipts);
    expect(unexpected).toEqual([]);
    expect(rows).toEqual([
      {
        cycle: 3,
        symbol: 'BTCUSDT',
        stage: 'Execution',
        model: 'limit-order-v2',
        orderId: ORDER,
        answers: ['429', '00000'],
        receiptAfterMillis: 250,
        problem: undefined,
      },
    ]);
  });

  test.each([
    ['no log', ORDER, [], 'not at WEEX'],
    ['another model', ORDER, [log({ model: 'limit-order-v1' })], 'not at WEEX'],
    ['a changed input', ORDER, [log({ input: { price: 44_950, size: 0.31 } })], 'not at WEEX'],
    ['a lost part of the input', ORDER, [log({ input: { size: 0.3 } })], 'not at WEEX'],
    ['a changed output', ORDER, [log({ output: { status: 'REJECTED' } })], 'not at WEEX'],
    [
      'a neighbouring order id',
      ORDER,
      [log({ orderId: NEIGHBOUR })],
      `has order ${NEIGHBOUR} instead of ${ORDER}`,
    ],
    ['no order id', ORDER, [log({ orderId: undefined })], `has order none instead of ${ORDER}`],
    ['an order where there was none', 'none', [log({})], `has order ${ORDER}, but there was none`],
    [
      'an order of another decision',
      undefined,
      [log({})],
      `has order ${ORDER}, which belongs to another decision`,
    ],
  ] as const)('tells of %s', (_what, stated, logs, problem) => {
    expect(problemOf(stated, [...logs])).toBe(problem);
  });

  test('lets a stage without an own order carry the order beside it', () => {
    const execution = { ...stage(ORDER), spanId: 'execution', attributes: { 'ai.order_id': ORDER } };
    expect(problemOf(undefined, [log({})], [execution])).toBeUndefined();
  });

  test('tells of a log without a receipt', () => {
    const { rows } = compareWithWeex([stage(ORDER), trade, cycle], [log({})], [], new Map());
    expect(rows[0]?.problem).toBe('at WEEX, but without a receipt');
  });

  test('uses a log once, and tells of those that no stage wrote', () => {
    const { unexpected } = compareWithWeex(
      [stage(ORDER), trade, cycle],
      [log({}), log({ number: 2 })],
      [],
      receipts,
    );
    expect(unexpected.map(({ number }) => number)).toEqual([2]);
  });
});
