// @ts-nocheck: plain data of many libraries and versions, none of which is installed here.
import { PROMPT, SYSTEM } from './scenario.mjs';

const messages = [
  { role: 'system', content: SYSTEM },
  { role: 'user', content: PROMPT },
];
const parameters = { type: 'object', properties: { symbol: { type: 'string' } } };
const tools = [
  { type: 'function', function: { name: 'get_position', description: 'Current position', parameters } },
];
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The calls that a bot makes with the openai package, each as [scenario, call]. */
export function openaiScenarios(client) {
  return [
    ['chat', () => client.chat.completions.create({ model: 'gpt-5', messages })],
    ['chat-tool-call', () => client.chat.completions.create({ model: 'gpt-5', messages, tools })],
    [
      'chat-after-tool',
      () =>
        client.chat.completions.create({
          model: 'gpt-5',
          tools,
          messages: [
            ...messages,
            {
              role: 'assistant',
              content: null,
              tool_calls: [
                {
                  id: 'call_pos_1',
                  type: 'function',
                  function: { name: 'get_position', arguments: '{"symbol":"BTCUSDT"}' },
                },
              ],
            },
            {
              role: 'tool',
              tool_call_id: 'call_pos_1',
              content: '{"size":0,"lastOrderId":596471064624628269}',
            },
          ],
        }),
    ],
    [
      'chat-stream',
      async () => {
        for await (const _ of await client.chat.completions.create({
          model: 'gpt-5',
          messages,
          stream: true,
        }));
      },
    ],
    [
      'chat-image',
      () =>
        client.chat.completions.create({
          model: 'gpt-5',
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: PROMPT },
                { type: 'image_url', image_url: { url: PIXEL } },
              ],
            },
          ],
        }),
    ],
    ['chat-choices', () => client.chat.completions.create({ model: 'gpt-5', messages, n: 2 })],
    ['responses', () => client.responses?.create({ model: 'gpt-5', instructions: SYSTEM, input: PROMPT })],
    [
      'embeddings-and-failed',
      async () => {
        await client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' });
        await client.chat.completions.create({ model: 'broken', messages }).catch(() => undefined);
      },
    ],
  ];
}
