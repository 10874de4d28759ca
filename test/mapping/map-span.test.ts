import { type Attributes, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { SpanLimits } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src/entry/entry-draft.js';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { createSpanMapper, type SpanReading } from '../helpers/span-mapper.js';
import { startTracing } from '../helpers/tracing.js';

const mapSpan = createSpanMapper({ vocabularies: 'all', include: [], exclude: [] });

interface SpanSetup {
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly spanLimits?: SpanLimits;
  readonly fail?: { readonly message?: string; readonly exception?: Error };
}

function finishedSpan(setup: SpanSetup): FinishedSpan {
  const { tracer, spans } = startTracing(setup.spanLimits ? { spanLimits: setup.spanLimits } : {});
  const span = tracer.startSpan(setup.name ?? 'cycle', {
    attributes: setup.attributes ?? {},
    startTime: [1_700_000_000, 100_000_000],
  });
  if (setup.fail) {
    if (setup.fail.exception) span.recordException(setup.fail.exception);
    span.setStatus({
      code: SpanStatusCode.ERROR,
      ...(setup.fail.message !== undefined && { message: setup.fail.message }),
    });
  }
  span.end([1_700_000_000, 942_600_000]);
  return spans.last();
}

/** A span of SDK 3.x, which takes attribute values that the installed 2.x drops. */
const spanWith = (attributes: Record<string, unknown>, over: Partial<FinishedSpan> = {}): FinishedSpan => ({
  name: 'cycle',
  kind: 0,
  spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 }),
  startTime: [1_700_000_000, 0],
  endTime: [1_700_000_001, 0],
  status: { code: 0 },
  attributes,
  events: [],
  ...over,
});

function entriesOf(reading: SpanReading): Extract<SpanReading, { kind: 'entries' }> {
  if (reading.kind !== 'entries') throw new Error(`expected entries, got ${JSON.stringify(reading)}`);
  return reading;
}

function draftOf(span: FinishedSpan): EntryDraft {
  const { drafts } = entriesOf(mapSpan(span));
  if (drafts[0] === undefined || drafts.length > 1)
    throw new Error(`expected one draft, got ${drafts.length}`);
  return drafts[0];
}

const codesOf = (span: FinishedSpan): string[] => entriesOf(mapSpan(span)).notices.map(({ code }) => code);
const textOf = (span: FinishedSpan, code: string): string =>
  entriesOf(mapSpan(span)).notices.find((notice) => notice.code === code)?.text ?? '';

const stage = {
  'ai.stage': 'Decision Making',
  'ai.model': 'gpt-5-2026-08-07',
  'ai.input': '{"symbol":"BTCUSDT","rsi":28}',
  'ai.output': '{"action":"BUY"}',
  'ai.explanation': 'RSI 28 is oversold.',
};

describe('an own stage span', () => {
  it('becomes one entry with every field as the bot stated it', () => {
    const span = finishedSpan({
      attributes: {
        ...stage,
        'ai.order_id': '596471064624628269',
        'ai.client_order_id': 'bot-17',
        'ai.symbol': 'BTCUSDT',
      },
    });
    expect(mapSpan(span)).toEqual({
      kind: 'entries',
      stageStated: true,
      notices: [],
      drafts: [
        {
          stage: 'Decision Making',
          model: 'gpt-5-2026-08-07',
          inputJson: '{"symbol":"BTCUSDT","rsi":28}',
          outputJson: '{"action":"BUY"}',
          explanation: 'RSI 28 is oversold.',
          explanationDerived: false,
          orderId: '596471064624628269',
          noOrder: false,
          clientOrderId: 'bot-17',
          symbol: 'BTCUSDT',
          startedMillis: 1_700_000_000_100,
          endedMillis: 1_700_000_000_942,
          origin: {
            traceId: span.spanContext().traceId,
            spanId: span.spanContext().spanId,
            parentSpanId: undefined,
          },
        },
      ],
    });
  });

  it('is any span with an input or an output of ours', () => {
    expect(mapSpan(finishedSpan({ attributes: { 'ai.input': 'x' } })).kind).toBe('entries');
    expect(mapSpan(finishedSpan({ attributes: { 'ai.output': 'x' } })).kind).toBe('entries');
  });

  it('names its parent', () => {
    const { tracer, spans } = startTracing();
    const cycle = tracer.startSpan('cycle');
    tracer.startSpan('decide', { attributes: stage }, trace.setSpan(ROOT_CONTEXT, cycle)).end();
    expect(draftOf(spans.last()).origin?.parentSpanId).toBe(cycle.spanContext().spanId);
  });

  it('leaves undefined what it does not state, for the trace to lend', () => {
    const draft = draftOf(finishedSpan({ name: '', attributes: { 'ai.output': '{"a":1}' } }));
    expect(draft).toMatchObject({
      stage: undefined,
      model: undefined,
      inputJson: undefined,
      orderId: undefined,
    });
    expect(draft).toMatchObject({ clientOrderId: undefined, symbol: undefined, noOrder: false });
  });
});

