import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { createSpanReader, type SpanReaderOptions } from '../../src/mapping/read-span.js';
import type { SpanFacts } from '../../src/mapping/span-facts.js';

const NOW = 1_790_000_000_000;
const reader = (over: Partial<SpanReaderOptions> = {}) =>
  createSpanReader({
    vocabularies: 'all',
    include: [],
    exclude: [],
    clock: { wallMillis: () => NOW },
    ...over,
  });

const spanWith = (attributes: Record<string, unknown>, over: Partial<FinishedSpan> = {}): FinishedSpan => ({
  name: 'chat gpt-5',
  kind: 2,
  spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 }),
  startTime: [1_700_000_000, 0],
  endTime: [1_700_000_001, 0],
  status: { code: 0 },
  attributes,
  events: [],
  instrumentationScope: { name: 'some-library' },
  ...over,
});

function factsOf(
  attributes: Record<string, unknown>,
  over: Partial<FinishedSpan> = {},
  options: Partial<SpanReaderOptions> = {},
): SpanFacts {
  const facts = reader(options)(spanWith(attributes, over));
  if (facts === undefined) throw new Error('no vocabulary knows the span');
  return facts;
}

const chat = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.response.model': 'gpt-5-2026-08-06',
  'gen_ai.response.id': 'resp_1',
  'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"Decide."}]}]',
  'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Buy."}]}]',
};

const stage = {
  'ai.stage': 'Decision Making',
  'ai.model': 'gpt-5-2026-08-07',
  'ai.input': '{"symbol":"BTCUSDT","rsi":28}',
  'ai.output': '{"action":"BUY"}',
  'ai.explanation': 'RSI 28 is oversold.',
};

describe('a span of no interest', () => {
  it.each<[string, Record<string, unknown>]>([
    ['without attributes', {}],
    ['of a web server', { 'http.request.method': 'GET', 'url.path': '/' }],
    [
      'whose keys only begin like known ones',
      { 'ai.model.id.x': 'm', 'gen_ai.operation': 'chat', 'llm.request': 1 },
    ],
    [
      'that names a prompt template of the newest conventions',
      { 'gen_ai.prompt.name': 'decide', 'gen_ai.prompt.version': '1' },
    ],
  ])('%s means nothing', (_, attributes) => {
    expect(reader()(spanWith(attributes))).toBeUndefined();
  });
});

describe('an own entry', () => {
  it('is read as the bot stated it', () => {
    const facts = factsOf({ ...stage, 'ai.order_id': ['5', '6'] }, { name: 'decide' });
    expect(facts).toMatchObject({
      role: 'entry',
      stage: { text: 'Decision Making', firmness: 'stated' },
      orders: { kind: 'ids', ids: ['5', '6'] },
      notLoggable: undefined,
      draft: {
        model: 'gpt-5-2026-08-07',
        inputJson: stage['ai.input'],
        outputJson: stage['ai.output'],
        orderId: '5',
      },
    });
  });

  it('has its name for a stage where it states none, and says how firm that is', () => {
    const { 'ai.stage': _, ...rest } = stage;
    expect(factsOf(rest, { name: 'risk' }).stage).toEqual({ text: 'Risk Assessment', firmness: 'span-name' });
  });

  it('is an entry still on the span of a library, which lends it what it lacks', () => {
    const { draft, role } = factsOf({ ...chat, 'ai.output': '{"action":"BUY"}' });
    expect(role).toBe('entry');
    expect(draft?.model).toBe('gpt-5-2026-08-06');
    expect(draft?.outputJson).toBe('{"action":"BUY"}');
    expect(draft?.inputJson).toContain('Decide.');
  });
});

