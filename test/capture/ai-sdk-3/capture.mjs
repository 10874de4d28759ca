// @ts-nocheck: the library is installed in a temporary folder only.
import * as ai from 'ai';
import { MockLanguageModelV1 } from 'ai/test';
import { z } from 'zod';
import { modelV1 } from '../kit/ai-models.mjs';
import { aiScenarios } from '../kit/ai-scenarios.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const model = () => new MockLanguageModelV1(modelV1());
const scenarios = aiScenarios({ ai, z, model, looped: { maxSteps: 3 }, schemaKey: 'parameters' });

for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({ library: 'ai', version: versionOf('ai'), scenario, spans: recorder.take() });
}