describe('a span that is no entry', () => {
  it.each<[string, Attributes]>([
    ['without attributes', {}],
    ['of a web server', { 'http.request.method': 'GET', 'url.path': '/' }],
    [
      'of the Vercel AI SDK, whose keys only begin like ours',
      {
        'ai.model.id': 'gpt-5',
        'ai.prompt': '{"prompt":"x"}',
        'ai.response.text': 'y',
        'ai.operationId': 'ai.generateText',
      },
    ],
    ['that only lends: a stage', { 'ai.stage': 'decision' }],
    ['that only lends: an order id', { 'ai.order_id': '5' }],
    [
      'that only lends: a symbol and a client order id',
      { 'ai.symbol': 'ETHUSDT', 'ai.client_order_id': 'x' },
    ],
    ['that only lends: a model and an explanation', { 'ai.model': 'm', 'ai.explanation': 'because' }],
  ])('%s is passed over', (_, attributes) => {
    expect(mapSpan(finishedSpan({ attributes }))).toEqual({ kind: 'none' });
  });
});

describe('the stage', () => {
  it.each([
    ['decision', 'Decision Making'],
    ['decision_making', 'Decision Making'],
    ['STRATEGY', 'Strategy Generation'],
    ['execution', 'Execution'],
    ['risk', 'Risk Assessment'],
    ['signalAnalysis', 'Signal Analysis'],
    ['Portfolio rebalancing', 'Portfolio rebalancing'],
  ])('%j is %j', (stated, expected) => {
    expect(draftOf(finishedSpan({ attributes: { ...stage, 'ai.stage': stated } })).stage).toBe(expected);
  });

  it('is the span’s name where none is stated, which an ancestor’s stage may beat', () => {
    const { 'ai.stage': _, ...withoutStage } = stage;
    const reading = entriesOf(mapSpan(finishedSpan({ name: 'risk_assessment', attributes: withoutStage })));
    expect(reading.drafts[0]?.stage).toBe('Risk Assessment');
    expect(reading.stageStated).toBe(false);
  });

  it('is the span’s name where the stated one is blank', () => {
    const draft = draftOf(finishedSpan({ name: 'execution', attributes: { ...stage, 'ai.stage': '  ' } }));
    expect(draft.stage).toBe('Execution');
  });
});