describe('attributes of ours on the span of a library', () => {
  it('override what the library wrote, and leave the call a call', () => {
    const facts = factsOf({
      ...chat,
      'ai.stage': 'risk',
      'ai.model': 'own-model',
      'ai.order_id': '7',
      'ai.explanation': 'mine',
    });
    expect(facts.role).toBe('call');
    expect(facts.stage).toEqual({ text: 'Risk Assessment', firmness: 'stated' });
    expect(facts.draft).toMatchObject({ model: 'own-model', explanation: 'mine', orderId: '7' });
  });

  it('make context of a span that no library logs', () => {
    const facts = factsOf(
      { 'gen_ai.operation.name': 'embeddings', 'ai.order_id': 'none', 'ai.model': 'm' },
      { name: 'cycle' },
    );
    expect(facts).toMatchObject({ role: 'context', orders: { kind: 'none' }, model: 'm', draft: undefined });
  });

  it('of which none is input or output lend a stage by the name of the span', () => {
    expect(factsOf({ 'ai.order_id': '7' }, { name: 'execute' })).toMatchObject({
      role: 'context',
      stage: { text: 'Execution', firmness: 'span-name' },
      orders: { kind: 'ids', ids: ['7'] },
    });
  });
});

describe('a model call', () => {
  it('prefers a reason that the answer gives to the answer itself', () => {
    const output = (content: string) => ({
      ...chat,
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content }] }]),
    });
    const explanation = (content: string) => factsOf(output(content)).draft?.explanation;
    expect(explanation('{"action":"BUY","rationale":"oversold"}')).toBe('oversold');
    expect(explanation('{"action":"BUY"}')).toBe('{"action":"BUY"}');
    expect(explanation('Buy, because RSI is 28.')).toBe('Buy, because RSI is 28.');
    const block = '```json\n{"action":"BUY","reason":"RSI is 28"}\n```';
    expect(explanation(`Here it is:\n${block}\nGood luck!`)).toBe('RSI is 28');
    expect(explanation('```\n{"action":"BUY"}\n```')).toBe('```\n{"action":"BUY"}\n```');
    expect(explanation('```json\n{"reason":')).toBe('```json\n{"reason":');
  });

  const asking = (...calls: readonly object[]) => ({
    ...chat,
    'gen_ai.output.messages': JSON.stringify([
      { role: 'assistant', parts: calls.map((call) => ({ type: 'tool_call', ...call })) },
    ]),
  });

  it('takes the reason that it gave beside its order, where the tool has a place for one', () => {
    const { draft } = factsOf(
      asking(
        { id: 'a', name: 'get_market', arguments: {} },
        { id: 'b', name: 'place_order', arguments: { side: 'BUY', reason: 'RSI is 28' } },
      ),
    );
    expect(draft).toMatchObject({ explanation: 'RSI is 28', explanationDerived: false });
  });

  it('tells what the tools gave that were called after the last answer, and nothing of those before', () => {
    const call = (id: string, name: string) => ({
      role: 'assistant',
      parts: [{ type: 'tool_call', id, name }],
    });
    const result = (id: string, response: unknown) => ({
      role: 'tool',
      parts: [{ type: 'tool_call_response', id, response }],
    });
    const messages = [
      { role: 'user', parts: [{ type: 'text', content: 'Decide.' }] },
      call('a', 'place_order'),
      result('a', { orderId: '1' }),
      call('b', 'place_order'),
      result('b', '{"orderId":596471064624628269}'),
      result('c', { of: 'nobody' }),
    ];
    const facts = factsOf({ ...chat, 'gen_ai.input.messages': JSON.stringify(messages) });
    expect(facts.told).toEqual([
      { name: 'place_order', answers: 'place_order b', result: '{"orderId":596471064624628269}' },
    ]);
    expect(factsOf(chat).told).toEqual([]);
  });

  it('tells which calls of tools it asks for, and whether it does nothing else', () => {
    const both = asking(
      { id: 'a', name: 'get_market', arguments: {} },
      { id: 'b', name: 'place_order', arguments: '{"id":596471064624628269}' },
      { name: 'no_id' },
    );
    expect(factsOf(both)).toMatchObject({
      toolCallsOnly: true,
      asksFor: ['get_market a', 'place_order b'],
    });
    const withText = {
      ...chat,
      'gen_ai.output.messages':
        '[{"parts":[{"type":"text","content":"Buying."},{"type":"tool_call","id":"b","name":"place_order"}]}]',
    };
    expect(factsOf(withText)).toMatchObject({ toolCallsOnly: false, asksFor: ['place_order b'] });
    expect(factsOf(chat)).toMatchObject({ toolCallsOnly: false, asksFor: [] });
    expect(factsOf(stage).asksFor).toBeUndefined();
  });

  it('that only called a tool says so, as a sentence of ours', () => {
    const { draft } = factsOf({
      ...chat,
      'gen_ai.output.messages':
        '[{"parts":[{"type":"tool_call","name":"place_order","arguments":"{\\"id\\":596471064624628269}"}]}]',
    });
    expect(draft?.explanation).toBe('The model called place_order({"id":596471064624628269}).');
    expect(draft?.explanationDerived).toBe(true);
    expect(draft?.outputJson).toBe('{"toolCalls":[{"name":"place_order","args":{"id":596471064624628269}}]}');
  });

  it('never takes a count of tokens or a setting for reasoning', () => {
    const { draft } = factsOf({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.input': 'Decide.',
      'langfuse.observation.output': '{"action":"BUY"}',
      'langfuse.observation.metadata.reasoning': '{"effort":"high"}',
      'gen_ai.usage.reasoning': 12,
    });
    expect(draft?.explanation).toBe('{"action":"BUY"}');
  });

  it('without input is logged if its answer has words, and leaves the input to its trace', () => {
    const { 'gen_ai.input.messages': _, ...rest } = chat;
    expect(factsOf(rest).draft).toMatchObject({ inputJson: undefined, outputJson: '{"text":"Buy."}' });
    const calling = { ...rest, 'gen_ai.output.messages': '[{"parts":[{"type":"tool_call","name":"t"}]}]' };
    expect(factsOf(calling).notLoggable).toBe('no-content');
  });

  it('takes the stage from the name of the agent, unless metadata states one', () => {
    expect(factsOf({ ...chat, 'gen_ai.agent.name': 'risk' }).stage).toEqual({
      text: 'Risk Assessment',
      firmness: 'function',
    });
    const stated = { ...chat, 'gen_ai.agent.name': 'risk', 'ai.telemetry.metadata.stage': 'execution' };
    expect(factsOf(stated).stage).toEqual({ text: 'Execution', firmness: 'stated' });
  });

  it.each(['model_request', 'agent', '__start__'])(
    'takes no stage from %s, a node that nobody named, but the name of its agent',
    (node) => {
      const run = (metadata: object) => ({
        'openinference.span.kind': 'LLM',
        'output.value': 'Buy.',
        metadata: JSON.stringify({ langgraph_node: node, ...metadata }),
      });
      expect(factsOf(run({})).stage?.firmness).toBe('unnamed');
      expect(factsOf(run({ lc_agent_name: 'risk' })).stage).toEqual({
        text: 'Risk Assessment',
        firmness: 'function',
      });
      const chain = { ...run({}), 'openinference.span.kind': 'CHAIN' };
      const over = { name: node, instrumentationScope: { name: 'x-langchain' } };
      expect(factsOf(chain, over)).toMatchObject({ role: 'none', stage: undefined });
    },
  );

  it('is a decision where only a library named its span, and gives way to whatever an ancestor says', () => {
    const facts = factsOf(chat);
    expect(facts.stage).toEqual({ text: 'Decision Making', firmness: 'unnamed' });
    expect(facts.draft?.stage).toBe('Decision Making');
  });

  it.each([
    ['orderId', '596471064624628269'],
    ['order_id', '596471064624628269'],
    ['orderID', '596471064624628269'],
  ])('takes %s from any bag of metadata, digit for digit', (key, id) => {
    for (const prefix of BAGS) {
      expect(factsOf({ ...chat, [prefix + key]: id, [`${prefix}symbol`]: 'BTCUSDT' })).toMatchObject({
        orders: { kind: 'ids', ids: [id] },
        symbol: 'BTCUSDT',
      });
    }
    expect(factsOf({ ...chat, metadata: `{"${key}":${id}}` }).orders).toMatchObject({ ids: [id] });
  });

  it('refuses an order id that lost its digits, and says so once', () => {
    const facts = factsOf({ ...chat, 'ai.telemetry.metadata.orderId': Number('596471064624628269') });
    expect(facts.orders.kind).toBe('refused');
    expect(facts.notices).toEqual([
      {
        code: 'order-id-refused',
        text: expect.stringMatching(/^the order id on the span "chat gpt-5" .*above 2\^53/),
      },
    ]);
  });
});

