import {
  type Attributes,
  context,
  createTraceState,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  InMemorySpanExporter,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WeexConfigError } from '../../src/errors.js';
import { AiStageSampler } from '../../src/otel/ai-stage-sampler.js';
import { startActiveStage } from '../../src/stages/start-stage.js';
import { startTracing } from '../helpers/tracing.js';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(() => {
  context.disable();
});

const answering = (result: SamplingResult): Sampler => ({
  shouldSample: () => result,
  toString: () => 'answering',
});

const ask = (sampler: Sampler, name = 'GET', attributes: Attributes = {}): SamplingResult =>
  sampler.shouldSample(ROOT_CONTEXT, 'a'.repeat(32), name, SpanKind.INTERNAL, attributes, []);

const NOT_RECORD = { decision: SamplingDecision.NOT_RECORD };

describe('AiStageSampler', () => {
  it('records what its delegate drops, and keeps the attributes and the trace state', () => {
    const given = { ...NOT_RECORD, attributes: { 'sampler.rule': 'x' }, traceState: createTraceState('a=1') };
    expect(ask(new AiStageSampler(answering(given)))).toEqual({
      ...given,
      decision: SamplingDecision.RECORD,
    });
    expect(given.decision).toBe(SamplingDecision.NOT_RECORD);
  });

  it.each([SamplingDecision.RECORD, SamplingDecision.RECORD_AND_SAMPLED])(
    'gives any other result of its delegate on as it is: %i',
    (decision) => {
      const given = { decision, attributes: { a: 1 } };
      expect(ask(new AiStageSampler(answering(given)))).toBe(given);
    },
  );

  it('hands every argument on', () => {
    const seen: unknown[][] = [];
    const spy: Sampler = {
      shouldSample: (...args) => {
        seen.push(args);
        return NOT_RECORD;
      },
      toString: () => 'spy',
    };
    const args: Parameters<Sampler['shouldSample']> = [
      ROOT_CONTEXT,
      'a'.repeat(32),
      'name',
      SpanKind.CLIENT,
      { a: 1 },
      [{ context: { traceId: 'b'.repeat(32), spanId: 'c'.repeat(16), traceFlags: 1 } }],
    ];
    new AiStageSampler(spy).shouldSample(...args);
    expect(seen).toEqual([args]);
  });

  describe('with record: stages', () => {
    const sampler = new AiStageSampler(new AlwaysOffSampler(), { record: 'stages' });

    it.each<[string, Attributes]>([
      ['Decision Making', {}],
      ['risk_assessment', {}],
      ['anything', { 'ai.stage': 'x' }],
      ['anything', { 'ai.input': '' }],
      ['anything', { 'ai.order_id': '5' }],
      ['anything', { 'ai.client_order_id': 'c' }],
      ['anything', { 'ai.symbol': 'BTCUSDT' }],
    ])('records a span that starts as a stage: %s %j', (name, attributes) => {
      expect(ask(sampler, name, attributes)).toEqual({ decision: SamplingDecision.RECORD });
    });

    it.each<[string, Attributes]>([
      ['GET /orders', { 'http.request.method': 'GET' }],
      ['ai.generateText', { 'ai.model.id': 'gpt-5', 'ai.operationId': 'ai.generateText' }],
      ['', {}],
    ])('leaves any other dropped: %s %j', (name, attributes) => {
      expect(ask(sampler, name, attributes)).toEqual(NOT_RECORD);
    });
  });

  describe('around a delegate that is broken', () => {
    const lines: string[] = [];
    const quiet = (): void => {};
    const note = (line: string): void => {
      lines.push(line);
    };

    it.each<[string, () => SamplingResult]>([
      [
        'throws',
        () => {
          throw new Error('no rules loaded');
        },
      ],
      ['returns nothing', () => JSON.parse('null')],
    ])('that %s, keeps the bot running and the span for us, and says so once', (_, shouldSample) => {
      diag.setLogger({ error: note, warn: note, info: quiet, debug: quiet, verbose: quiet });
      lines.length = 0;
      const { tracer, spans } = startTracing({
        sampler: new AiStageSampler({ shouldSample, toString: () => 'RuleSampler' }),
      });
      for (let count = 0; count < 3; count += 1) tracer.startSpan('x').end();
      diag.disable();
      expect(spans.ended.map((span) => span.spanContext().traceFlags)).toEqual([0, 0, 0]);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(
        /the sampler RuleSampler inside AiStageSampler (threw \(no rules loaded\)|did not return)/,
      );
    });
  });

  it('describes itself with its delegate', () => {
    expect(new AiStageSampler(new AlwaysOffSampler()).toString()).toBe(
      'AiStageSampler{record=all, delegate=AlwaysOffSampler}',
    );
  });

  it.each<[string, unknown[]]>([
    ['no delegate', []],
    ['a delegate that is no sampler', [{}]],
    ['a record that does not exist', [new AlwaysOnSampler(), { record: 'some' }]],
  ])('refuses %s when it is made', (_, args) => {
    expect(() => Reflect.construct(AiStageSampler, args)).toThrow(WeexConfigError);
  });
});

