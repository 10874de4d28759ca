// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { ORDER_ID, ORDER_RESULT, PROMPT, STAGE, SYSTEM, TOOL_RESULT } from './scenario.mjs';

/**
 * The calls that a bot makes with the AI SDK 3 to 6, each as [scenario, call].
 *
 * `looped`: the options by which this version goes on after a tool call. `schemaKey`: how it names a tool's schema.
 */
export function aiScenarios({ ai, z, model, looped, schemaKey }) {
  const telemetry = (over = {}) => ({
    isEnabled: true,
    functionId: 'decide-trade',
    metadata: { stage: STAGE, orderId: ORDER_ID },
    ...over,
  });
  const tools = {
    get_position: ai.tool({
      description: 'Current position',
      [schemaKey]: z.object({ symbol: z.string(), afterOrderId: z.number().optional() }),
      execute: async () => TOOL_RESULT,
    }),
  };
  const trading = {
    ...tools,
    place_order: ai.tool({
      description: 'Places a market order with a stop',
      [schemaKey]: z.object({ symbol: z.string(), side: z.string(), size: z.number(), stop: z.number() }),
      execute: async () => ORDER_RESULT,
    }),
  };
  const ask = (experimental_telemetry, over = {}) => ({
    model: model(),
    system: SYSTEM,
    prompt: PROMPT,
    experimental_telemetry,
    ...over,
  });
  return [
    ['tools', () => ai.generateText(ask(telemetry(), { tools, ...looped }))],
    ['trade', () => ai.generateText(ask(telemetry({ metadata: {} }), { tools: trading, ...looped }))],
    [
      'object',
      () => ai.generateObject(ask(telemetry({ metadata: {} }), { schema: z.object({ action: z.string() }) })),
    ],
    [
      'stream',
      async () => {
        const result = await ai.streamText(ask(telemetry({ functionId: undefined })));
        for await (const _ of result.textStream);
      },
    ],
    ['content-off', () => ai.generateText(ask(telemetry({ recordInputs: false, recordOutputs: false })))],
    [
      'image',
      () =>
        ai.generateText(
          ask(telemetry(), {
            prompt: undefined,
            messages: [
              {
                role: 'user',
                content: [
                  { type: 'text', text: PROMPT },
                  { type: 'image', image: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]) },
                ],
              },
            ],
          }),
        ),
    ],
    [
      'failed',
      async () => {
        const broken = {
          ...model(),
          provider: 'openai',
          modelId: 'gpt-5',
          specificationVersion: model().specificationVersion,
        };
        broken.doGenerate = async () => {
          throw new Error('overloaded');
        };
        await ai.generateText({ ...ask(telemetry()), model: broken, maxRetries: 0 }).catch(() => undefined);
      },
    ],
  ];
}