const BAGS = [
  'ai.telemetry.metadata.',
  'ai.settings.context.',
  'langfuse.observation.metadata.',
  'langfuse.trace.metadata.',
  'langsmith.metadata.',
  'metadata.',
  'mastra.metadata.',
  'traceloop.association.properties.',
];

describe('a call that cannot be logged', () => {
  const { 'gen_ai.output.messages': _, ...unanswered } = chat;

  it.each<[string, Partial<FinishedSpan>, string]>([
    ['failed', { status: { code: 2, message: 'overloaded' } }, 'failed'],
    [
      'failed without an error status',
      { status: { code: 1 }, events: [{ name: 'exception', time: [0, 0] }] },
      'failed',
    ],
    ['lost attributes to the limit', { droppedAttributesCount: 26 }, 'attribute-limit'],
    ['came without content', {}, 'no-content'],
  ])('because it %s', (_words, over, reason) => {
    expect(factsOf(unanswered, over)).toMatchObject({ role: 'call', draft: undefined, notLoggable: reason });
  });

  it('for the attribute limit names the variable to raise', () => {
    const { notices } = factsOf(unanswered, { droppedAttributesCount: 26 });
    expect(notices).toEqual([
      { code: 'attributes-dropped', text: expect.stringContaining('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT') },
    ]);
  });

  it('for want of content names the switch, with a code of its own for each library', () => {
    const codeOf = (attributes: Record<string, unknown>) =>
      factsOf(attributes).notices.map(({ code }) => code);
    expect(codeOf(unanswered)).toEqual(['content-off-gen_ai']);
    expect(codeOf({ 'ai.operationId': 'ai.generateText.doGenerate' })).toEqual(['content-off-ai_sdk']);
    expect(codeOf({ 'openinference.span.kind': 'LLM' })).toEqual(['content-off-openinference']);
    expect(codeOf({ 'llm.request.type': 'chat' })).toEqual(['content-off-openllmetry']);
    expect(codeOf({ 'langsmith.span.kind': 'llm' })).toEqual(['content-off-langsmith']);
  });

  it('though its input was recorded may have been aborted, and the advice says so', () => {
    const [notice] = factsOf(unanswered).notices;
    expect(notice?.text).toMatch(/holds no output, so it cannot be logged: unless it was aborted, set /);
  });

  it('because its messages were blanked out', () => {
    const blanked = {
      'openinference.span.kind': 'LLM',
      'input.value': 'Decide.',
      'llm.output_messages.0.message.content': '__REDACTED__',
      'output.value': '__REDACTED__',
    };
    expect(factsOf(blanked)).toMatchObject({ draft: undefined, notLoggable: 'redacted' });
  });

  it('because a setting leaves it out, by scope, span or agent', () => {
    const named = { ...chat, 'gen_ai.agent.name': 'monitor' };
    for (const exclude of ['some-library', 'chat *', 'monitor']) {
      expect(factsOf(named, {}, { exclude: [exclude] })).toMatchObject({
        draft: undefined,
        notLoggable: 'excluded',
      });
    }
    expect(factsOf(named, {}, { include: ['other'] }).notLoggable).toBe('not-included');
    expect(factsOf(stage, {}, { exclude: ['chat *'] })).toMatchObject({
      role: 'entry',
      draft: undefined,
      notLoggable: 'excluded',
    });
  });
});