describe('input and output', () => {
  it.each<[string, unknown, string, string]>([
    [
      'a JSON object goes on as its very text',
      ' {"id":596471064624628269 ,"p":1.10}',
      '{"id":596471064624628269 ,"p":1.10}',
      '{"id":596471064624628269 ,"p":1.10}',
    ],
    ['text is wrapped', 'Buy BTC?', '{"prompt":"Buy BTC?"}', '{"response":"Buy BTC?"}'],
    [
      'a JSON array is wrapped',
      '[1,596471064624628269]',
      '{"value":[1,596471064624628269]}',
      '{"value":[1,596471064624628269]}',
    ],
    ['a number is wrapped', 0.87, '{"value":0.87}', '{"value":0.87}'],
    ['a boolean is wrapped', true, '{"value":true}', '{"value":true}'],
    ['an array of texts is wrapped', ['a', 'b'], '{"value":["a","b"]}', '{"value":["a","b"]}'],
    [
      'a map of SDK 3.x is taken as it is',
      { a: { b: [1, 'x', null] } },
      '{"a":{"b":[1,"x",null]}}',
      '{"a":{"b":[1,"x",null]}}',
    ],
  ])('%s', (_, value, input, output) => {
    const draft = draftOf(spanWith({ ...stage, 'ai.input': value, 'ai.output': value }));
    expect([draft.inputJson, draft.outputJson]).toEqual([input, output]);
  });

  it('JSON that an attribute limit has cut is marked, with a notice that names the variables', () => {
    const span = finishedSpan({
      attributes: { ...stage, 'ai.input': JSON.stringify({ prompt: 'x'.repeat(200) }) },
      spanLimits: { attributeValueLengthLimit: 64 },
    });
    expect(JSON.parse(draftOf(span).inputJson ?? '')).toEqual({
      text: `{"prompt":"${'x'.repeat(53)}`,
      truncated: true,
    });
    expect(codesOf(span)).toContain('json-truncated');
    expect(textOf(span, 'json-truncated')).toMatch(
      /ai\.input on the span "cycle".*OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT.*OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT/,
    );
  });

  it('a blank one is missing', () => {
    expect(draftOf(finishedSpan({ attributes: { ...stage, 'ai.output': ' ' } })).outputJson).toBeUndefined();
  });
});

describe('attributes that the count limit took', () => {
  const crowd = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`bot.${index}`, index]));

  it('are named with the variable to raise, where a field is missing', () => {
    const span = finishedSpan({
      attributes: { 'ai.input': '{"a":1}', ...crowd, 'ai.output': '{"b":2}' },
      spanLimits: { attributeCountLimit: 6 },
    });
    expect(draftOf(span).outputJson).toBeUndefined();
    expect(textOf(span, 'attributes-dropped')).toMatch(
      /took 1 attributes.*model, output, explanation.*OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT/,
    );
  });

  it('are not worth a word where the entry is whole', () => {
    const span = finishedSpan({ attributes: { ...stage, ...crowd }, spanLimits: { attributeCountLimit: 5 } });
    expect(entriesOf(mapSpan(span)).notices).toEqual([]);
  });

  it('leave an incomplete entry and not silence, when input and output are among them', () => {
    const { 'ai.input': input, 'ai.output': output, ...first } = stage;
    const attributes = { ...first, ...crowd, 'ai.input': input, 'ai.output': output };
    const span = finishedSpan({ attributes, spanLimits: { attributeCountLimit: 8 } });
    expect(draftOf(span)).toMatchObject({
      stage: 'Decision Making',
      inputJson: undefined,
      outputJson: undefined,
    });
    expect(codesOf(span)).toEqual(['attributes-dropped']);
  });
});

describe('the explanation', () => {
  const { 'ai.explanation': _, ...unexplained } = stage;

  it.each<[string, string, string]>([
    ['a reason in the output', '{"action":"BUY","reason":" RSI is low "}', 'RSI is low'],
    ['reasoning before a reason', '{"reason":"short","reasoning":"long"}', 'long'],
    ['a text answer', 'Buy, since RSI is low', 'Buy, since RSI is low'],
  ])('is %s, where the bot states none', (_, output, expected) => {
    const span = finishedSpan({ attributes: { ...unexplained, 'ai.output': output } });
    expect(draftOf(span)).toMatchObject({ explanation: expected, explanationDerived: false });
    expect(codesOf(span)).toEqual([]);
  });

  it('is one factual sentence where nothing gives a reason, marked as ours', () => {
    const span = finishedSpan({ attributes: unexplained });
    expect(draftOf(span)).toMatchObject({
      explanation: 'Decision Making by gpt-5-2026-08-07 in 842 ms.',
      explanationDerived: true,
    });
    expect(codesOf(span)).toEqual(['explanation-derived']);
  });

  it.each([
    ['an object', { why: 'oversold' }, '{"why":"oversold"}'],
    ['an array', ['RSI', 'MACD'], 'RSI, MACD'],
    ['a number', 7, '7'],
  ])('may be %s, which becomes text with a notice', (_, value, expected) => {
    const span = spanWith({ ...stage, 'ai.explanation': value });
    expect(draftOf(span).explanation).toBe(expected);
    expect(codesOf(span)).toEqual(['attribute-type']);
  });
});

