import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

function meterProvider() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => provider.shutdown());
  return {
    provider,
    /** The latest sum, gauge or histogram count of each metric, added up over its attributes. */
    async collect(): Promise<Record<string, number>> {
      exporter.reset();
      await reader.forceFlush();
      const values: Record<string, number> = {};
      for (const { scopeMetrics } of exporter.getMetrics()) {
        for (const { metrics: found } of scopeMetrics) {
          for (const metric of found) {
            for (const { value } of metric.dataPoints) {
              const amount = typeof value === 'number' ? value : value.count;
              values[metric.descriptor.name] = (values[metric.descriptor.name] ?? 0) + amount;
            }
          }
        }
      }
      return values;
    },
  };
}

afterEach(() => metrics.disable());

describe('the metrics', () => {
  test('count what was delivered, rejected, invalid and in flight, by the conventions of the SDK', async () => {
    const weex = await emulator();
    const { provider, collect } = meterProvider();
    const processor = new WeexSpanProcessor(accountAt(weex, { selfObsMeterProvider: provider }));
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await processor.forceFlush();
    weex.script('40020');
    tracer.startSpan('decide', { attributes: STAGE }).end();
    tracer.startSpan('decide', { attributes: { 'ai.input': '{"a":1}' } }).end();
    await processor.forceFlush();
    expect(await collect()).toMatchObject({
      'otel.sdk.exporter.span.inflight': 0,
      'otel.sdk.exporter.span.exported': 3,
      'otel.sdk.exporter.operation.duration': 2,
      'weex.ai_log.time_to_receipt': 1,
      'weex.ai_log.delivered': 1,
      'weex.ai_log.rejected': 1,
      'weex.ai_log.invalid': 1,
      'weex.ai_log.pending': 0,
      'weex.ai_log.paused': 0,
      'weex.ai_log.lost': 0,
    });
  });

  test('go to the global meter provider, also when the bot sets it later', async () => {
    const weex = await emulator();
    const processor = new WeexSpanProcessor(accountAt(weex));
    const { tracer } = tracerWith([processor]);
    const { provider, collect } = meterProvider();
    metrics.setGlobalMeterProvider(provider);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await processor.forceFlush();
    expect(await collect()).toMatchObject({
      'otel.sdk.exporter.span.exported': 1,
      'weex.ai_log.delivered': 1,
    });
  });
});
