// @ts-nocheck: the library is installed in a temporary folder only.
import * as instrumentation from '@arizeai/openinference-instrumentation-openai-agents';
import * as agents from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { PROMPT, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
new instrumentation.OpenAIAgentsInstrumentation().manuallyInstrument(agents);
const client = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });
agents.setDefaultOpenAIClient(client);
const getPosition = agents.tool({
  name: 'get_position',
  description: 'Current position',
  parameters: z.object({ symbol: z.string() }),
  execute: async () => JSON.stringify(TOOL_RESULT),
});

for (const [scenario, api] of [
  ['responses', 'responses'],
  ['chat', 'chat_completions'],
]) {
  agents.setOpenAIAPI(api);
  const agent = new agents.Agent({
    name: 'Decision Agent',
    instructions: SYSTEM,
    model: 'gpt-5',
    tools: [getPosition],
  });
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await agents.run(agent, PROMPT);
    cycle.end();
  });
  await new Promise((resolve) => setImmediate(resolve));
  const others = { '@openai/agents': versionOf('@openai/agents') };
  const version = versionOf('@arizeai/openinference-instrumentation-openai-agents');
  writeFixture({
    library: 'openinference-openai-agents',
    version,
    scenario,
    with: others,
    spans: recorder.take(),
  });
}
await provider.close();
process.exit(0);
