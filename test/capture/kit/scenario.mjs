// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
/** What the bots of all captures say, and what the fake models answer. */
export const SYSTEM = 'You are the decision stage of a BTC perpetuals bot. Answer with JSON.';
export const PROMPT = 'BTCUSDT 64010, RSI(1h) 28, funding -0.011%. Decide.';
export const ANSWER = '{"action":"buy","symbol":"BTCUSDT","size":0.01,"stop":63200,"confidence":0.72}';
export const REASONING =
  'RSI 28 on the 1h is oversold, funding is negative and the book is bid-heavy; risk 0.5% of equity with a stop under 63200.';
export const TOOL = 'get_position';
/** The order id has more digits than a double holds. */
export const TOOL_ARGUMENTS = '{"symbol":"BTCUSDT","afterOrderId":596471064624628269}';
export const TOOL_RESULT = { symbol: 'BTCUSDT', size: 0, equity: 10000, openOrders: [] };
export const STAGE = 'decision';
export const ORDER_ID = '596471064624628269';

/** A bot that trades calls these, one after the other, before it answers. */
export const ORDER_TOOL = 'place_order';
export const ORDER_ARGUMENTS = '{"symbol":"BTCUSDT","side":"BUY","size":0.01,"stop":63200}';
export const ORDER_RESULT = { orderId: ORDER_ID, status: 'FILLED' };

const TOOL_CALLS = [
  { id: 'pos_1', name: TOOL, arguments: TOOL_ARGUMENTS },
  { id: 'ord_2', name: ORDER_TOOL, arguments: ORDER_ARGUMENTS },
];

/**
 * The tool that the model calls next: each that is offered once, by the last id of a call in the conversation.
 *
 * @param offered names of tools
 */
export function nextToolCall(offered, conversation) {
  const text = JSON.stringify(conversation);
  const done = TOOL_CALLS.findLastIndex(({ id }) => text.includes(`_${id}`)) + 1;
  return TOOL_CALLS.filter(({ name }) => offered.includes(name))[done];
}
