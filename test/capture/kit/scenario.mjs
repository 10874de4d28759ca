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