describe('JSON that a length limit cut', () => {
  it('goes as text, marked, with advice', () => {
    const cut = chat['gen_ai.output.messages'].slice(0, 40);
    const { draft, notices } = factsOf({ ...chat, 'gen_ai.output.messages': cut });
    expect(JSON.parse(draft?.outputJson ?? '')).toEqual({ text: cut, truncated: true });
    expect(notices.map(({ code }) => code)).toContain('json-truncated');
    expect(notices[0]?.text).toMatch(/^the output on the span "chat gpt-5" is JSON whose end is missing/);
  });
});

describe('a long conversation over the attribute count limit', () => {
  it('is read from the one attribute that holds it whole', () => {
    const messages = [1, 2, 3].map((turn) => ({ role: 'user', content: `Cycle ${turn}` }));
    const { draft } = factsOf(
      {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-5',
        'input.value': JSON.stringify({ model: 'gpt-5', messages }),
        'output.value': '{"choices":[{"message":{"role":"assistant","content":"Buy."}}]}',
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'Cycle 1',
      },
      { droppedAttributesCount: 6 },
    );
    expect(draft?.inputJson).toBe(JSON.stringify({ messages }));
    expect(draft?.outputJson).toBe('{"text":"Buy."}');
  });
});

describe('a structure of SDK 3.x', () => {
  it('that contains itself or bytes is copied, and marked where it was cut', () => {
    const args: Record<string, unknown> = { chart: new Uint8Array([1, 2, 3]) };
    args['self'] = args;
    const { draft, notices } = factsOf({
      ...chat,
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'tool_call', name: 't', arguments: args }] },
      ],
    });
    const output: { toolCalls: { args: unknown }[] } = JSON.parse(draft?.outputJson ?? '');
    expect(output.toolCalls[0]?.args).toMatchObject({ chart: { bytes: 3 }, self: '[circular]' });
    expect(notices).toEqual([]);
  });
});

