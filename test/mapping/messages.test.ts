import { describe, expect, it } from 'vitest';
import { answerContent, reasoningOfAnswer } from '../../src/mapping/messages/answer.js';
import { indexedList } from '../../src/mapping/messages/indexed-keys.js';
import { readMessage } from '../../src/mapping/messages/read-message.js';
import { requestContent } from '../../src/mapping/messages/request.js';

const ID = '596471064624628269';

describe('a message', () => {
  it.each<[string, unknown, object]>([
    ['text', { role: 'user', content: 'hi' }, { text: 'hi' }],
    [
      'parts of text',
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'input_text', text: 'b' },
        ],
      },
      { text: 'a\nb' },
    ],
    [
      'pieces of an answer',
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { text: 'ab' },
    ],
    ['a refusal', { role: 'assistant', content: null, refusal: 'no' }, { text: 'no' }],
    ['no role', { parts: [{ type: 'text', content: 'hi' }] }, { role: undefined, text: 'hi' }],
    [
      'reasoning in content',
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'why' }] },
      { reasoning: 'why' },
    ],
    [
      'reasoning in text',
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'why' }] },
      { reasoning: 'why' },
    ],
    [
      'thinking',
      { role: 'assistant', content: [{ type: 'thinking', thinking: 'why', signature: 's' }] },
      { reasoning: 'why' },
    ],
    [
      'a summary of reasoning',
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'why' }] },
      { role: 'assistant', reasoning: 'why' },
    ],
    [
      'reasoning beside the content',
      { role: 'assistant', content: 'a', reasoning_content: 'why' },
      { text: 'a', reasoning: 'why' },
    ],
    [
      'reasoning of LangChain',
      {
        lc: 1,
        id: ['x', 'AIMessageChunk'],
        kwargs: { content: 'a', additional_kwargs: { reasoning_content: 'why' } },
      },
      { role: 'assistant', text: 'a', reasoning: 'why' },
    ],
    [
      'an image',
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      { leftOut: [{ type: 'image_url', mime: 'image/png' }] },
    ],
    [
      'a blob',
      { role: 'user', parts: [{ type: 'blob', mime_type: 'audio/wav', content: 'AAAA' }] },
      { leftOut: [{ type: 'blob', mime: 'audio/wav' }] },
    ],
    [
      'a part of an unknown kind',
      { role: 'user', parts: [{ type: 'hologram', content: 'AAAA' }] },
      { leftOut: [{ type: 'hologram', mime: undefined }] },
    ],
    [
      "Google's parts",
      { role: 'model', parts: [{ text: 'why', thought: true }, { text: 'a' }] },
      { text: 'a', reasoning: 'why' },
    ],
  ])('with %s', (_, given, expected) => {
    expect(readMessage(given)).toMatchObject(expected);
  });

  it.each<[string, unknown]>([
    [
      'an object',
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c', name: 't', arguments: { id: BigInt(ID) } }],
      },
    ],
    [
      'JSON text',
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 't', arguments: `{"id":${ID}}` } }],
      },
    ],
    [
      'JSON text in JSON text',
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCallId: 'c', toolName: 't', args: JSON.stringify(`{"id":${ID}}`) },
        ],
      },
    ],
    [
      'an input',
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 't', input: `{"id":${ID}}` }] },
    ],
    ['an item', { type: 'function_call', id: 'fc', call_id: 'c', name: 't', arguments: `{"id":${ID}}` }],
    [
      'both among its parts and beside them',
      {
        role: 'assistant',
        contents: [{ tool_call: { id: 'c', function: { name: 't', arguments: '{}' } } }],
        tool_calls: [{ tool_call: { id: 'c', function: { name: 't', arguments: `{"id":${ID}}` } } }],
      },
    ],
  ])('has one tool call with its digits where the arguments are %s', (_, given) => {
    expect(readMessage(given)?.toolCalls).toEqual([{ id: 'c', name: 't', args: { id: BigInt(ID) } }]);
  });

  it.each<[string, unknown]>([
    ['a message of the role tool', { role: 'tool', tool_call_id: 'c', content: `{"id":${ID}}` }],
    [
      'a part of the AI SDK',
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: 'c', output: { type: 'json', value: { id: BigInt(ID) } } },
        ],
      },
    ],
    [
      'a part of Anthropic',
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: `{"id":${ID}}` }] },
    ],
    [
      'a part of the conventions',
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: { id: BigInt(ID) } }] },
    ],
    ['an item', { type: 'function_call_output', call_id: 'c', output: `{"id":${ID}}` }],
  ])('has the result of a tool from %s', (_, given) => {
    expect(readMessage(given)?.toolResults).toEqual([{ id: 'c', result: { id: BigInt(ID) } }]);
  });

  it.each<[string, unknown]>([
    ['text', 'hi'],
    ['an object of the bot', { action: 'buy' }],
    ['an object of the bot with a role', { role: 'trader', content: 'x', action: 'buy' }],
    ['an object of the bot with the role of a user', { role: 'user', name: 'bot-1' }],
    ['nothing', undefined],
  ])('is not %s', (_, given) => {
    expect(readMessage(given)).toBeUndefined();
  });
});

