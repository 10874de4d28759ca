// @ts-nocheck: the library is installed in a temporary folder only.
import { OpenTelemetry } from '@ai-sdk/otel';
import { OpenInferenceSimpleSpanProcessor } from '@arizeai/openinference-vercel';
import * as ai from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { PROMPT, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const exporter = { export: (_spans, done) => done({ code: 0 }), async shutdown() {}, async forceFlush() {} };
const { recorder, tracer } = startTracing([new OpenInferenceSimpleSpanProcessor({ exporter })]);
const getPosition = ai.tool({
  description: 'Current position',
  inputSchema: z.object({ symbol: z.string(), afterOrderId: z.number().optional() }),
  execute: async () => TOOL_RESULT,
});
await tracer.startActiveSpan('trade-cycle', async (cycle) => {
  await ai.generateText({
    model: new MockLanguageModelV4(modelV2(true)),
    system: SYSTEM,
    prompt: PROMPT,
    tools: { get_position: getPosition },
    stopWhen: ai.stepCountIs(3),
    telemetry: { integrations: [new OpenTelemetry()], functionId: 'decide-trade' },
  });
  cycle.end();
});
const version = versionOf('@arizeai/openinference-vercel');
writeFixture({
  library: 'openinference-vercel',
  version,
  scenario: 'tools',
  with: { ai: versionOf('ai') },
  spans: recorder.take(),
});
