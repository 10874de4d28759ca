// @ts-nocheck: the library is installed in a temporary folder only.
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as CallbackManagerModule from '@langchain/core/callbacks/manager';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, ORDER_RESULT, PROMPT, STAGE, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
new LangChainInstrumentation().manuallyInstrument(CallbackManagerModule);
const model = (over = {}) =>
  new ChatOpenAI({
    model: 'gpt-4o',
    apiKey: 'x',
    maxRetries: 0,
    configuration: { baseURL: `${provider.url}/v1` },
    ...over,
  });
const getPosition = tool(async () => JSON.stringify(TOOL_RESULT), {
  name: 'get_position',
  description: 'Current position',
  schema: z.object({ symbol: z.string(), afterOrderId: z.number().optional() }),
});
const placeOrder = tool(async () => JSON.stringify(ORDER_RESULT), {
  name: 'place_order',
  description: 'Places a market order with a stop',
  schema: z.object({ symbol: z.string(), side: z.string(), size: z.number(), stop: z.number() }),
});
const messages = [
  ['system', SYSTEM],
  ['human', PROMPT],
];

function graph(tools = [getPosition]) {
  const bound = model().bindTools(tools);
  return new StateGraph(MessagesAnnotation)
    .addNode('decide', async (state) => ({ messages: [await bound.invoke(state.messages)] }))
    .addNode('tools', new ToolNode(tools))
    .addEdge('__start__', 'decide')
    .addConditionalEdges('decide', (state) =>
      (state.messages.at(-1).tool_calls ?? []).length > 0 ? 'tools' : '__end__',
    )
    .addEdge('tools', 'decide')
    .compile();
}

const scenarios = [
  ['chain', () => ChatPromptTemplate.fromMessages(messages).pipe(model()).invoke({})],
  ['langgraph', () => graph().invoke({ messages }, { metadata: { stage: STAGE, orderId: ORDER_ID } })],
  ['langgraph-trade', () => graph([getPosition, placeOrder]).invoke({ messages })],
  ['responses', () => model({ model: 'gpt-5', useResponsesApi: true }).invoke(messages)],
];
for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  const others = Object.fromEntries(
    ['@langchain/core', '@langchain/langgraph', '@langchain/openai'].map((name) => [name, versionOf(name)]),
  );
  const version = versionOf('@arizeai/openinference-instrumentation-langchain');
  writeFixture({
    library: 'openinference-langchain',
    version,
    scenario,
    with: others,
    spans: recorder.take(),
  });
}
await provider.close();
