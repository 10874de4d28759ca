// @ts-nocheck: the library is installed in a temporary folder only.
import { observeOpenAI } from '@langfuse/openai';
import { propagateAttributes, startActiveObservation, startObservation } from '@langfuse/tracing';
import OpenAI from 'openai';
import { openaiScenarios } from '../kit/openai-scenarios.mjs';
import { startProvider } from '../kit/provider.mjs';
import { versionOf, writeFixture } from '../kit/recorder.mjs';
import { ANSWER, ORDER_ID, PROMPT, REASONING, STAGE, SYSTEM, TOOL_RESULT } from '../kit/scenario.mjs';
import { startTracing } from '../kit/tracing.mjs';

const { recorder } = startTracing();
const provider = await startProvider();
const client = observeOpenAI(new OpenAI({ apiKey: 'x', baseURL: `${provider.url}/v1`, maxRetries: 0 }));
const version = versionOf('@langfuse/tracing');

const bot = (call) =>
  startActiveObservation(
    'risk-agent',
    (agent) =>
      propagateAttributes({ userId: 'bot-1', metadata: { orderId: ORDER_ID } }, async () => {
        agent.update({ input: PROMPT });
        await call();
        agent.update({ output: ANSWER });
      }),
    { asType: 'agent' },
  );

async function manual() {
  const generation = startObservation(
    'decide-manual',
    {
      model: 'gpt-5',
      input: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: PROMPT },
      ],
      metadata: { stage: STAGE, orderId: ORDER_ID, reasoning: { effort: 'high' } },
    },
    { asType: 'generation' },
  );
  generation.update({ output: { role: 'assistant', content: ANSWER } }).end();
  const tool = startObservation('get_position', { input: { symbol: 'BTCUSDT' } }, { asType: 'tool' });
  tool.update({ output: TOOL_RESULT }).end();
  const noted = startObservation(
    'explain',
    { model: 'gpt-5', input: PROMPT, output: REASONING },
    { asType: 'generation' },
  );
  noted.end();
}

async function capture(scenario, call) {
  await bot(call);
  writeFixture({
    library: 'langfuse',
    version,
    scenario,
    with: { openai: versionOf('openai') },
    spans: recorder.take(),
  });
}
await capture('manual', manual);
for (const [scenario, call] of openaiScenarios(client)) {
  if (['chat', 'chat-tool-call', 'chat-stream', 'responses'].includes(scenario))
    await capture(scenario, call);
  if (scenario === 'embeddings-and-failed')
    await capture('failed', () =>
      client.chat.completions
        .create({ model: 'broken', messages: [{ role: 'user', content: PROMPT }] })
        .catch(() => undefined),
    );
}
await provider.close();
