import { context, trace } from '@opentelemetry/api';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { describe, expect, test } from 'vitest';
import { WeexSpanExporter } from '../../src/otel/weex-span-exporter.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

describe('the exporter behind a batch processor, with a window', () => {
  test('links the order of a later span, and lets entries go when their trace has come', async () => {
    const weex = await emulator();
    const exporter = new WeexSpanExporter(accountAt(weex, { linkWindowMillis: 20_000 }));
    const { tracer, provider } = tracerWith([new BatchSpanProcessor(exporter)]);
    const cycle = tracer.startSpan('trade-cycle');
    const inside = trace.setSpan(context.active(), cycle);
    tracer.startSpan('decide', { attributes: STAGE }, inside).end();
    tracer
      .startSpan(
        'execute',
        { attributes: { ...STAGE, 'ai.stage': 'execution', 'ai.order_id': '596471064624628269' } },
        inside,
      )
      .end();
    cycle.end();
    await provider.forceFlush();
    await exporter.forceFlush();
    expect(exporter.health()).toMatchObject({ waiting: 0, delivered: 2 });
    expect(
      weex
        .logs()
        .map(({ stage, orderId }) => [stage, orderId])
        .sort(),
    ).toEqual([
      ['Decision Making', '596471064624628269'],
      ['Execution', '596471064624628269'],
    ]);
  });
});