describe('a stage that failed', () => {
  const { 'ai.output': _, 'ai.explanation': __, ...begun } = stage;

  it('is logged with its error in place of the output, and the error is never the explanation', () => {
    const exception = new RangeError('size below minimum');
    const span = finishedSpan({ attributes: begun, fail: { message: 'order refused', exception } });
    const draft = draftOf(span);
    expect(JSON.parse(draft.outputJson ?? '')).toEqual({ error: 'order refused', type: 'RangeError' });
    expect(draft).toMatchObject({
      explanation: 'Decision Making by gpt-5-2026-08-07 in 842 ms.',
      explanationDerived: true,
    });
  });

  it('takes the exception’s message where the status has none', () => {
    const span = finishedSpan({ attributes: begun, fail: { exception: new TypeError('no price') } });
    expect(JSON.parse(draftOf(span).outputJson ?? '')).toEqual({ error: 'no price', type: 'TypeError' });
  });

  it('says so where nobody recorded why', () => {
    const span = finishedSpan({ attributes: begun, fail: {} });
    expect(JSON.parse(draftOf(span).outputJson ?? '')).toEqual({
      error: 'The stage failed; its span does not say why.',
    });
  });

  it('keeps the output that it has', () => {
    const span = finishedSpan({ attributes: stage, fail: { message: 'late' } });
    expect(draftOf(span).outputJson).toBe('{"action":"BUY"}');
  });

  it('is different from one that merely has no output', () => {
    expect(draftOf(finishedSpan({ attributes: begun })).outputJson).toBeUndefined();
  });
});

describe('order ids', () => {
  it.each<[string, unknown, readonly (string | undefined)[]]>([
    ['digits', '596471064624628269', ['596471064624628269']],
    ['a bigint', 596471064624628269n, ['596471064624628269']],
    ['a safe integer', 12345, ['12345']],
    ['several', ['596471064624628269', '596471064624628270'], ['596471064624628269', '596471064624628270']],
    ['the same twice', ['7', '7'], ['7']],
    [
      'a list in JSON text',
      '[596471064624628269,"596471064624628270"]',
      ['596471064624628269', '596471064624628270'],
    ],
    ['a JSON string', '"596471064624628269"', ['596471064624628269']],
    ['an empty list', [], [undefined]],
  ])('%s: one draft for each', (_, value, expected) => {
    const reading = entriesOf(mapSpan(spanWith({ ...stage, 'ai.order_id': value })));
    expect(reading.drafts.map(({ orderId }) => orderId)).toEqual(expected);
    expect(
      reading.drafts.every(({ noOrder, inputJson }) => !noOrder && inputJson === stage['ai.input']),
    ).toBe(true);
    expect(reading.notices).toEqual([]);
  });

  it('“none” says that there is no order to link', () => {
    expect(draftOf(spanWith({ ...stage, 'ai.order_id': 'none' }))).toMatchObject({
      orderId: undefined,
      noOrder: true,
    });
  });

  it.each<[string, unknown]>([
    ['a number that has lost digits', Number('596471064624628269')],
    ['text', 'order-7'],
    ['a map', { id: 5 }],
    ['more than a Long', '9223372036854775808'],
  ])('%s is not sent, and told without its value', (_, value) => {
    const span = spanWith({ ...stage, 'ai.order_id': value });
    expect(draftOf(span)).toMatchObject({ orderId: undefined, noOrder: false });
    expect(codesOf(span)).toEqual(['order-id-refused']);
    expect(textOf(span, 'order-id-refused')).toMatch(/^ai\.order_id on the span "cycle" is not sent: /);
    expect(textOf(span, 'order-id-refused')).not.toContain('order-7');
  });

  it('a bad one does not keep back the good ones beside it', () => {
    const reading = entriesOf(mapSpan(spanWith({ ...stage, 'ai.order_id': ['5', 'x'] })));
    expect(reading.drafts.map(({ orderId }) => orderId)).toEqual(['5']);
    expect(reading.notices.map(({ code }) => code)).toEqual(['order-id-refused']);
  });
});