describe('the place of a span', () => {
  it('is under its parent, but not under one of another process', () => {
    const parent = { traceId: 'a'.repeat(32), spanId: 'c'.repeat(16), traceFlags: 1 };
    expect(factsOf(chat, { parentSpanContext: parent }).localParentSpanId).toBe('c'.repeat(16));
    expect(
      factsOf(chat, { parentSpanContext: { ...parent, isRemote: true } }).localParentSpanId,
    ).toBeUndefined();
    expect(factsOf(chat).localParentSpanId).toBeUndefined();
  });
});

describe('a tool of LangChain', () => {
  const toolOf = (output: unknown) =>
    factsOf({
      'openinference.span.kind': 'TOOL',
      'tool.name': 'place_order',
      'output.value': typeof output === 'string' ? output : JSON.stringify(output),
    }).tool;
  const message = {
    lc: 1,
    id: ['langchain_core', 'messages', 'ToolMessage'],
    kwargs: { content: '{"orderId":"7"}', tool_call_id: 'a' },
  };

  it.each([
    ['a message', message],
    ['a message, one level further down', { output: message }],
  ])('that gives %s answers a call', (_, output) => {
    expect(toolOf(output)).toEqual({
      name: 'place_order',
      result: '{"orderId":"7"}',
      answers: 'place_order a',
    });
  });

  it.each([
    ['an object', { output: { orderId: '7' } }],
    ['text', { output: '{"orderId":"7"}' }],
    ['bare text', '{"orderId":"7"}'],
  ])('that the bot called itself and that gave %s answers nobody', (_, output) => {
    expect(toolOf(output)).toEqual({ name: 'place_order', result: '{"orderId":"7"}', answers: undefined });
  });

  it('keeps an output among other members', () => {
    expect(toolOf({ output: 'x', orderId: '7' })?.result).toBe('{"output":"x","orderId":"7"}');
  });
});

describe('a tool of LangSmith', () => {
  it.each([
    ['an object', '{"orderId":"7"}'],
    ['text, which is wrapped', '{"outputs":"{\\"orderId\\":\\"7\\"}"}'],
  ])('gave %s', (_, completion) => {
    const attributes = { 'langsmith.span.kind': 'tool', 'langsmith.trace.name': 'place_order' };
    expect(factsOf({ ...attributes, 'gen_ai.completion': completion }).tool).toMatchObject({
      name: 'place_order',
      result: '{"orderId":"7"}',
    });
  });
});

