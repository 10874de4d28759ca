// @ts-nocheck: the library is installed in a temporary folder only.
import { trace } from '@opentelemetry/api';
import * as traceloop from '@traceloop/node-server-sdk';
import * as ai from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import OpenAI from 'openai';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { aiScenarios } from '../kit/ai-scenarios.mjs';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { createRecorder, versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, STAGE } from '../kit/scenario.mjs';

const exporter = { export: (_spans, done) => done({ code: 0 }), async shutdown() {}, async forceFlush() {} };
const recorder = createRecorder();
const processor = traceloop.createSpanProcessor({ exporter, disableBatch: true });
const provider = await startProvider();
traceloop.initialize({
  appName: 'bot',
  exporter,
  disableBatch: true,
  silenceInitializationMessage: true,
  telemetryEnabled: false,
  traceloopSyncEnabled: false,
  instrumentModules: { openAI: OpenAI },
  processor: {
    onStart: (span, context) => processor.onStart(span, context),
    onEnd(span) {
      processor.onEnd(span);
      recorder.onEnd(span);
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  },
});
const openai = new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 });
const model = () => new MockLanguageModelV3(modelV2(true));
const looped = { stopWhen: ai.stepCountIs(3) };
const version = versionOf('@traceloop/node-server-sdk');
const bot = (call) =>
  traceloop.withWorkflow({ name: 'trade-cycle' }, () =>
    traceloop.withAssociationProperties({ stage: STAGE, order_id: ORDER_ID }, () =>
      traceloop.withTask({ name: 'decide' }, call),
    ),
  );

for (const [scenario, call] of aiScenarios({ ai, z, model, looped, schemaKey: 'inputSchema' })) {
  if (scenario !== 'tools' && scenario !== 'object') continue;
  await bot(call);
  writeFixture({
    library: 'traceloop-sdk',
    version,
    scenario: `ai-${scenario}`,
    with: { ai: versionOf('ai') },
    spans: recorder.take(),
  });
}
for (const [scenario, call] of openaiScenarios(openai)) {
  if (scenario !== 'chat') continue;
  await bot(call);
  const others = { openai: versionOf('openai') };
  writeFixture({
    library: 'traceloop-sdk',
    version,
    scenario: `openai-${scenario}`,
    with: others,
    spans: recorder.take(),
  });
}
trace.disable();
await provider.close();
process.exit(0);
