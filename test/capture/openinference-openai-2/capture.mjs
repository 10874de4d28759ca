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

await provider.close();