describe('a request', () => {
  const messages = '{"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]}';
  it.each<[string, unknown]>([
    [
      'chat completions',
      {
        model: 'm',
        messages: [
          { role: 'system', content: 's' },
          { role: 'user', content: 'u' },
        ],
      },
    ],
    ['responses', { model: 'm', instructions: 's', input: 'u' }],
    ['responses with a list', { model: 'm', instructions: 's', input: [{ role: 'user', content: 'u' }] }],
    [
      'Anthropic',
      { model: 'm', system: [{ type: 'text', text: 's' }], messages: [{ role: 'user', content: 'u' }] },
    ],
    [
      'Google',
      { contents: [{ role: 'user', parts: [{ text: 'u' }] }], systemInstruction: { parts: [{ text: 's' }] } },
    ],
    ['the AI SDK', { system: 's', prompt: 'u' }],
    [
      'LangChain',
      {
        messages: [
          [
            { lc: 1, id: ['SystemMessage'], kwargs: { content: 's' } },
            { lc: 1, id: ['HumanMessage'], kwargs: { content: 'u' } },
          ],
        ],
      },
    ],
  ])('of %s is brought into one form, as text and as structure', (_, given) => {
    expect(requestContent(given)).toBe(messages);
    expect(requestContent(JSON.stringify(given))).toBe(messages);
  });

  it.each<[string, unknown]>([
    ['text', 'BTCUSDT 64010'],
    ["a bot's own JSON", `{"symbol":"BTCUSDT","lastOrder":${ID}}`],
    ['the arguments of a function', { input: 'BTCUSDT', depth: 5 }],
    ['a prompt among other arguments', { prompt: 'Decide.', symbol: 'BTCUSDT' }],
    ['an empty list', []],
    ['a list that is no conversation', [{ role: 'user', content: 'u' }, { price: 64010 }]],
  ])('that is %s goes on as it is', (_, given) => {
    expect(requestContent(given)).toBe(given);
  });
});

