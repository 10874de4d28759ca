// @ts-nocheck: the library is installed in a temporary folder only.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import OpenAI from 'openai';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
new OpenAIInstrumentation().manuallyInstrument(OpenAI);
const client = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });
const version = versionOf('@arizeai/openinference-instrumentation-openai');

async function capture(scenario, call) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  const others = { openai: versionOf('openai') };
  writeFixture({ library: 'openinference-openai', version, scenario, with: others, spans: recorder.take() });
}
for (const [scenario, call] of openaiScenarios(client)) await capture(scenario, call);

// More messages than fit into the 128 attributes of a span: what is set last is lost, and that is the answer.
const turns = Array.from({ length: 36 }, (_, turn) => [
  { role: 'user', content: `Cycle ${turn}: decide.` },
  { role: 'assistant', content: 'Hold.' },
]);
await capture('chat-long', () => client.chat.completions.create({ model: 'gpt-5', messages: turns.flat() }));

await provider.close();
