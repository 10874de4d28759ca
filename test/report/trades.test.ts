import { describe, expect, test } from 'vitest';
import { createOrderAudit } from '../../src/audit/order-audit.js';
import { lateOrderOf } from '../../src/audit/read-audit.js';
import { readEntries } from '../../src/journal/read-entries.js';
import { coverageOf } from '../../src/report/coverage.js';
import { EntryCollection } from '../../src/report/entry-collection.js';
import { contentsThatFit } from '../../src/report/page-contents.js';
import { tradesOf } from '../../src/report/trades.js';
import { type Log, loggedAccount, T0 } from '../audit/logged-account.js';

async function reportOf(logs: readonly Log[], mostEntries = 100) {
  const { folder } = await loggedAccount(...logs);
  const audit = createOrderAudit();
  const collection = new EntryCollection({ sinceMillis: undefined, untilMillis: undefined, mostEntries });
  const onOther = (record: Parameters<typeof lateOrderOf>[0]): void => {
    const late = lateOrderOf(record);
    if (late !== undefined) audit.takeLateOrder(late);
  };
  for await (const history of readEntries(folder, onOther)) collection.take(history, audit.take(history));
  const result = audit.finish(T0 + 3_600_000);
  const listed = collection.finish();
  return { listed, trades: tradesOf(listed, result.orders), coverage: coverageOf(result, false) };
}

describe('trades', () => {
  test('are the entries of one order, in order of time', async () => {
    const { trades } = await reportOf([
      { order: '7', stage: 'Execution', at: 5 },
      { order: '7', stage: 'Strategy Generation', at: 1 },
      { order: '8', at: 2 },
    ]);
    expect(trades.map(({ orders, entries }) => [orders.map(({ id }) => id), entries])).toEqual([
      [['7'], [0, 2]],
      [['8'], [1]],
    ]);
  });

  test('without an order are those of one trace and symbol', async () => {
    const { trades } = await reportOf([
      { trace: 'a', symbol: 'BTC', noOrder: true },
      { trace: 'a', symbol: 'ETH', noOrder: true },
      { trace: 'a', symbol: 'BTC', noOrder: true },
      {},
      {},
    ]);
    expect(trades.map(({ entries }) => entries)).toEqual([[0, 2], [1], [3], [4]]);
  });

  test('whose entries are all older than the list are left out', async () => {
    const { trades, listed, coverage } = await reportOf(
      [
        { order: '7', at: 1 },
        { order: '8', at: 2 },
        { order: '9', at: 3 },
      ],
      2,
    );
    expect(listed).toHaveLength(2);
    expect(trades.map(({ orders }) => orders[0]?.id)).toEqual(['8', '9']);
    expect(coverage.orders).toBe(3);
  });
});

test('coverage counts each stage of the orders as in time, late, waiting or missing', async () => {
  const { coverage } = await reportOf([
    { order: '7', stage: 'Decision Making' },
    { order: '7', stage: 'Execution', fate: 90 },
    { order: '8', stage: 'Decision Making' },
    { order: '8', stage: 'Execution', fate: 'rejected' },
    { order: '9', stage: 'Decision Making' },
    { order: '9', stage: 'Execution', at: 3_590, fate: 'pending' },
    { noOrder: true },
  ]);
  expect(coverage).toMatchObject({ orders: 3, complete: 1, underWay: 1, gaps: 1 });
  expect(coverage.stages).toEqual([
    { stage: 'Decision Making', isExpected: true, inTime: 3, late: 0, waiting: 0, missing: 0 },
    { stage: 'Execution', isExpected: true, inTime: 0, late: 1, waiting: 1, missing: 1 },
  ]);
  expect(coverage.unordered).toEqual({ total: 1, holds: 1, unlinked: 0 });
});

test('the newest entries keep their contents, as many as the page can hold', () => {
  expect(contentsThatFit([])).toBe(0);
  expect(contentsThatFit([100, 200])).toBe(2);
  // Long ones count as what is shown of them.
  expect(contentsThatFit(new Array(7_000).fill(1_000_000))).toBe(6_000);
});