describe('an answer', () => {
  it.each<[string, unknown]>([
    [
      'chat completions',
      { choices: [{ message: { role: 'assistant', content: 'a', reasoning_content: 'why' } }] },
    ],
    [
      'responses',
      {
        output: [
          { type: 'reasoning', summary: [{ text: 'why' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'a' }] },
        ],
      },
    ],
    [
      'Anthropic',
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'why' },
          { type: 'text', text: 'a' },
        ],
      },
    ],
    [
      'Google',
      {
        candidates: [{ content: { role: 'model', parts: [{ text: 'why', thought: true }, { text: 'a' }] } }],
      },
    ],
    [
      'LangChain',
      {
        generations: [
          [
            {
              text: 'a',
              message: {
                lc: 1,
                id: ['AIMessage'],
                kwargs: { content: [], additional_kwargs: { reasoning_content: 'why' } },
              },
            },
          ],
        ],
      },
    ],
    ['an agent', { text: 'a', reasoningText: 'why', toolCalls: [], files: [] }],
    [
      'the conventions',
      [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'why' },
            { type: 'text', content: 'a' },
          ],
        },
      ],
    ],
    [
      'the OpenAI Agents SDK',
      [{ choices: [{ message: { content: 'a', role: 'assistant', reasoning_content: 'why' } }] }],
    ],
  ])('of %s is brought into one form', (_, given) => {
    expect(answerContent(given)).toBe('{"text":"a"}');
    expect(answerContent(JSON.stringify(given))).toBe('{"text":"a"}');
    expect(reasoningOfAnswer(given)).toBe('why');
  });

  it('that is a JSON object goes on character for character', () => {
    const text = `{ "price": 1.50, "orderId": ${ID}, "a": 1, "a": 2 }`;
    expect(answerContent([{ role: 'assistant', parts: [{ type: 'text', content: `\n${text}\n` }] }])).toBe(
      text,
    );
  });

  it('that is a JSON object keeps its characters beside its tool calls', () => {
    const call = { type: 'tool_call', name: 't', arguments: `{"id":${ID}}` };
    const answer = (content: string) =>
      answerContent([{ role: 'assistant', parts: [{ type: 'text', content }, call] }]);
    const calls = `"toolCalls":[{"name":"t","args":{"id":${ID}}}]`;
    expect(answer('{"price":1.50}')).toBe(`{"price":1.50,${calls}}`);
    expect(answer('{"toolCalls":0}')).toBe(`{"text":"{\\"toolCalls\\":0}",${calls}}`);
    expect(answer('{}')).toBe(`{"text":"{}",${calls}}`);
  });

  it('with several choices keeps them all', () => {
    const choices = [
      { message: { role: 'assistant', content: 'a' } },
      { message: { role: 'assistant', content: '{"b":1}' } },
    ];
    expect(answerContent({ choices })).toBe('{"choices":[{"text":"a"},{"b":1}]}');
  });

  it.each<[string, unknown]>([
    ["a bot's own JSON", `{"action":"buy","orderId":${ID}}`],
    ['choices of the bot', { choices: ['buy', 'hold'], pick: 'buy' }],
    ['reasons of the bot', { action: 'buy', reasoning: ['a', 'b'] }],
    ['a result with more in it', { text: 'a', files: [], action: 'buy' }],
    ['an output of the bot', { output: [1, 2] }],
    ['JSON that was cut', '{"choices":[{"message":{"content":"a'],
  ])('that is %s goes on as it is', (_, given) => {
    expect(answerContent(given)).toBe(given);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a message without content', { role: 'assistant', content: null }],
    ['a message with blank content', { role: 'assistant', content: ' ' }],
  ])('is missing where there is %s', (_, given) => {
    expect(answerContent(given)).toBeUndefined();
  });
});

describe('keys with numbers in them', () => {
  it('become a list in the order of the numbers, whatever the order of the keys', () => {
    const attributes = {
      'p.10.a': 'k',
      'p.2.a': 'c',
      'p.0.b.1.x': 'z',
      'p.0.b.0.x': 'y',
      'p.0.a': 'a',
      'p.name': 'n',
      'q.0.a': 'q',
    };
    expect(indexedList(attributes, 'p.')).toEqual([
      { a: 'a', b: [{ x: 'y' }, { x: 'z' }] },
      { a: 'c' },
      { a: 'k' },
    ]);
  });

  it('are none where nothing but names follows', () => {
    expect(indexedList({ 'p.name': 'n', 'p.version': '1' }, 'p.')).toBeUndefined();
  });

  it('cannot reach a prototype', () => {
    expect(indexedList({ 'p.0.__proto__.polluted': 'x' }, 'p.')).toHaveLength(1);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
