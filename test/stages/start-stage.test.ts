import { setTimeout as delay } from 'node:timers/promises';
import { context, diag, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AiLogStage } from '../../src/entry/stage.js';
import { DelegatingSpan } from '../../src/stages/delegating-span.js';
import type { StageDetails } from '../../src/stages/stage-details.js';
import { startActiveStage, startStage } from '../../src/stages/start-stage.js';
import { createSpanMapper } from '../helpers/span-mapper.js';
import { registerTracing, startTracing } from '../helpers/tracing.js';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const { spans, tracer } = registerTracing();

/** What a person is told, in place of stderr. */
const told: string[] = [];
const tell = (line: string): void => {
  told.push(line);
};
const quiet = (): void => {};
diag.setLogger({ error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet });

beforeEach(() => {
  told.length = 0;
  spans.started.length = 0;
  spans.ended.length = 0;
});

afterAll(() => {
  trace.disable();
  context.disable();
  diag.disable();
});

const throws = (): never => {
  throw new Error('broken getter');
};

/** Calls as a bot in plain JavaScript may, against the types. */
const startUntyped = (...args: unknown[]): ReturnType<typeof startStage> =>
  Reflect.apply(startStage, undefined, args);

const mapSpan = createSpanMapper({ vocabularies: 'all', include: [], exclude: [] });

