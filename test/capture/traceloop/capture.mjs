// @ts-nocheck: the library is installed in a temporary folder only.
import * as anthropicModule from '@anthropic-ai/sdk';
import { AnthropicInstrumentation } from '@traceloop/instrumentation-anthropic';
import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai';
import OpenAI from 'openai';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { PROMPT, SYSTEM } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
new OpenAIInstrumentation().manuallyInstrument(OpenAI);
new AnthropicInstrumentation().manuallyInstrument(anthropicModule);
const openai = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });
const anthropic = new anthropicModule.Anthropic({ apiKey: 'x', baseURL: provider.url, maxRetries: 0 });

const anthropicScenarios = [
  [
    'messages',
    () =>
      anthropic.messages.create({
        model: 'claude-opus-5',
        max_tokens: 2000,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        system: SYSTEM,
        messages: [{ role: 'user', content: PROMPT }],
      }),
  ],
];
async function capture(library, version, others, [scenario, call]) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({ library, version, scenario, with: others, spans: recorder.take() });
}
for (const scenario of openaiScenarios(openai)) {
  const others = { openai: versionOf('openai') };
  await capture('traceloop-openai', versionOf('@traceloop/instrumentation-openai'), others, scenario);
}
for (const scenario of anthropicScenarios) {
  const others = { '@anthropic-ai/sdk': versionOf('@anthropic-ai/sdk') };
  await capture('traceloop-anthropic', versionOf('@traceloop/instrumentation-anthropic'), others, scenario);
}
await provider.close();
