/** A trading bot on the Vercel AI SDK 7. It knows nothing of WEEX's AI logs, nor of `opentelemetry-exporter-weex`. */
import './telemetry.mjs';
import { openai } from '@ai-sdk/openai';
import { generateText, stepCountIs, tool } from 'ai';
import { z } from 'zod';
import { getMarket, placeOrder } from '../support/paper-exchange.mjs';

const tools = {
  get_market: tool({
    description: 'Price, RSI and funding of a symbol, and what the account holds of it',
    inputSchema: z.object({ symbol: z.string() }),
    execute: ({ symbol }) => getMarket(symbol),
  }),
  place_order: tool({
    description: 'Places a market order with a stop',
    inputSchema: z.object({
      symbol: z.string(),
      side: z.enum(['BUY', 'SELL']),
      size: z.number(),
      stop: z.number(),
    }),
    execute: (order) => placeOrder(order),
  }),
};

const decideOn = (symbol) =>
  generateText({
    model: openai('gpt-5'),
    system: 'You trade perpetuals. Look at the market, then place an order or hold, and say why.',
    prompt: `Decide on ${symbol}.`,
    tools,
    stopWhen: stepCountIs(6),
    telemetry: { functionId: 'decision' },
  });

const answers = await Promise.all(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].map(decideOn));
for (const { text } of answers) console.log(text);
