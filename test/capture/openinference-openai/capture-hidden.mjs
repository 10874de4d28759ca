// @ts-nocheck: the library is installed in a temporary folder only.
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import OpenAI from 'openai';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder } = startTracing();
const provider = await startProvider();
new OpenAIInstrumentation({ traceConfig: { hideInputs: true, hideOutputs: true } }).manuallyInstrument(
  OpenAI,
);
const client = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });
for (const [scenario, call] of openaiScenarios(client)) if (scenario === 'chat') await call();
const version = versionOf('@arizeai/openinference-instrumentation-openai');
const others = { openai: versionOf('openai') };
writeFixture({
  library: 'openinference-openai',
  version,
  scenario: 'hidden',
  with: others,
  spans: recorder.take(),
});
await provider.close();