describe('startStage', () => {
  it('sets the details when the span starts, where samplers see them', () => {
    const seen: object[] = [];
    const sampler: Sampler = {
      shouldSample: (...args) => {
        seen.push({ name: args[2], kind: args[3], attributes: { ...args[4] } });
        return { decision: SamplingDecision.RECORD_AND_SAMPLED };
      },
      toString: () => 'spy',
    };
    const local = startTracing({ sampler });
    const details: StageDetails = {
      model: 'gpt-5',
      input: { symbol: 'BTCUSDT' },
      output: 'BUY',
      explanation: 'RSI 28',
      orderId: 596471064624628269n,
      clientOrderId: 'c-1',
      symbol: 'BTCUSDT',
      tracer: local.tracer,
      attributes: { 'bot.cycle': 7, 'ai.model': 'not this one' },
    };
    startStage(AiLogStage.DECISION_MAKING, details).end();
    const attributes = {
      'ai.stage': 'Decision Making',
      'ai.model': 'gpt-5',
      'ai.input': '{"symbol":"BTCUSDT"}',
      'ai.output': 'BUY',
      'ai.explanation': 'RSI 28',
      'ai.order_id': '596471064624628269',
      'ai.client_order_id': 'c-1',
      'ai.symbol': 'BTCUSDT',
      'bot.cycle': 7,
    };
    expect(seen).toEqual([{ name: 'Decision Making', kind: SpanKind.INTERNAL, attributes }]);
    expect(local.spans.last().attributes).toEqual(attributes);
  });

  it('becomes an entry by the mapper', () => {
    startStage('risk', {
      model: 'm',
      input: { exposure: 0.4 },
      output: { ok: true },
      orderId: ['1', 2n, 3],
    }).end();
    const reading = mapSpan(spans.last());
    expect(reading).toMatchObject({ kind: 'entries', stageStated: true });
    if (reading.kind !== 'entries') throw new Error('no entries');
    expect(reading.drafts).toMatchObject([
      { stage: 'Risk Assessment', inputJson: '{"exposure":0.4}', outputJson: '{"ok":true}', orderId: '1' },
      { orderId: '2' },
      { orderId: '3' },
    ]);
  });

  it('is a child of the active span, and is not active itself', () => {
    tracer.startActiveSpan('cycle', (cycle) => {
      const stage = startStage('execution', { model: 'm' });
      expect(trace.getActiveSpan()).toBe(cycle);
      stage.end();
      cycle.end();
      expect(spans.named('execution').parentSpanContext?.spanId).toBe(cycle.spanContext().spanId);
    });
  });

  it.each<[string, StageDetails, string, unknown]>([
    ['text goes as it is', { model: 'm', input: ' {"a": 1}' }, 'ai.input', ' {"a": 1}'],
    ['null is a value', { model: 'm', output: null }, 'ai.output', 'null'],
    ['undefined is none', { model: 'm', output: undefined }, 'ai.output', undefined],
    ['a Date', { model: 'm', input: { at: new Date(0) } }, 'ai.input', '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['NaN', { model: 'm', input: { rsi: Number.NaN } }, 'ai.input', '{"rsi":"NaN"}'],
    ['an order id as number', { model: 'm', orderId: 42 }, 'ai.order_id', '42'],
    [
      'an order id as text',
      { model: 'm', orderId: '596471064624628269' },
      'ai.order_id',
      '596471064624628269',
    ],
    ['several order ids', { model: 'm', orderId: [1n, '2', 3] }, 'ai.order_id', ['1', '2', '3']],
    ['no order ids yet', { model: 'm', orderId: [] }, 'ai.order_id', undefined],
    ['no order', { model: 'm', orderId: 'none' }, 'ai.order_id', 'none'],
    [
      'an unsafe order id stays a number, which the reader refuses',
      { model: 'm', orderId: 2 ** 60 },
      'ai.order_id',
      2 ** 60,
    ],
  ])('%s', (_, details, key, expected) => {
    startStage('x', details).end();
    expect(spans.last().attributes[key]).toEqual(expected);
  });

  it('an unsafe number among order ids is refused and the others are kept', () => {
    startStage('x', { model: 'm', input: 'i', orderId: ['5', 2 ** 60] }).end();
    const reading = mapSpan(spans.last());
    if (reading.kind !== 'entries') throw new Error('no entries');
    expect(reading.drafts.map(({ orderId }) => orderId)).toEqual(['5']);
    expect(reading.notices.map(({ code }) => code)).toContain('order-id-refused');
  });

  it('never changes what it is given', () => {
    const input = Object.freeze({ nested: Object.freeze({ a: 1 }) });
    const attributes = Object.freeze({ 'bot.x': 1 });
    startStage('x', Object.freeze({ model: 'm', input, attributes })).end();
    expect(spans.last().attributes).toMatchObject({ 'ai.input': '{"nested":{"a":1}}', 'bot.x': 1 });
  });

  describe('with details that cannot be read', () => {
    const cyclic: Record<string, unknown> = { a: 1 };
    cyclic['self'] = cyclic;

    it.each<[string, unknown[]]>([
      ['no details at all', ['x']],
      ['null', ['x', null]],
      ['a text', ['x', 'gpt-5']],
      ['a cyclic input', ['x', { model: 'm', input: cyclic }]],
      [
        'an input that throws',
        [
          'x',
          {
            model: 'm',
            input: {
              get a() {
                return throws();
              },
            },
          },
        ],
      ],
      [
        'a detail that throws',
        [
          'x',
          {
            model: 'm',
            get input() {
              return throws();
            },
          },
        ],
      ],
      [
        'details that throw at every look',
        ['x', new Proxy({}, { get: throws, has: throws, ownKeys: throws })],
      ],
      ['a model that is an object', ['x', { model: { id: 'gpt-5' } }]],
      ['an order id that has no text', ['x', { model: 'm', orderId: { toString: throws } }]],
      ['a symbol as order id', ['x', { model: 'm', orderId: Symbol('x') }]],
      [
        'attributes that throw',
        [
          'x',
          {
            model: 'm',
            attributes: {
              get a() {
                return throws();
              },
            },
          },
        ],
      ],
      ['attributes that are none', ['x', { model: 'm', attributes: 5 }]],
      ['a tracer that is none', ['x', { model: 'm', tracer: {} }]],
      ['a stage that is no text', [Symbol('x'), { model: 'm' }]],
      ['a stage that has no text', [{ toString: throws }, { model: 'm' }]],
      ['nothing', []],
    ])('%s: the bot goes on and the span is made', (_, args) => {
      const stage = startUntyped(...args);
      stage.setOutput('done').end();
      expect(spans.last().attributes['ai.output']).toBe('done');
    });

    it('every detail that can be read is kept', () => {
      startUntyped('x', {
        model: 'm',
        get input() {
          return throws();
        },
        symbol: 'BTCUSDT',
        attributes: {
          a: 1,
          get b() {
            return throws();
          },
          c: 3,
        },
      }).end();
      expect(spans.last().attributes).toEqual({
        'ai.stage': 'x',
        'ai.model': 'm',
        'ai.symbol': 'BTCUSDT',
        a: 1,
        c: 3,
      });
    });
  });

  it('runs without a span when a sampler or another processor throws at its start', () => {
    const broken = startTracing({
      processors: [
        { onStart: throws, onEnd: () => {}, forceFlush: async () => {}, shutdown: async () => {} },
      ],
    });
    const stage = startStage('x', { model: 'm', tracer: broken.tracer });
    expect(stage.isRecording()).toBe(false);
    stage.setInput('i').setOutput('o').end();
    expect(startActiveStage('x', { model: 'm', tracer: broken.tracer }, () => 5)).toBe(5);
    expect(told).toEqual([
      expect.stringMatching(/a stage runs without a span and is not logged.*broken getter$/),
    ]);
  });
});

describe('a StageSpan', () => {
  it('is the SDK’s own span, with setters of its own that chain', () => {
    const stage = startStage('x', { model: 'requested' });
    expect(stage).toBe(spans.started[0]);
    const chained = stage
      .setModel('answered')
      .setAttribute('a', 1)
      .setInput({ q: 1 })
      .setAttributes({ b: 2 })
      .setOutput(['BUY'])
      .addEvent('filled')
      .setExplanation('why')
      .updateName('renamed')
      .setOrderId(7n)
      .setStatus({ code: SpanStatusCode.OK })
      .addLink({ context: stage.spanContext() });
    expect(chained).toBe(stage);
    stage.end();
    expect(spans.last()).toMatchObject({
      name: 'renamed',
      status: { code: SpanStatusCode.OK },
      events: [{ name: 'filled' }],
      attributes: {
        'ai.stage': 'x',
        'ai.model': 'answered',
        'ai.input': '{"q":1}',
        'ai.output': '["BUY"]',
        'ai.explanation': 'why',
        'ai.order_id': '7',
        a: 1,
        b: 2,
      },
    });
  });

  it('leaves the class of the SDK’s spans and the look of the span alone', () => {
    const stage = startStage('x', { model: 'm' });
    const plain = tracer.startSpan('plain');
    expect('setModel' in plain).toBe(false);
    expect(Object.keys(stage)).toEqual(Object.keys(plain));
  });

  it('never throws, whatever its setters are given', () => {
    const stage = startStage('x', { model: 'm', output: 'kept' });
    for (const name of ['setModel', 'setInput', 'setOutput', 'setExplanation', 'setOrderId']) {
      for (const value of [
        undefined,
        null,
        Symbol('s'),
        throws,
        new Proxy({}, { get: throws, ownKeys: throws }),
      ]) {
        expect(Reflect.apply(Reflect.get(stage, name), stage, [value])).toBe(stage);
      }
    }
    stage.end();
    expect(spans.last().attributes['ai.output']).not.toBe('kept');
  });

  it('tells once that what is set after its end is lost', () => {
    const stage = startStage('x', { model: 'm' });
    stage.end();
    expect(stage.setOrderId('596471064624628269').setOutput('late')).toBe(stage);
    expect(told).toEqual([
      expect.stringMatching(/ai\.order_id was set on a stage whose span has ended.*linkOrder$/),
    ]);
    expect(told.join()).not.toContain('596471064624628269');
  });

  it('costs no serialisation when nobody records the span', () => {
    const off = startTracing({ sampler: new AlwaysOffSampler() });
    const stage = startStage('x', { model: 'm', tracer: off.tracer });
    let looks = 0;
    stage.setInput({
      get a() {
        looks += 1;
        return 1;
      },
    });
    expect(looks).toBe(0);
  });

  it('works over a span that takes no properties', () => {
    const inner = tracer.startSpan('inner');
    const frozen = Object.freeze(new DelegatingSpan(inner));
    const stage = startStage('x', {
      model: 'm',
      tracer: { startSpan: () => frozen, startActiveSpan: throws },
    });
    const event = { name: 'e' };
    const chained = stage
      .setOutput({ a: 1 })
      .setAttribute('b', 2)
      .setAttributes({ c: 3 })
      .addEvent(event.name)
      .addLink({ context: inner.spanContext() })
      .addLinks([])
      .setStatus({ code: SpanStatusCode.OK })
      .updateName('renamed')
      .setModel('m2');
    expect(chained).toBe(stage);
    expect(stage.isRecording()).toBe(true);
    expect(stage.spanContext()).toBe(inner.spanContext());
    stage.recordException('odd');
    stage.end();
    expect(stage.isRecording()).toBe(false);
    expect(spans.last()).toMatchObject({
      name: 'renamed',
      events: [{ name: 'e' }, { name: 'exception' }],
      attributes: { 'ai.output': '{"a":1}', 'ai.model': 'm2', b: 2, c: 3 },
    });
  });
});

describe('startActiveStage', () => {
  it('returns what a synchronous function returns, and has ended the span by then', () => {
    const result = { order: 1 };
    const returned = startActiveStage('x', { model: 'm' }, (stage) => {
      expect(trace.getActiveSpan()).toBe(stage);
      expect(spans.ended).toHaveLength(0);
      return result;
    });
    expect(returned).toBe(result);
    expect(spans.ended.map(({ name }) => name)).toEqual(['x']);
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it('ends the span of an asynchronous function when it settles, before the caller goes on', async () => {
    const returned = startActiveStage('x', { model: 'm' }, async (stage) => {
      await delay(1);
      stage.setOutput('later');
      expect(trace.getActiveSpan()).toBe(stage);
      return 'done';
    });
    expect(returned).toBeInstanceOf(Promise);
    expect(spans.ended).toHaveLength(0);
    expect(await returned).toBe('done');
    expect(spans.last().attributes['ai.output']).toBe('later');
  });

  it('records what a synchronous function throws and throws the very same error', () => {
    const error = new RangeError('size below minimum');
    let caught: unknown;
    try {
      startActiveStage('x', { model: 'm', input: 'i' }, () => {
        throw error;
      });
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toBe(error);
    expect(spans.last()).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'size below minimum' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'RangeError' } }],
    });
    const reading = mapSpan(spans.last());
    if (reading.kind !== 'entries') throw new Error('no entries');
    expect(JSON.parse(reading.drafts[0]?.outputJson ?? '')).toEqual({
      error: 'size below minimum',
      type: 'RangeError',
    });
  });

  it('records a rejection and rejects with the very same reason', async () => {
    const error = new Error('no liquidity');
    const returned = startActiveStage('x', { model: 'm' }, async () => {
      await delay(1);
      throw error;
    });
    await expect(returned).rejects.toBe(error);
    expect(spans.last().status).toEqual({ code: SpanStatusCode.ERROR, message: 'no liquidity' });
  });

  const nameless = new Error('');
  const unreadable = Object.defineProperty(new Error('x'), 'message', { get: throws });

  it.each<[string, unknown, string]>([
    ['a text', 'plain text', 'plain text'],
    ['an empty text', '', 'an empty text was thrown'],
    ['undefined', undefined, 'undefined'],
    ['an answer of an API', { code: '40020', msg: 'bad' }, '{"code":"40020","msg":"bad"}'],
    ['an error of another realm', { name: 'TypeError', message: 'foreign', stack: 'at x' }, 'foreign'],
    ['an error without a message', nameless, 'Error'],
    ['an error that cannot be read', unreadable, 'an error that cannot be read'],
  ])('keeps the status of %s that was thrown, and throws it on', (_, thrown, message) => {
    let caught: unknown = 'nothing was thrown';
    try {
      startActiveStage('x', { model: 'm' }, () => {
        throw thrown;
      });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    expect(spans.ended).toHaveLength(1);
    expect(spans.last().status).toEqual({ code: SpanStatusCode.ERROR, message });
  });

  it('does not end a span twice that its function has ended', async () => {
    startActiveStage('x', { model: 'm' }, (stage) => stage.end());
    await startActiveStage('y', { model: 'm' }, async (stage) => stage.end());
    const failing = startActiveStage('z', { model: 'm' }, async (stage) => {
      stage.end();
      throw new Error('after the end');
    });
    await expect(failing).rejects.toThrow('after the end');
    expect(spans.ended).toHaveLength(3);
    expect(told).toEqual([]);
  });

  it('keeps contexts apart when stages run side by side and one in another', async () => {
    const parents: [string, string | undefined][] = [];
    await Promise.all(
      ['BTC', 'ETH', 'SOL'].map((symbol) =>
        startActiveStage(`strategy ${symbol}`, { model: 'm' }, async (outer) => {
          await delay(1);
          await startActiveStage(`decision ${symbol}`, { model: 'm' }, async () => {
            await delay(1);
            tracer.startSpan(`call ${symbol}`).end();
          });
          parents.push([symbol, outer.spanContext().spanId]);
        }),
      ),
    );
    expect(parents).toHaveLength(3);
    for (const [symbol, strategyId] of parents) {
      expect(spans.named(`decision ${symbol}`).parentSpanContext?.spanId).toBe(strategyId);
      expect(spans.named(`call ${symbol}`).parentSpanContext?.spanId).toBe(
        spans.named(`decision ${symbol}`).spanContext().spanId,
      );
    }
  });

  it('gives its result though another processor throws when the span ends', () => {
    const broken = startTracing({
      processors: [
        { onStart: () => {}, onEnd: throws, forceFlush: async () => {}, shutdown: async () => {} },
      ],
    });
    expect(startActiveStage('x', { model: 'm', tracer: broken.tracer }, () => 5)).toBe(5);
    const error = new Error('the bot’s own');
    expect(() =>
      startActiveStage('x', { model: 'm', tracer: broken.tracer }, () => {
        throw error;
      }),
    ).toThrow(error);
    expect(told).toEqual([
      expect.stringMatching(/a span processor threw when a stage ended.*broken getter$/),
    ]);
  });

  it('types what it returns by its function', async () => {
    const sync: number = startActiveStage('x', { model: 'm' }, () => 5);
    const async: Promise<string> = startActiveStage('x', { model: 'm' }, async () => 'a');
    const nothing: undefined = startActiveStage('x', { model: 'm' }, () => undefined);
    expect([sync, await async, nothing]).toEqual([5, 'a', undefined]);
  });
});