/** One cycle of a bot: a root, a stage with a child in it, and a request that belongs to no stage. */
function runCycles(count: number, ratio: number, record: 'all' | 'stages', wrapped = true) {
  const simple = new InMemorySpanExporter();
  const batched = new InMemorySpanExporter();
  const root = new TraceIdRatioBasedSampler(ratio);
  const delegate = new ParentBasedSampler({ root });
  const asked = new Map<string, boolean>();
  const spy: Sampler = {
    shouldSample: (...args) => {
      const result = delegate.shouldSample(...args);
      if (trace.getSpanContext(args[0]) === undefined) {
        asked.set(args[1], result.decision === SamplingDecision.RECORD_AND_SAMPLED);
      }
      return result;
    },
    toString: () => delegate.toString(),
  };
  const tracing = startTracing({
    sampler: wrapped ? new AiStageSampler(spy, { record }) : spy,
    processors: [
      new SimpleSpanProcessor(simple),
      new BatchSpanProcessor(batched, { maxQueueSize: count * 8 }),
    ],
  });
  const { tracer } = tracing;
  for (let cycle = 0; cycle < count; cycle += 1) {
    tracer.startActiveSpan('cycle', (span) => {
      tracer.startSpan('GET /ticker').end();
      startActiveStage('Decision Making', { model: 'm', input: 'i', tracer }, () => {
        tracer.startSpan('chat').end();
      });
      span.end();
    });
  }
  return { ...tracing, simple, batched, asked };
}

function expectWholeTraces(spans: readonly ReadableSpan[], traces: number): void {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(traces);
  expect(spans).toHaveLength(traces * 4);
  const orphans = spans.filter((span) => span.parentSpanContext && !ids.has(span.parentSpanContext.spanId));
  expect(orphans).toEqual([]);
}

describe('a head ratio inside AiStageSampler', () => {
  it.each([0, 0.1, 1])(
    'of %d leaves other backends exactly their share of 1,000 traces, whole, and ours everything',
    async (ratio) => {
      const { provider, spans, simple, batched, asked } = runCycles(1_000, ratio, 'all');
      await provider.forceFlush();
      const sampled = [...asked.values()].filter(Boolean).length;
      expect(asked.size).toBe(1_000);
      if (ratio === 0) expect(sampled).toBe(0);
      if (ratio === 1) expect(sampled).toBe(1_000);
      if (ratio === 0.1) expect(sampled).toBeGreaterThan(40);
      if (ratio === 0.1) expect(sampled).toBeLessThan(180);
      expect(spans.ended).toHaveLength(4_000);
      for (const exporter of [simple, batched]) expectWholeTraces(exporter.getFinishedSpans(), sampled);
      await provider.shutdown();
    },
  );

  it('records only the stages of dropped traces with record: stages', async () => {
    const { provider, spans, simple, batched, asked } = runCycles(1_000, 0.1, 'stages');
    await provider.forceFlush();
    const sampled = [...asked.values()].filter(Boolean).length;
    expect(spans.ended.filter(({ name }) => name === 'Decision Making')).toHaveLength(1_000);
    expect(spans.ended).toHaveLength(sampled * 4 + (1_000 - sampled));
    for (const exporter of [simple, batched]) expectWholeTraces(exporter.getFinishedSpans(), sampled);
    await provider.shutdown();
  });

  it('is what makes the difference: without it a dropped stage reaches no processor', async () => {
    const { provider, spans } = runCycles(20, 0, 'all', false);
    expect(spans.ended).toEqual([]);
    await provider.shutdown();
  });

  it('gives attributes that are set late on a dropped span', () => {
    const { tracer, spans } = startTracing({ sampler: new AiStageSampler(new AlwaysOffSampler()) });
    const span = tracer.startSpan('anything');
    span.setAttribute('ai.output', 'late');
    span.end();
    expect(spans.last().attributes).toEqual({ 'ai.output': 'late' });
    expect(span.spanContext().traceFlags & TraceFlags.SAMPLED).toBe(0);
  });

  it('follows the decision of a service that called', () => {
    const sampler = new AiStageSampler(new ParentBasedSampler({ root: new AlwaysOnSampler() }));
    const { tracer, spans } = startTracing({ sampler });
    for (const traceFlags of [TraceFlags.NONE, TraceFlags.SAMPLED]) {
      const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags, isRemote: true };
      tracer.startSpan('x', {}, trace.setSpanContext(ROOT_CONTEXT, parent)).end();
    }
    expect(spans.ended.map((span) => span.spanContext().traceFlags)).toEqual([
      TraceFlags.NONE,
      TraceFlags.SAMPLED,
    ]);
  });
});
