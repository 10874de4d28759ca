// @ts-nocheck: the library is installed in a temporary folder only.
import { OpenInferenceSimpleSpanProcessor } from '@arizeai/openinference-vercel';
import * as ai from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { aiScenarios } from '../kit/ai-scenarios.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { startTracing } from '../kit/tracing.mjs';

const exporter = { export: (_spans, done) => done({ code: 0 }), async shutdown() {}, async forceFlush() {} };
const { recorder, tracer } = startTracing([new OpenInferenceSimpleSpanProcessor({ exporter })]);
const model = () => new MockLanguageModelV3(modelV2(true));
const looped = { stopWhen: ai.stepCountIs(3) };
const version = versionOf('@arizeai/openinference-vercel');
for (const [scenario, call] of aiScenarios({ ai, z, model, looped, schemaKey: 'inputSchema' })) {
  if (!['tools', 'object', 'stream'].includes(scenario)) continue;
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  writeFixture({
    library: 'openinference-vercel',
    version,
    scenario,
    with: { ai: versionOf('ai') },
    spans: recorder.take(),
  });
}
