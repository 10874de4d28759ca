// @ts-nocheck: the library is installed in a temporary folder only.
import { Agent } from '@mastra/core/agent';
import { Mastra } from '@mastra/core/mastra';
import { createTool } from '@mastra/core/tools';
import { Observability } from '@mastra/observability';
import { OtelExporter } from '@mastra/otel-exporter';
import { z } from 'zod';
import { modelV2 } from '../kit/ai-models.mjs';
import { plainSpan, versionOf, writeFixture } from '../kit/recorder.mjs';
import { ORDER_ID, PROMPT, STAGE, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';

const spans = [];
const exporter = {
  export(batch, done) {
    spans.push(...batch.map(plainSpan));
    done({ code: 0 });
  },
  async forceFlush() {},
  async shutdown() {},
};
// A provider has to be given even where the exporter is.
const provider = { custom: { endpoint: 'http://127.0.0.1:9/v1/traces' } };
const getPosition = createTool({
  id: 'get_position',
  description: 'Current position',
  inputSchema: z.object({ symbol: z.string(), afterOrderId: z.number().optional() }),
  execute: async () => TOOL_RESULT,
});
const agent = (tools) =>
  new Agent({
    id: 'risk-agent',
    name: 'risk-agent',
    instructions: SYSTEM,
    model: { specificationVersion: 'v2', supportedUrls: {}, ...modelV2(false) },
    tools,
  });
const mastra = new Mastra({
  agents: { plain: agent({}), looped: agent({ get_position: getPosition }) },
  observability: new Observability({
    configs: { otel: { serviceName: 'bot', exporters: [new OtelExporter({ exporter, provider })] } },
  }),
  logger: false,
});

for (const [scenario, name] of [
  ['agent', 'plain'],
  ['agent-tools', 'looped'],
]) {
  await mastra
    .getAgent(name)
    .generate(PROMPT, { tracingOptions: { metadata: { stage: STAGE, orderId: ORDER_ID } } });
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await mastra.observability.getDefaultInstance?.()?.flush?.();
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  const others = { '@mastra/core': versionOf('@mastra/core') };
  writeFixture({
    library: 'mastra',
    version: versionOf('@mastra/otel-exporter'),
    scenario,
    with: others,
    spans: spans.splice(0),
  });
}
process.exit(0);
