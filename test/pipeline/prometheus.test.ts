import { type Attributes, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WeexOptions } from '../../src/config/settings.js';
import { systemClock } from '../../src/lib/clock.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { createMetrics } from '../../src/pipeline/metrics.js';
import { newTally } from '../../src/pipeline/tally.js';
import { FakeClock } from '../helpers/fake-clock.js';
import { startPrometheus } from '../helpers/prometheus.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

/** A bot whose metrics a real Prometheus exporter shows. */
async function watchedBot(options: WeexOptions = {}) {
  const weex = await emulator();
  const { provider, scrape } = await startPrometheus();
  const processor = new WeexSpanProcessor(accountAt(weex, { selfObsMeterProvider: provider, ...options }));
  const { tracer } = tracerWith([processor]);
  const decide = (attributes: Record<string, string> = {}, agoMillis = 0): void => {
    const endMillis = Date.now() - agoMillis;
    tracer
      .startSpan('decide', { attributes: { ...STAGE, ...attributes }, startTime: endMillis - 1_000 })
      .end(endMillis);
  };
  return { weex, processor, decide, scrape, tracer };
}

describe('Prometheus shows', () => {
  test('what was delivered, how long that took, and where it went', async () => {
    const { weex, processor, decide, scrape } = await watchedBot();
    expect((await scrape()).value('weex_ai_log_delivered_total')).toBe(0);
    decide();
    decide({ 'ai.explanation': '' }, 20_000);
    await processor.forceFlush();
    const now = await scrape();
    const { hostname, port } = new URL(weex.url);
    const where = {
      otel_component_type: 'weex_ai_log_span_exporter',
      server_address: hostname,
      server_port: port,
      otel_scope_name: 'opentelemetry-exporter-weex',
    };
    expect(now.value('weex_ai_log_delivered_total', where)).toBe(2);
    const exported = now.samples.filter(
      ({ name, labels }) => name === 'otel_sdk_exporter_span_exported_total' && !('error_type' in labels),
    );
    expect(exported).toMatchObject([
      {
        value: 2,
        labels: { ...where, otel_component_name: expect.stringMatching(/^weex_ai_log_span_exporter\/\d+$/) },
      },
    ]);
    expect(now.value('weex_ai_log_derived_explanations_total')).toBe(1);
    expect(now.value('weex_ai_log_time_to_receipt_count', where)).toBe(2);
    expect(now.value('weex_ai_log_time_to_receipt_bucket', { le: '10' })).toBe(1);
    expect(now.value('weex_ai_log_time_to_receipt_bucket', { le: '60' })).toBe(2);
    expect(
      now.value('otel_sdk_exporter_operation_duration_count', { ...where, http_response_status_code: '200' }),
    ).toBe(2);
    expect(now.value('otel_sdk_exporter_span_inflight')).toBe(0);
  });

  test('what was rejected, invalid and skipped, each apart', async () => {
    const { weex, processor, decide, scrape } = await watchedBot({
      filter: ({ model }) => model !== 'private',
      exclude: ['warm-up'],
    });
    decide();
    await processor.forceFlush();
    weex.script('40020');
    decide();
    decide({ 'ai.model': '' });
    decide({ 'ai.model': 'private' });
    decide({ 'ai.model': 'private' });
    await processor.forceFlush();
    const now = await scrape();
    expect(now.value('weex_ai_log_rejected_total')).toBe(1);
    expect(now.value('weex_ai_log_invalid_total')).toBe(1);
    expect(now.value('weex_ai_log_skipped_total', { reason: 'filter' })).toBe(2);
    expect(now.value('otel_sdk_exporter_span_exported_total', { error_type: 'rejected' })).toBe(1);
    expect(now.value('otel_sdk_exporter_span_exported_total', { error_type: 'invalid' })).toBe(1);
    expect(
      now.value('otel_sdk_exporter_operation_duration_count', {
        error_type: 'rejected',
        http_response_status_code: '400',
      }),
    ).toBe(1);
    expect(now.value('weex_ai_log_time_to_receipt_count')).toBe(1);
  });

  test('stages skipped by their name with the reason', async () => {
    const { tracer, scrape } = await watchedBot({ exclude: ['warm-up'] });
    tracer.startSpan('warm-up', { attributes: STAGE }).end();
    expect((await scrape()).value('weex_ai_log_skipped_total', { reason: 'excluded' })).toBe(1);
  });

  test('one operation for a log that needed several attempts, and that WEEX may have it twice', async () => {
    const { weex, processor, decide, scrape } = await watchedBot();
    weex.script(503, 'reset-after-body');
    decide();
    await expect.poll(() => processor.health().delivered, { timeout: 15_000 }).toBe(1);
    expect(weex.requests().filter(({ path }) => path.includes('uploadAiLog')).length).toBe(3);
    const now = await scrape();
    expect(now.value('otel_sdk_exporter_operation_duration_count')).toBe(1);
    expect(now.value('otel_sdk_exporter_span_exported_total')).toBe(1);
    expect(now.value('weex_ai_log_possible_duplicates_total')).toBe(1);
  });

  test('a pause, what waits for its end, and since when; and that it is over', async () => {
    const { weex, processor, decide, scrape } = await watchedBot();
    decide();
    await processor.forceFlush();
    expect((await scrape()).value('weex_ai_log_paused')).toBe(0);
    weex.script({ fault: 'html-521', times: Number.POSITIVE_INFINITY });
    decide();
    decide({}, 120_000);
    await expect.poll(() => processor.health().paused).toBeDefined();
    const paused = await scrape();
    expect(paused.value('weex_ai_log_paused')).toBe(1);
    expect(paused.value('weex_ai_log_pending')).toBe(2);
    expect(paused.value('otel_sdk_exporter_span_inflight')).toBe(2);
    expect(paused.value('weex_ai_log_oldest_pending_age')).toBeGreaterThanOrEqual(120);
    weex.clearFaults();
    await expect.poll(() => processor.health().pending, { timeout: 15_000 }).toBe(0);
    const after = await scrape();
    expect(after.value('weex_ai_log_paused')).toBe(0);
    expect(after.value('weex_ai_log_pending')).toBe(0);
    expect(after.value('weex_ai_log_oldest_pending_age')).toBe(0);
    expect(after.value('weex_ai_log_delivered_total')).toBe(3);
    expect(after.value('weex_ai_log_time_to_receipt_bucket', { le: '60' })).toBe(2);
  });

  test('what is lost when memory is all there is, and full', async () => {
    const { weex, processor, decide, scrape } = await watchedBot({
      journalDir: 'none',
      maxEntryBytes: 1_000_000,
    });
    weex.script({ fault: 'html-521', times: Number.POSITIVE_INFINITY });
    const prompt = JSON.stringify({ prompt: 'x'.repeat(900_000) });
    for (let count = 0; count < 200 && processor.health().lost === 0; count += 1)
      decide({ 'ai.input': prompt });
    const now = await scrape();
    expect(now.value('weex_ai_log_lost_total')).toBe(1);
    expect(now.value('otel_sdk_exporter_span_exported_total', { error_type: 'lost' })).toBe(1);
  });

  test('what waits for its trace, and what the trace could not link to one order', async () => {
    const { processor, tracer, scrape } = await watchedBot({ linkWindowMillis: 60_000 });
    const root = tracer.startSpan('cycle');
    const below = (parent: Span, name: string, attributes: Attributes = {}) =>
      tracer.startSpan(name, { attributes }, trace.setSpan(ROOT_CONTEXT, parent));
    for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
      const branch = below(root, `look at ${symbol}`);
      below(branch, 'decide', STAGE).end();
      branch.end();
    }
    below(root, 'execute', { ...STAGE, 'ai.stage': 'execution', 'ai.order_id': '596471064624628269' }).end();
    const before = await scrape();
    expect(before.value('weex_ai_log_waiting')).toBe(processor.health().waiting);
    expect(before.value('weex_ai_log_waiting')).toBeGreaterThanOrEqual(2);
    expect(before.value('weex_ai_log_ambiguous_links_total')).toBe(0);
    root.end();
    await processor.forceFlush();
    const now = await scrape();
    expect(now.value('weex_ai_log_waiting')).toBe(0);
    expect(now.value('weex_ai_log_ambiguous_links_total')).toBe(2);
    expect(now.value('weex_ai_log_delivered_total')).toBe(3);
  });

  test('what waits as in flight, beside what is pending', async () => {
    const { provider, scrape } = await startPrometheus();
    const metrics = createMetrics(() => provider, { address: 'weex.test', port: 443 }, systemClock);
    const state = { pending: 1, waiting: 3, oldestPendingMillis: 1_500, paused: false };
    metrics.observe({ tally: newTally(), state: () => state });
    onTestFinished(() => metrics.close());
    const now = await scrape();
    expect(now.value('weex_ai_log_waiting')).toBe(3);
    expect(now.value('otel_sdk_exporter_span_inflight')).toBe(4);
    expect(now.value('weex_ai_log_oldest_pending_age')).toBe(1.5);
  });

  test('two accounts of one process apart', async () => {
    const first = await watchedBot();
    const weex = await emulator({
      accounts: [
        { apiKey: 'other-key-0123456789', apiSecret: 'other-secret-0123456789', apiPassphrase: 'other-pass' },
      ],
    });
    const { provider, scrape } = await startPrometheus();
    const processors = [first.weex, weex].map(
      (at) => new WeexSpanProcessor({ ...accountAt(at, { selfObsMeterProvider: provider }), account: 'own' }),
    );
    const { tracer } = tracerWith(processors);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await Promise.all(processors.map((one) => one.forceFlush()));
    const delivered = (await scrape()).samples.filter(({ name }) => name === 'weex_ai_log_delivered_total');
    expect(delivered.map(({ value }) => value)).toEqual([1, 1]);
    expect(new Set(delivered.map(({ labels }) => labels['otel_component_name'])).size).toBe(2);
  });
});