describe('older forms of the conventions', () => {
  it('with span events of 1.25 to 1.27', () => {
    const { role, draft } = factsOf(
      { 'gen_ai.system': 'openai', 'gen_ai.request.model': 'gpt-4o' },
      {
        events: [
          {
            name: 'gen_ai.content.prompt',
            time: [0, 0],
            attributes: { 'gen_ai.prompt': '[{"role":"user","content":"Decide."}]' },
          },
          {
            name: 'gen_ai.content.completion',
            time: [0, 0],
            attributes: { 'gen_ai.completion': '[{"role":"assistant","content":"Buy."}]' },
          },
        ],
      },
    );
    expect(role).toBe('call');
    expect(draft).toMatchObject({
      model: 'gpt-4o',
      inputJson: '{"messages":[{"role":"user","content":"Decide."}]}',
      outputJson: '{"text":"Buy."}',
    });
  });

  it('with nothing but span events', () => {
    const events = [
      { name: 'gen_ai.user.message', time: [0, 0] as const, attributes: { content: 'Decide.' } },
      { name: 'gen_ai.choice', time: [0, 0] as const, attributes: { message: '{"content":"Buy."}' } },
    ];
    expect(factsOf({}, { events })).toMatchObject({ role: 'call', draft: { outputJson: '{"text":"Buy."}' } });
  });

  it('with an event for each message, flat', () => {
    const { draft } = factsOf(
      { 'gen_ai.operation.name': 'chat' },
      {
        events: [
          { name: 'gen_ai.system.message', time: [0, 0], attributes: { content: 'You trade.' } },
          { name: 'gen_ai.user.message', time: [0, 0], attributes: { content: 'Decide.' } },
          { name: 'gen_ai.choice', time: [0, 0], attributes: { index: 0, message: '{"content":"Buy."}' } },
        ],
      },
    );
    expect(draft?.inputJson).toBe(
      '{"messages":[{"role":"system","content":"You trade."},{"role":"user","content":"Decide."}]}',
    );
    expect(draft?.outputJson).toBe('{"text":"Buy."}');
  });

  it('with indexed keys, in the order of their numbers and with holes', () => {
    const messages = [11, 2, 0, 10].flatMap((index) => [
      [`gen_ai.prompt.${index}.role`, 'user'],
      [`gen_ai.prompt.${index}.content`, `m${index}`],
    ]);
    const { draft } = factsOf({
      'llm.request.type': 'chat',
      'gen_ai.prompt.name': 'a template',
      ...Object.fromEntries(messages),
      'gen_ai.completion.0.content': 'Buy.',
    });
    const input: { messages: { content: string }[] } = JSON.parse(draft?.inputJson ?? '');
    expect(input.messages.map(({ content }) => content)).toEqual(['m0', 'm2', 'm10', 'm11']);
  });
});

describe('MLflow, whose every value is JSON text', () => {
  it('is read by its quoted type', () => {
    const { role, draft } = factsOf({
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"gpt-5"',
      'mlflow.spanInputs': '{"messages":[{"role":"user","content":"Decide."}]}',
      'mlflow.spanOutputs':
        '{"choices":[{"message":{"role":"assistant","content":"Buy.","reasoning_content":"Oversold."}}]}',
    });
    expect(role).toBe('call');
    expect(draft).toMatchObject({
      model: 'gpt-5',
      inputJson: '{"messages":[{"role":"user","content":"Decide."}]}',
      outputJson: '{"text":"Buy."}',
      explanation: 'Oversold.',
    });
    expect(factsOf({ 'mlflow.spanType': '"TOOL"' }).role).toBe('tool');
    expect(factsOf({ 'mlflow.spanType': '"CHAIN"' }).role).toBe('none');
  });
});

