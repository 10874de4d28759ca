import { expect, test } from 'vitest';
import { readOrderList } from '../../src/audit/order-list.js';

const A = '596471064624628269';
const B = '596471064624628270';

const idsOf = (text: string): unknown => {
  const reading = readOrderList(text);
  return reading.kind === 'read' ? reading.orders.map(({ orderId }) => orderId) : reading.problem;
};

test.each([
  ['one a line', `# mine\n${A}\r\n\n${B}\n`],
  ['CSV with a heading', `symbol,Order ID,size\nBTCUSDT,"${A}",1\nETHUSDT,${B},2\n`],
  ['CSV without one', `${A};1\n${B};2`],
  ['an array of text', JSON.stringify([A, B])],
  ['an array of bare digits', `[${A},${B}]`],
  ['the v3 answer, with bare digits', `[{"orderId":${A},"symbol":"BTCUSDT"},{"orderId":${B}}]`],
  ['the v2 answer', `\ufeff{"code":"00000","data":{"list":[{"order_id":"${A}"},{"order_id":"${B}"}]}}`],
])('reads order ids from %s without losing a digit', (_form, text) => {
  expect(idsOf(text)).toEqual([A, B]);
});

test('reads what else the list of WEEX says, in the names of v2 and v3', () => {
  const rows = [
    {
      order_id: A,
      symbol: 'cmt_btcusdt',
      size: '2',
      filled_qty: '1',
      price: '7',
      price_avg: '6',
      createTime: '1716595200000',
    },
    {
      orderId: B,
      symbol: 'BTCUSDT',
      origQty: '2',
      executedQty: '1',
      price: '7',
      avgPrice: '6',
      time: 1764505700123,
    },
  ];
  const amounts = { size: '2', price: '7', filledSize: '1', filledPrice: '6' };
  expect(readOrderList(JSON.stringify(rows))).toEqual({
    kind: 'read',
    orders: [
      { orderId: A, symbol: 'cmt_btcusdt', createdMillis: 1_716_595_200_000, amounts },
      { orderId: B, symbol: 'BTCUSDT', createdMillis: 1_764_505_700_123, amounts },
    ],
  });
});

test.each([
  [
    'an id that a spreadsheet has rounded',
    'order_id\n5.9647E+17',
    /line 2: order id is a text of 10 characters/,
  ],
  ['a row without an id', `[{"orderId":"${A}"},{"symbol":"X"}]`, /item 2: there is no order id/],
  ['broken JSON', '[1,', /not JSON/],
  ['JSON without a list', '{"code":"40006"}', /JSON without a list of orders/],
  ['a text that is something else', 'hello', /names no order id column/],
])('refuses %s and says what is expected', (_what, text, problem) => {
  expect(idsOf(text)).toMatch(problem);
  expect(idsOf(text)).toContain('expected order ids one a line');
});

test('an empty list is a list', () => {
  expect(idsOf(' \n')).toEqual([]);
  expect(idsOf('{"data":[]}')).toEqual([]);
});
