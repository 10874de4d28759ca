// @ts-nocheck: the library is installed in a temporary folder only.
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { z } from 'zod';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, ORDER_RESULT, PROMPT, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
const client = (contentMode) =>
  new Anthropic({
    apiKey: 'x',
    baseURL: provider.url,
    maxRetries: 0,
    openTelemetry: { traces: { enabled: true, contentMode } },
  });
const ask = {
  model: 'claude-opus-5',
  max_tokens: 2000,
  thinking: { type: 'enabled', budget_tokens: 1024 },
  system: SYSTEM,
  messages: [{ role: 'user', content: PROMPT }],
};
const tools = [
  {
    name: 'get_position',
    description: 'Current position',
    input_schema: { type: 'object', properties: { symbol: { type: 'string' } } },
  },
];
const runnable = [
  betaZodTool({
    name: 'get_position',
    description: 'Current position',
    inputSchema: z.object({ symbol: z.string() }),
    run: async () => JSON.stringify(TOOL_RESULT),
  }),
  betaZodTool({
    name: 'place_order',
    description: 'Places a market order with a stop',
    inputSchema: z.object({ symbol: z.string(), side: z.string(), size: z.number(), stop: z.number() }),
    run: async () => JSON.stringify(ORDER_RESULT),
  }),
];
const withContent = client('content');

const scenarios = [
  [
    'content',
    () => withContent.messages.create(ask, { openTelemetry: { conversationId: `order-${ORDER_ID}` } }),
  ],
  ['tool-call', () => withContent.messages.create({ ...ask, tools })],
  ['tool-runner-trade', () => withContent.beta.messages.toolRunner({ ...ask, tools: runnable })],
  [
    'stream',
    async () => {
      for await (const _ of await withContent.messages.create({ ...ask, stream: true }));
    },
  ],
  ['stream-helper', () => withContent.messages.stream(ask).finalMessage()],
  ['metadata-only', () => client('metadata_only').messages.create(ask)],
  [
    'other-calls',
    async () => {
      await withContent.models.list();
      await withContent.messages.countTokens({ model: ask.model, messages: ask.messages });
    },
  ],
  ['failed', () => withContent.messages.create({ ...ask, model: 'broken' }).catch(() => undefined)],
];
for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({
    library: 'anthropic-sdk',
    version: versionOf('@anthropic-ai/sdk'),
    scenario,
    spans: recorder.take(),
  });
}
await provider.close();
