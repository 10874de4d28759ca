import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, test } from 'vitest';
import { WeexConfigError } from '../../src/errors.js';
import type { WeexEvent } from '../../src/events.js';
import { AiStageSampler } from '../../src/otel/ai-stage-sampler.js';
import { WeexSpanExporter } from '../../src/otel/weex-span-exporter.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

describe('WeexSpanProcessor', () => {
  test('delivers a finished stage with the very text of its JSON and the exact order id', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.order_id': '596471064624628269' } }).end();
    await processor.forceFlush();
    const [log] = weex.logs();
    expect(log).toMatchObject({
      orderId: '596471064624628269',
      stage: 'Decision Making',
      model: 'gpt-5-2026-08-06',
      explanation: 'RSI 28 is oversold and funding is negative.',
      traceparent: undefined,
    });
    expect(log?.raw).toContain('"orderId":596471064624628269');
    expect(log?.raw).toContain(STAGE['ai.input']);
    expect(log?.raw).toContain(STAGE['ai.output']);
    expect(processor.health()).toMatchObject({ delivered: 1, pending: 0, invalid: 0, rejected: 0, lost: 0 });
  });

  test('leaves every span as it was and the other backend with exactly what it had', async () => {
    const weex = await emulator();
    const alone = new InMemorySpanExporter();
    const beside = new InMemorySpanExporter();
    const run = (
      processors: ConstructorParameters<typeof SimpleSpanProcessor>[0],
      ours: WeexSpanProcessor[],
    ) => {
      const { tracer } = tracerWith([...ours, new SimpleSpanProcessor(processors)]);
      const span = tracer.startSpan('decide', { attributes: STAGE, startTime: new Date(1_000) });
      span.addEvent('thought', { step: 1 }, new Date(1_500));
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' });
      span.end(new Date(2_000));
    };
    run(alone, []);
    run(beside, [new WeexSpanProcessor(accountAt(weex))]);
    const shape = (exporter: InMemorySpanExporter) =>
      exporter
        .getFinishedSpans()
        .map(({ name, kind, attributes, events, status, startTime, endTime, links }) => ({
          name,
          kind,
          attributes,
          events,
          status,
          startTime,
          endTime,
          links,
        }));
    expect(shape(beside)).toEqual(shape(alone));
  });

  test('gets what the sampler drops, and the other backend does not', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const jaeger = new InMemorySpanExporter();
    const { tracer } = tracerWith(
      [processor, new SimpleSpanProcessor(jaeger)],
      new AiStageSampler(new AlwaysOffSampler()),
    );
    const span = tracer.startSpan('decide');
    span.setAttributes(STAGE);
    span.end();
    await processor.forceFlush();
    expect(weex.logs()).toHaveLength(1);
    expect(jaeger.getFinishedSpans()).toHaveLength(0);
  });

  test('and an exporter behind a BatchSpanProcessor log a span once', async () => {
    const weex = await emulator();
    const account = accountAt(weex);
    const processor = new WeexSpanProcessor(account);
    const exporter = new WeexSpanExporter(account);
    const { tracer, provider } = tracerWith([processor, new BatchSpanProcessor(exporter)]);
    for (let i = 0; i < 20; i++) tracer.startSpan('decide', { attributes: STAGE }).end();
    await provider.forceFlush();
    await processor.forceFlush();
    expect(weex.logs()).toHaveLength(20);
    expect(exporter.health()).toEqual(processor.health());
  });

  test('shares the account and journal of the exporter that it is given', async () => {
    const weex = await emulator();
    const exporter = new WeexSpanExporter(accountAt(weex));
    const processor = new WeexSpanProcessor({ exporter });
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await exporter.forceFlush();
    expect(weex.logs()).toHaveLength(1);
    expect(exporter.health().delivered).toBe(1);
    await processor.shutdown();
    tracer.startSpan('ignored by a processor that was shut down');
    await exporter.shutdown();
  });

  test('works while another exporter fails, throws and never answers', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const failing = {
      export: (_spans: unknown, done: (result: { code: number; error: Error }) => void) =>
        done({ code: 1, error: new Error('backend down') }),
      shutdown: () => Promise.reject(new Error('backend down')),
    };
    const { tracer, provider } = tracerWith([new BatchSpanProcessor(failing), processor]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await expect(provider.shutdown()).rejects.toBeDefined();
    await processor.shutdown();
    expect(weex.logs()).toHaveLength(1);
  });

  test('sends one log for each order of an array, and none of an order that is no exact number', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    tracer
      .startSpan('a', {
        attributes: { ...STAGE, 'ai.order_id': ['596471064624628269', '596471064624628270'] },
      })
      .end();
    tracer.startSpan('b', { attributes: { ...STAGE, 'ai.order_id': Number('596471064624628269') } }).end();
    tracer.startSpan('c', { attributes: { ...STAGE, 'ai.order_id': 'none' } }).end();
    await processor.forceFlush();
    expect(
      weex
        .logs()
        .map((log) => log.orderId)
        .sort(),
    ).toEqual(['596471064624628269', '596471064624628270', undefined, undefined]);
  });

  test('keeps a stage that lacks a field as invalid and says which', async () => {
    const weex = await emulator();
    const events: WeexEvent[] = [];
    const processor = new WeexSpanProcessor(accountAt(weex, { onEvent: (event) => events.push(event) }));
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: { 'ai.stage': 'decision', 'ai.input': '{"a":1}' } }).end();
    await processor.forceFlush();
    expect(weex.logs()).toHaveLength(0);
    expect(processor.health()).toMatchObject({ invalid: 1, pending: 0 });
    expect(events).toMatchObject([
      { type: 'invalid', reason: expect.stringMatching(/model.*output|output.*model/s) },
    ]);
  });

  test('logs a failed stage without output with its error', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    const span = tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.output': '' } });
    span.recordException(new RangeError('margin too low'));
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'margin too low' });
    span.end();
    await processor.forceFlush();
    expect(weex.logs()[0]?.output).toEqual({ error: 'margin too low', type: 'RangeError' });
  });

  test('keeps back what filter refuses, keeps what it throws on, and sends what redact returns', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(
      accountAt(weex, {
        filter: (entry) => {
          if (entry.model === 'throws') throw new Error('bug in the bot');
          return entry.model !== 'private';
        },
        redact: (entry) => ({ explanation: entry.explanation.replace('28', '**') }),
      }),
    );
    const { tracer } = tracerWith([processor]);
    for (const model of ['private', 'throws', 'public']) {
      tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.model': model } }).end();
    }
    await processor.forceFlush();
    const logs = weex.logs();
    expect(logs.map((log) => log.model).sort()).toEqual(['public', 'throws']);
    expect(logs.map((log) => log.explanation)).toEqual(
      Array(2).fill('RSI ** is oversold and funding is negative.'),
    );
    expect(logs[0]?.raw).toContain(STAGE['ai.input']);
    expect(processor.health()).toMatchObject({ skipped: 1, delivered: 2 });
  });

  test('sends nothing of an entry whose redact throws', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(
      accountAt(weex, {
        redact: () => {
          throw new Error('bug in the bot');
        },
      }),
    );
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await processor.forceFlush();
    expect(weex.requests()).toHaveLength(0);
    expect(processor.health()).toMatchObject({ invalid: 1 });
  });

  test('masks its own credentials wherever the bot put them', async () => {
    const weex = await emulator();
    const { apiSecret, apiPassphrase } = weex.credentials;
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    tracer
      .startSpan('decide', {
        attributes: {
          ...STAGE,
          'ai.input': JSON.stringify({ config: { secret: apiSecret, passphrase: apiPassphrase } }),
          'ai.explanation': `called with ${apiSecret}`,
        },
      })
      .end();
    await processor.forceFlush();
    expect(weex.logs()).toHaveLength(1);
    expect(weex.logs()[0]?.raw).not.toContain(apiSecret);
    expect(weex.logs()[0]?.input).not.toMatchObject({ config: { passphrase: apiPassphrase } });
  });

  test.each([
    ['a number as model', { 'ai.model': 5 }],
    ['an empty model', { 'ai.model': '' }],
    ['a lone surrogate', { 'ai.explanation': 'up \ud83d and away' }],
    ['ten megabytes of prompt', { 'ai.input': JSON.stringify({ prompt: 'x'.repeat(10_000_000) }) }],
    ['cut JSON', { 'ai.input': '{"symbol":"BTCUS' }],
    ['an array of numbers', { 'ai.input': [1, 2, 3] }],
    ['hostile text', { 'ai.output': '</script><img src=x onerror=alert(1)>\u001b[2J\u202e=cmd|calc' }],
    ['a key that pollutes', { 'ai.input': '{"__proto__":{"polluted":true},"a":1}' }],
  ])('never throws into the bot for %s, and accounts for the stage', async (_what, attributes) => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    const span = tracer.startSpan('decide', { attributes: { ...STAGE, ...attributes } });
    expect(() => span.end()).not.toThrow();
    await processor.forceFlush();
    const { delivered, invalid, rejected, pending, lost } = processor.health();
    expect({ rejected, pending, lost }).toEqual({ rejected: 0, pending: 0, lost: 0 });
    expect(delivered + invalid).toBe(1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('never throws for an object that only looks like a span', () => {
    const processor = new WeexSpanProcessor({ mode: 'record', account: 'broken', journalDir: 'none' });
    const broken = new Proxy(
      {},
      {
        get() {
          throw new Error('broken');
        },
      },
    );
    // @ts-expect-error: what a broken SDK or a bad wrapper could hand over
    expect(() => processor.onEnd(broken)).not.toThrow();
    // @ts-expect-error: the same
    expect(() => processor.onEnd(undefined)).not.toThrow();
  });

  test('keeps and never sends in mode record, and takes nothing in mode off', async () => {
    const weex = await emulator();
    const record = new WeexSpanProcessor(accountAt(weex, { mode: 'record' }));
    const off = new WeexSpanProcessor(accountAt(weex, { mode: 'off' }));
    const { tracer, provider } = tracerWith([record, off]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await provider.forceFlush();
    expect(weex.requests()).toHaveLength(0);
    expect(record.health()).toMatchObject({ skipped: 1, pending: 0 });
    expect(off.health()).toMatchObject({ skipped: 0, pending: 0 });
  });

  test('names all missing credentials in one error', () => {
    expect(() => new WeexSpanProcessor({ journalDir: 'none' })).toThrow(WeexConfigError);
    expect(() => new WeexSpanProcessor({ journalDir: 'none' })).toThrow(
      /WEEX_API_KEY[\s\S]*WEEX_API_SECRET[\s\S]*WEEX_API_PASSPHRASE/,
    );
  });

  test('tells who waits when WEEX has the log of a span and of an order', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    const span = tracer.startSpan('decide', {
      attributes: { ...STAGE, 'ai.order_id': '596471064624628269' },
    });
    const early = processor.waitUntilDelivered(span.spanContext(), { timeoutMillis: 5_000 });
    span.end();
    const [receipt] = await early;
    expect(receipt).toMatchObject({
      code: '00000',
      attempts: 1,
      orderId: '596471064624628269',
      possibleDuplicate: false,
    });
    const late = await processor.waitUntilDelivered(
      { orderId: '596471064624628269' },
      { timeoutMillis: 5_000 },
    );
    expect(late).toEqual([receipt]);
    await expect(processor.waitUntilDelivered({ orderId: '1' }, { timeoutMillis: 20 })).rejects.toMatchObject(
      {
        code: 'PENDING',
      },
    );
  });

  test('tells who waits that WEEX rejected the log', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('first', { attributes: STAGE }).end();
    await processor.forceFlush();
    weex.script('40020');
    const span = tracer.startSpan('decide', { attributes: STAGE });
    span.end();
    await expect(
      processor.waitUntilDelivered(span.spanContext(), { timeoutMillis: 5_000 }),
    ).rejects.toMatchObject({
      code: 'REJECTED',
      weexCode: '40020',
      httpStatus: 400,
    });
    expect(processor.health()).toMatchObject({ rejected: 1, delivered: 1 });
  });

  test('says that it is paused, keeps everything, and rejects nothing on forceFlush and shutdown', async () => {
    const weex = await emulator({ faults: [{ fault: 'html-521', times: Number.POSITIVE_INFINITY }] });
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    for (let i = 0; i < 5; i++) tracer.startSpan('decide', { attributes: STAGE }).end();
    await processor.forceFlush();
    const health = processor.health();
    expect(health).toMatchObject({ pending: 5, delivered: 0, rejected: 0, ready: false });
    expect(health.paused?.reason).toMatch(/521|allowlist/);
    await processor.shutdown();
  });

  test('makes no span of its own requests', async () => {
    const weex = await emulator();
    const spans = new InMemorySpanExporter();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer, provider } = tracerWith([processor, new SimpleSpanProcessor(spans)]);
    const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici');
    const instrumentation = new UndiciInstrumentation();
    instrumentation.setTracerProvider(provider);
    instrumentation.enable();
    try {
      const parent = tracer.startSpan('cycle');
      tracer.startSpan('decide', { attributes: STAGE }, trace.setSpan(ROOT_CONTEXT, parent)).end();
      await processor.forceFlush();
      parent.end();
      expect(weex.logs()).toHaveLength(1);
      expect(weex.logs()[0]?.traceparent).toBeUndefined();
      expect(spans.getFinishedSpans().map((span) => span.name)).toEqual(['decide', 'cycle']);
    } finally {
      instrumentation.disable();
    }
  });
});

describe('WeexSpanExporter', () => {
  test('answers once and with success for what is kept, and failure after shutdown', async () => {
    const weex = await emulator({ faults: [{ fault: 'no-answer', times: Number.POSITIVE_INFINITY }] });
    const exporter = new WeexSpanExporter(accountAt(weex, { flushTimeoutMillis: 50 }));
    const memory = new InMemorySpanExporter();
    const { tracer } = tracerWith([new SimpleSpanProcessor(memory)]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    const spans = memory.getFinishedSpans();
    const results: number[] = [];
    exporter.export(spans, (result) => results.push(result.code));
    expect(results).toEqual([0]);
    await exporter.shutdown();
    exporter.export(spans, (result) => results.push(result.code));
    expect(results).toEqual([0, 1]);
  });
});
