// @ts-check
import { createServer } from 'node:http';

/**
 * What the model of the example bots says: it looks at the market, then trades or holds, then sums up.
 *
 * @typedef {{ reasoning?: string, call?: { name: string, args: Record<string, unknown> }, text?: string }} Turn
 * @type {Readonly<Record<string, readonly Turn[]>>}
 */
export const TURNS = {
  BTCUSDT: [
    {
      reasoning: 'Nothing is known of BTCUSDT yet, so the market comes first.',
      call: { name: 'get_market', args: { symbol: 'BTCUSDT' } },
    },
    {
      reasoning: 'RSI 28 is oversold and funding is negative, so BTCUSDT is bought with a stop under 63200.',
      call: { name: 'place_order', args: { symbol: 'BTCUSDT', side: 'BUY', size: 0.01, stop: 63_200 } },
    },
    { text: 'BTCUSDT: bought 0.01, because RSI 28 is oversold. The stop is at 63200.' },
  ],
  ETHUSDT: [
    {
      reasoning: 'Nothing is known of ETHUSDT yet, so the market comes first.',
      call: { name: 'get_market', args: { symbol: 'ETHUSDT' } },
    },
    {
      text: '{"action":"HOLD","symbol":"ETHUSDT","reason":"RSI 51 is neutral, so no position in ETHUSDT is worth its risk."}',
    },
  ],
  SOLUSDT: [
    {
      reasoning: 'Nothing is known of SOLUSDT yet, so the market comes first.',
      call: { name: 'get_market', args: { symbol: 'SOLUSDT' } },
    },
    {
      reasoning: 'RSI 77 is overbought and longs pay 0.062 %, so SOLUSDT is sold with a stop above 152.',
      call: { name: 'place_order', args: { symbol: 'SOLUSDT', side: 'SELL', size: 2, stop: 152 } },
    },
    { text: 'SOLUSDT: sold 2, because RSI 77 is overbought. The stop is at 152.' },
  ],
};

/**
 * Starts a stand-in for the APIs of OpenAI (chat completions, responses) and Anthropic (messages) on a local port.
 * It keeps no state: the ids of tool calls that a request holds say how far the conversation is.
 */
export async function startFakeModel() {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const answer = text === '' ? undefined : answerTo(request.url ?? '', text);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { error: { message: `no such path: ${request.url}` } }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} path
 * @param {string} text the request
 */
function answerTo(path, text) {
  const { model = '' } = JSON.parse(text);
  const symbol = /[A-Z]{3,5}USDT/.exec(text)?.[0] ?? '';
  const done = [...text.matchAll(/call_[A-Z]+_(\d+)/g)].map(([, number]) => Number(number));
  const number = Math.max(0, ...done) + 1;
  const turn = TURNS[symbol]?.[number - 1];
  if (turn === undefined) return undefined;
  const ids = { answer: `${symbol}_${number}`, call: `call_${symbol}_${number}` };
  if (path.endsWith('/responses')) return openAiResponse(model, turn, ids);
  if (path.endsWith('/chat/completions')) return openAiCompletion(model, turn, ids);
  return path.includes('/messages') ? anthropicMessage(model, turn, ids) : undefined;
}

/** @typedef {{ answer: string, call: string }} Ids */

/** @param {string} model @param {Turn} turn @param {Ids} ids */
const openAiCompletion = (model, { reasoning, call, text }, ids) => ({
  id: `chatcmpl-${ids.answer}`,
  object: 'chat.completion',
  created: 1_795_300_000,
  model: `${model}-2026-08-06`,
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: text ?? null,
        ...(reasoning && { reasoning_content: reasoning }),
        ...(call && {
          tool_calls: [
            {
              id: ids.call,
              type: 'function',
              function: { name: call.name, arguments: JSON.stringify(call.args) },
            },
          ],
        }),
      },
      finish_reason: call ? 'tool_calls' : 'stop',
    },
  ],
  usage: { prompt_tokens: 84, completion_tokens: 41, total_tokens: 125 },
});

/** @param {string} model @param {Turn} turn @param {Ids} ids */
const openAiResponse = (model, { reasoning, call, text }, ids) => ({
  id: `resp_${ids.answer}`,
  object: 'response',
  created_at: 1_795_300_000,
  status: 'completed',
  model: `${model}-2026-08-06`,
  output: [
    ...(reasoning
      ? [
          {
            id: `rs_${ids.answer}`,
            type: 'reasoning',
            summary: [{ type: 'summary_text', text: reasoning }],
          },
        ]
      : []),
    ...(call
      ? [
          {
            id: `fc_${ids.answer}`,
            type: 'function_call',
            status: 'completed',
            call_id: ids.call,
            name: call.name,
            arguments: JSON.stringify(call.args),
          },
        ]
      : []),
    ...(text
      ? [
          {
            id: `msg_${ids.answer}`,
            type: 'message',
            status: 'completed',
            role: 'assistant',
            content: [{ type: 'output_text', text, annotations: [] }],
          },
        ]
      : []),
  ],
  usage: {
    input_tokens: 84,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 41,
    output_tokens_details: { reasoning_tokens: 12 },
    total_tokens: 125,
  },
});

/** @param {string} model @param {Turn} turn @param {Ids} ids */
const anthropicMessage = (model, { reasoning, call, text }, ids) => ({
  id: `msg_${ids.answer}`,
  type: 'message',
  role: 'assistant',
  model: `${model}-20260801`,
  content: [
    ...(reasoning ? [{ type: 'thinking', thinking: reasoning, signature: 'c2ln' }] : []),
    ...(call ? [{ type: 'tool_use', id: ids.call, name: call.name, input: call.args }] : []),
    ...(text ? [{ type: 'text', text, citations: null }] : []),
  ],
  stop_reason: call ? 'tool_use' : 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 84, output_tokens: 41, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
});
