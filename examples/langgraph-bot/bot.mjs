/** A trading bot on LangGraph. It knows nothing of WEEX's AI logs, nor of `opentelemetry-exporter-weex`. */
import './instrumentation.mjs';
import { tool } from '@langchain/core/tools';
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { getMarket, placeOrder } from '../support/paper-exchange.mjs';

const tools = [
  tool(async ({ symbol }) => JSON.stringify(await getMarket(symbol)), {
    name: 'get_market',
    description: 'Price, RSI and funding of a symbol, and what the account holds of it',
    schema: z.object({ symbol: z.string() }),
  }),
  tool(async (order) => JSON.stringify(await placeOrder(order)), {
    name: 'place_order',
    description: 'Places a market order with a stop',
    schema: z.object({
      symbol: z.string(),
      side: z.enum(['BUY', 'SELL']),
      size: z.number(),
      stop: z.number(),
    }),
  }),
];
const model = new ChatOpenAI({ model: 'gpt-5' }).bindTools(tools);

const graph = new StateGraph(MessagesAnnotation)
  .addNode('decision', async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
  .addNode('tools', new ToolNode(tools))
  .addEdge(START, 'decision')
  .addConditionalEdges('decision', toolsCondition, ['tools', END])
  .addEdge('tools', 'decision')
  .compile();

for (const symbol of ['BTCUSDT', 'ETHUSDT', 'SOLUSDT']) {
  const { messages } = await graph.invoke({
    messages: [
      ['system', 'You trade perpetuals. Look at the market, then place an order or hold, and say why.'],
      ['human', `Decide on ${symbol}.`],
    ],
  });
  console.log(messages.at(-1).content);
}
