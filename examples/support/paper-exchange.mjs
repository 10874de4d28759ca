// @ts-check
/** An exchange without a market: what the example bots trade on. The order ids are as long as WEEX's. */

/** @type {Readonly<Record<string, { price: number, rsi: number, funding: number }>>} */
const MARKETS = {
  BTCUSDT: { price: 64_010, rsi: 28, funding: -0.011 },
  ETHUSDT: { price: 3_120, rsi: 51, funding: 0.004 },
  SOLUSDT: { price: 148.2, rsi: 77, funding: 0.062 },
};

/** @type {Readonly<Record<string, string>>} */
export const ORDER_IDS = { BTCUSDT: '596471064624628269', SOLUSDT: '596471064624628273' };

/** @param {string} symbol */
export async function getMarket(symbol) {
  return { symbol, ...MARKETS[symbol], position: 0, equity: 10_000 };
}

/** @param {{ symbol: string, side: string, size: number, stop: number }} order */
export async function placeOrder(order) {
  const orderId = ORDER_IDS[order.symbol];
  if (orderId === undefined) throw new Error(`no market for ${order.symbol}`);
  // A number would lose the last digits: 596471064624628269 is above 2^53.
  return { orderId, status: 'FILLED', ...order };
}
