// @ts-nocheck: the library is installed in a temporary folder only.
import Anthropic from '@anthropic-ai/sdk';
import { AnthropicInstrumentation } from '@arizeai/openinference-instrumentation-anthropic';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { PROMPT, SYSTEM } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder, tracer } = startTracing();
const provider = await startProvider();
new AnthropicInstrumentation().manuallyInstrument(Anthropic);
const ask = {
  model: 'claude-opus-5',
  max_tokens: 2000,
  thinking: { type: 'enabled', budget_tokens: 1024 },
  system: SYSTEM,
  messages: [{ role: 'user', content: PROMPT }],
};
const tools = [
  {
    name: 'get_position',
    description: 'Current position',
    input_schema: { type: 'object', properties: { symbol: { type: 'string' } } },
  },
];
const client = (openTelemetry) =>
  new Anthropic({ apiKey: 'x', baseURL: provider.url, maxRetries: 0, openTelemetry });
const metadataOnly = client({ traces: { enabled: true, contentMode: 'metadata_only' } });
const withContent = client({ traces: { enabled: true, contentMode: 'content' } });

const scenarios = [
  ['over-native-metadata', () => metadataOnly.messages.create(ask)],
  ['over-native-content', () => withContent.messages.create(ask)],
  ['alone-tool-call', () => client(false).messages.create({ ...ask, tools })],
  [
    'alone-stream',
    async () => {
      for await (const _ of await client(false).messages.create({ ...ask, stream: true }));
    },
  ],
];
for (const [scenario, call] of scenarios) {
  await tracer.startActiveSpan('trade-cycle', async (cycle) => {
    await call();
    cycle.end();
  });
  const others = { '@anthropic-ai/sdk': versionOf('@anthropic-ai/sdk') };
  const version = versionOf('@arizeai/openinference-instrumentation-anthropic');
  writeFixture({
    library: 'openinference-anthropic',
    version,
    scenario,
    with: others,
    spans: recorder.take(),
  });
}
await provider.close();