describe('a broken span', () => {
  const throws = (): never => {
    throw new Error('broken getter');
  };

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'span'],
    ['an empty object', {}],
    ['a proxy that always throws', new Proxy({}, { get: throws, has: throws, ownKeys: throws })],
  ])('that is %s is passed over', (_, span) => {
    expect(Reflect.apply(reader(), undefined, [span])).toBeUndefined();
  });

  it('loses the attribute that throws and nothing else', () => {
    const attributes = Object.defineProperty({ ...chat }, 'gen_ai.response.model', {
      get: throws,
      enumerable: true,
    });
    const facts = factsOf(attributes);
    expect(facts.draft).toMatchObject({ outputJson: '{"text":"Buy."}' });
    expect(facts.notices.map(({ code }) => code)).toContain('attribute-unreadable');
  });

  it('without an end ends when it is read', () => {
    expect(factsOf(chat, { endTime: [0, 0] }).endedMillis).toBe(NOW);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a list of nothing', [null, undefined, 3]],
    ['deep', JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)],
    ['deep text', `${'[{"parts":'.repeat(3_000)}`],
    ['a prototype of its own', '[{"__proto__":{"role":"x"},"role":"user","content":"hi"}]'],
    ['bytes', new Uint8Array([1, 2, 3])],
  ])('whose messages are %s does not throw', (_, messages) => {
    const attributes = { ...chat, 'gen_ai.input.messages': messages, 'gen_ai.output.messages': messages };
    expect(() => factsOf(attributes)).not.toThrow();
  });

  it('never throws, and never makes an entry that is no JSON object, whatever its attributes hold', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '__REDACTED__',
        '',
        'null',
        '"x"',
        '{',
        '[{"role":"user","content":',
        '[]',
        '{}',
        '[[]]',
      ),
      fc.json(),
      fc.string(),
    );
    const part = fc.record(
      {
        type: fc.constantFrom('text', 'reasoning', 'tool_call', 'tool-result', 'blob', 'x'),
        text: fc.anything(),
        content: fc.anything(),
        arguments: fc.anything(),
        output: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const message = fc.record(
      {
        role: fc.anything(),
        content: fc.oneof(fc.array(part), fc.anything()),
        parts: fc.oneof(fc.array(part), fc.anything()),
        tool_calls: fc.anything(),
        message: fc.anything(),
        kwargs: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const chatText = fc
      .array(fc.record({ role: fc.string(), content: fc.json() }))
      .map((list) => JSON.stringify(list));
    const value = fc.oneof(text, fc.array(message), message, chatText, fc.anything());
    const role = fc.constantFrom(...ROLE_MARKS);
    const attributes = fc.dictionary(fc.constantFrom(...CONTENT_KEYS), value, { maxKeys: 12 });
    fc.assert(
      fc.property(role, attributes, ([key, mark], rest) => {
        const facts = reader()(spanWith({ ...rest, [key]: mark }));
        expect(facts?.spanId).toBe('b'.repeat(16));
        for (const json of [facts?.draft?.inputJson, facts?.draft?.outputJson]) {
          if (json !== undefined) expect(json.startsWith('{') && JSON.parse(json)).toBeTypeOf('object');
        }
      }),
      { numRuns: 300 },
    );
  });
});

const ROLE_MARKS: readonly (readonly [string, unknown])[] = [
  ['gen_ai.operation.name', 'chat'],
  ['gen_ai.operation.name', 'invoke_agent'],
  ['ai.operationId', 'ai.generateText.doGenerate'],
  ['ai.operationId', 'ai.toolCall'],
  ['openinference.span.kind', 'LLM'],
  ['openinference.span.kind', 'TOOL'],
  ['langfuse.observation.type', 'generation'],
  ['langsmith.span.kind', 'llm'],
  ['mastra.span.type', 'model_generation'],
  ['mlflow.spanType', '"LLM"'],
  ['llm.request.type', 'chat'],
  ['ai.output', '{"a":1}'],
];

const CONTENT_KEYS: readonly string[] = [
  ...['ai.prompt', 'ai.prompt.messages', 'ai.response.text', 'ai.response.object', 'ai.response.toolCalls'],
  ...[
    'ai.response.reasoning',
    'ai.decision.state',
    'ai.decision.answers',
    'ai.toolCall.result',
    'ai.model.id',
  ],
  ...[
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.response.model',
  ],
  ...['gen_ai.prompt', 'gen_ai.completion', 'gen_ai.prompt.0.content', 'gen_ai.completion.0.content'],
  ...['gen_ai.prompt.1.role.x.y', 'gen_ai.completion.0', 'gen_ai.agent.name', 'metadata', 'metadata.orderId'],
  ...['llm.input_messages.0.message.content', 'llm.output_messages.0.message', 'input.value', 'output.value'],
  ...['langfuse.observation.input', 'langfuse.observation.output', 'langfuse.trace.metadata.stage'],
  ...[
    'mastra.model_generation.input',
    'mastra.model_generation.output',
    'mlflow.spanInputs',
    'mlflow.spanOutputs',
  ],
  ...['traceloop.entity.path', 'langsmith.metadata.orderId', 'tool.name', 'langsmith.trace.name'],
];