describe('attributes of the wrong type', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a number', 5, '5'],
    ['a boolean', true, 'true'],
    ['a bigint', 5n, '5'],
    ['an array of names', ['a', 'b'], 'a, b'],
    ['a map', { id: 'gpt-5' }, undefined],
    ['bytes', new Uint8Array([1]), undefined],
    ['a number that has lost digits', 2 ** 60, undefined],
    ['NaN', Number.NaN, undefined],
  ])('%s as model', (_, value, expected) => {
    const span = spanWith({ ...stage, 'ai.model': value });
    expect(draftOf(span).model).toBe(expected);
    expect(textOf(span, 'attribute-type')).toMatch(
      /^ai\.model on the span "cycle" should be a string and is /,
    );
  });

  it('a map as stage leaves the span’s name', () => {
    expect(draftOf(spanWith({ ...stage, 'ai.stage': { name: 'x' } }, { name: 'risk' })).stage).toBe(
      'Risk Assessment',
    );
  });

  it('null means that nothing was stated', () => {
    const span = spanWith({ ...stage, 'ai.model': null, 'ai.order_id': null, 'ai.symbol': null });
    expect(draftOf(span)).toMatchObject({ model: undefined, orderId: undefined, symbol: undefined });
    expect(codesOf(span)).toEqual([]);
  });

  it('numbers as client order id and symbol become text', () => {
    const draft = draftOf(spanWith({ ...stage, 'ai.client_order_id': 17, 'ai.symbol': 1 }));
    expect(draft).toMatchObject({ clientOrderId: '17', symbol: '1' });
  });
});

describe('names', () => {
  const mapper = (include: readonly string[], exclude: readonly string[]) =>
    createSpanMapper({ vocabularies: 'all', include, exclude });
  const span = finishedSpan({ name: 'decide ETH', attributes: stage });

  it.each<[string, readonly string[], readonly string[], object]>([
    ['included by its scope', ['bot'], [], { kind: 'entries' }],
    ['included by its own name', ['decide *'], [], { kind: 'entries' }],
    ['not included', ['other'], [], { kind: 'skipped', reason: 'not-included' }],
    ['excluded by its scope', [], ['bot'], { kind: 'skipped', reason: 'excluded' }],
    ['excluded though included', ['bot'], ['*ETH'], { kind: 'skipped', reason: 'excluded' }],
  ])('a span is %s', (_, include, exclude, expected) => {
    expect(mapper(include, exclude)(span)).toMatchObject(expected);
  });

  it('do not make a skipped entry of a span that is none', () => {
    expect(mapper(['other'], [])(finishedSpan({}))).toEqual({ kind: 'none' });
  });
});

describe('the vocabularies setting', () => {
  it.each<['all' | 'own' | readonly string[]]>([['all'], ['own'], [[]], [['openinference']]])(
    '%j never silences what the bot states itself',
    (vocabularies) => {
      const mapper = createSpanMapper({ vocabularies, include: [], exclude: [] });
      expect(mapper(finishedSpan({ attributes: stage })).kind).toBe('entries');
    },
  );
});

describe('a span of SDK 1.x', () => {
  it('is read with its own names for parent and scope', () => {
    const span = spanWith(stage, {
      parentSpanId: 'd'.repeat(16),
      instrumentationLibrary: { name: 'legacy-bot' },
    });
    expect(draftOf(span).origin?.parentSpanId).toBe('d'.repeat(16));
    const mapper = createSpanMapper({ vocabularies: 'own', include: ['legacy-bot'], exclude: [] });
    expect(mapper(span).kind).toBe('entries');
  });
});
