// @ts-nocheck: the library is installed in a temporary folder only.
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import * as ai from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, ORDER_RESULT, PROMPT, STAGE, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const model = () => new MockLanguageModelV4(modelV2(true));
const modern = new OpenTelemetry({ runtimeContext: true, experimental_decision: true });
const legacy = new LegacyOpenTelemetry({ runtimeContext: true });

const tools = {
  get_position: ai.tool({
    description: 'Current position',
    inputSchema: z.object({ symbol: z.string(), afterOrderId: z.number().optional() }),
    execute: async () => TOOL_RESULT,
  }),
};
const trading = {
  ...tools,
  place_order: ai.tool({
    description: 'Places a market order with a stop',
    inputSchema: z.object({ symbol: z.string(), side: z.string(), size: z.number(), stop: z.number() }),
    execute: async () => ORDER_RESULT,
  }),
};
const ask = (integrations, telemetry = {}) => ({
  model: model(),
  system: SYSTEM,
  prompt: PROMPT,
  runtimeContext: { stage: STAGE, orderId: ORDER_ID },
  telemetry: {
    integrations,
    functionId: 'decide-trade',
    includeRuntimeContext: { stage: true, orderId: true },
    ...telemetry,
  },
});
const looped = { tools, stopWhen: ai.stepCountIs(3) };
const decisionModel = {
  specificationVersion: 'v4',
  provider: 'fake',
  modelId: 'decider-1',
  supportedQuestionTypes: ['choice', 'boolean'],
  doDecide: async () => ({
    answers: { action: { type: 'choice', choice: 'buy', probabilities: { buy: 0.72, hold: 0.28 } } },
    warnings: [],
    response: { id: 'dec_1', modelId: 'decider-1-2026-08-06', timestamp: new Date(0) },
  }),
};
const decide = (integrations) =>
  ai.experimental_decide({
    model: decisionModel,
    state: [{ type: 'text', text: PROMPT }],
    questions: { action: { type: 'choice', criteria: { buy: 'open a long', hold: 'do nothing' } } },
    telemetry: { integrations, functionId: 'decide-trade' },
  });

const scenarios = [
  ['otel-tools', () => ai.generateText({ ...ask([modern]), ...looped })],
  [
    'otel-trade',
    () =>
      ai.generateText({
        ...ask([modern]),
        runtimeContext: {},
        tools: trading,
        stopWhen: ai.stepCountIs(4),
      }),
  ],
  ['otel-object', () => ai.generateObject({ ...ask([modern]), schema: z.object({ action: z.string() }) })],
  [
    'otel-stream',
    async () => {
      for await (const _ of ai.streamText(ask([modern])).textStream);
    },
  ],
  ['otel-content-off', () => ai.generateText(ask([modern], { recordInputs: false, recordOutputs: false }))],
  ['otel-decide', () => decide([modern])],
  ['legacy-tools', () => ai.generateText({ ...ask([legacy]), ...looped })],
  ['legacy-decide', () => decide([legacy])],
  ['both', () => ai.generateText(ask([legacy, modern]))],
];
for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  const others = { '@ai-sdk/otel': versionOf('@ai-sdk/otel') };
  writeFixture({ library: 'ai', version: versionOf('ai'), scenario, with: others, spans: recorder.take() });
}
