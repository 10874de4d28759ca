// @ts-nocheck: the library is installed in a temporary folder only.
import * as ai from 'ai';
import { MockLanguageModelV2 } from 'ai/test';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { aiScenarios } from '../kit/ai-scenarios.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const model = () => new MockLanguageModelV2(modelV2(false));
const scenarios = aiScenarios({
  ai,
  z,
  model,
  looped: { stopWhen: ai.stepCountIs(3) },
  schemaKey: 'inputSchema',
});

for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({ library: 'ai', version: versionOf('ai'), scenario, spans: recorder.take() });
}
