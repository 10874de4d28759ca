/** A trading bot on the Anthropic SDK. It knows nothing of WEEX's AI logs, nor of `opentelemetry-exporter-weex`. */
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { z } from 'zod';
import { getMarket, placeOrder } from '../support/paper-exchange.mjs';

const client = new Anthropic();

const tools = [
  betaZodTool({
    name: 'get_market',
    description: 'Price, RSI and funding of a symbol, and what the account holds of it',
    inputSchema: z.object({ symbol: z.string() }),
    run: async ({ symbol }) => JSON.stringify(await getMarket(symbol)),
  }),
  betaZodTool({
    name: 'place_order',
    description: 'Places a market order with a stop',
    inputSchema: z.object({
      symbol: z.string(),
      side: z.enum(['BUY', 'SELL']),
      size: z.number(),
      stop: z.number(),
    }),
    run: async (order) => JSON.stringify(await placeOrder(order)),
  }),
];

for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']) {
  const answer = await client.beta.messages.toolRunner({
    model: 'claude-opus-5',
    max_tokens: 4_000,
    thinking: { type: 'enabled', budget_tokens: 2_000 },
    system: 'You trade perpetuals. Look at the market, then place an order or hold, and say why.',
    messages: [{ role: 'user', content: `Decide on ${symbol}.` }],
    tools,
  });
  console.log(answer.content.find(({ type }) => type === 'text')?.text);
}