describe('the metrics of an account', () => {
  test('are there although the bot sets its meter provider later and nothing is delivered', async () => {
    const clock = new FakeClock();
    const late = await startPrometheus();
    const early = await startPrometheus();
    let { provider } = early;
    const metrics = createMetrics(() => provider, { address: 'weex.test', port: 443 }, clock);
    onTestFinished(() => metrics.close());
    const state = { pending: 1, waiting: 0, oldestPendingMillis: 0, paused: true };
    metrics.observe({ tally: newTally(), state: () => state });
    provider = late.provider;
    await clock.advance(60_000);
    expect((await late.scrape()).value('weex_ai_log_paused')).toBe(1);
    expect((await early.scrape()).value('weex_ai_log_paused')).toBeUndefined();
  });

  test('tell its last state after the shutdown', async () => {
    const { processor, decide, scrape } = await watchedBot();
    decide();
    await processor.shutdown();
    expect((await scrape()).value('weex_ai_log_delivered_total')).toBe(1);
  });

  test('are read once more after its end, and then no longer', async () => {
    const { provider, scrape } = await startPrometheus();
    const metrics = createMetrics(() => provider, { address: 'weex.test', port: 443 }, new FakeClock());
    let reads = 0;
    const state = { pending: 1, waiting: 0, oldestPendingMillis: 0, paused: false };
    metrics.observe({ tally: newTally(), state: () => ({ ...state, pending: ++reads }) });
    await scrape();
    expect(reads).toBe(1);
    metrics.close();
    await scrape();
    await scrape();
    expect(reads).toBe(2);
  });

  test('have the units that the conventions ask for', async () => {
    const { processor, decide, scrape } = await watchedBot({ filter: ({ model }) => model !== 'private' });
    decide();
    decide({ 'ai.model': 'private' });
    await processor.forceFlush();
    const { types, units } = await scrape();
    const found = [...types].filter(([name]) => /^(weex|otel_sdk_exporter)_/.test(name));
    expect(Object.fromEntries(found.map(([name, type]) => [name, `${type} ${units.get(name)}`]))).toEqual({
      otel_sdk_exporter_span_inflight: 'gauge {span}',
      otel_sdk_exporter_span_exported_total: 'counter {span}',
      otel_sdk_exporter_operation_duration: 'histogram s',
      weex_ai_log_pending: 'gauge {log}',
      weex_ai_log_waiting: 'gauge {log}',
      weex_ai_log_oldest_pending_age: 'gauge s',
      weex_ai_log_paused: 'gauge {account}',
      weex_ai_log_delivered_total: 'counter {log}',
      weex_ai_log_rejected_total: 'counter {log}',
      weex_ai_log_invalid_total: 'counter {log}',
      weex_ai_log_skipped_total: 'counter {log}',
      weex_ai_log_lost_total: 'counter {log}',
      weex_ai_log_ambiguous_links_total: 'counter {log}',
      weex_ai_log_derived_explanations_total: 'counter {log}',
      weex_ai_log_possible_duplicates_total: 'counter {log}',
      weex_ai_log_time_to_receipt: 'histogram s',
    });
  });
});
