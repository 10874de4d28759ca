// @ts-nocheck: the library is installed in a temporary folder only.
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, STAGE, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const provider = await startProvider();
Object.assign(process.env, {
  LANGSMITH_TRACING: 'true',
  LANGSMITH_OTEL_ENABLED: 'true',
  LANGSMITH_OTEL_ONLY: 'true',
  LANGSMITH_API_KEY: 'x',
  LANGSMITH_ENDPOINT: provider.url,
});
const { recorder, provider: tracerProvider } = startTracing();
const { initializeOTEL } = await import('langsmith/experimental/otel/setup');
const { Client } = await import('langsmith');
const { traceable } = await import('langsmith/traceable');
const { wrapOpenAI } = await import('langsmith/wrappers');
const { default: OpenAI } = await import('openai');
initializeOTEL({ globalTracerProvider: tracerProvider, skipGlobalContextManagerSetup: true });
const langsmith = new Client();
const client = wrapOpenAI(new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 }), {
  client: langsmith,
});

async function capture(scenario, call) {
  const getPosition = traceable(async () => TOOL_RESULT, {
    name: 'get_position',
    run_type: 'tool',
    client: langsmith,
  });
  const cycle = traceable(
    async () => {
      await getPosition('BTCUSDT');
      await call();
      return 'done';
    },
    {
      name: 'trade-cycle',
      run_type: 'chain',
      client: langsmith,
      metadata: { stage: STAGE, orderId: ORDER_ID },
    },
  );
  await cycle('BTCUSDT');
  await langsmith.awaitPendingTraceBatches();
  writeFixture({
    library: 'langsmith',
    version: versionOf('langsmith'),
    scenario,
    with: { openai: versionOf('openai') },
    spans: recorder.take(),
  });
}
for (const [scenario, call] of openaiScenarios(client)) {
  if (['chat', 'chat-tool-call', 'responses'].includes(scenario)) await capture(scenario, call);
  if (scenario === 'embeddings-and-failed')
    await capture('failed', () =>
      client.chat.completions.create({ model: 'broken', messages: [] }).catch(() => undefined),
    );
}
await provider.close();
process.exit(0);
