import { expect, test, vi } from 'vitest';
import { WeexLogRecordProcessor } from '../../src/otel/weex-log-record-processor.js';
import { WeexSpanExporter } from '../../src/otel/weex-span-exporter.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator } from '../helpers/traced-bot.js';
import { finishedSpanOf, readCapture } from '../mapping/captured-spans.js';

const WINDOW = 600_000;

test('messages that @opentelemetry/instrumentation-openai logged go with the entry of their call', async () => {
  const weex = await emulator();
  const account = accountAt(weex, { linkWindowMillis: WINDOW });
  const [processor, logs] = [new WeexSpanProcessor(account), new WeexLogRecordProcessor(account)];
  const { spans, logs: records = [] } = readCapture('otel-openai@0.22.0-chat.json');
  for (const { traceId, spanId, ...record } of records)
    logs.onEmit({ ...record, spanContext: { traceId, spanId } });
  logs.onEmit({ body: 'a line of the bot' });
  Reflect.apply(logs.onEmit, logs, [undefined]);
  for (const span of spans) processor.onEnd(finishedSpanOf(span));
  await logs.shutdown();
  await processor.shutdown();
  expect(records.length).toBeGreaterThan(0);
  expect(weex.logs()).toHaveLength(1);
  const [log] = weex.logs();
  expect(log?.input).toMatchObject({ messages: [{ role: 'system' }, { role: 'user' }] });
  expect(Object.keys(Object(log?.output)).length).toBeGreaterThan(0);
});

test('without the log records there is no entry, and the reason is counted', async () => {
  const weex = await emulator();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const processor = new WeexSpanProcessor(accountAt(weex));
  for (const span of readCapture('otel-openai@0.22.0-chat.json').spans) processor.onEnd(finishedSpanOf(span));
  await processor.shutdown();
  expect(weex.logs()).toHaveLength(0);
  expect(processor.health()).toMatchObject({ skipped: 1, waiting: 0 });
});

test.each(['2.x', '1.30'])(
  'an exporter alone, told of no start and children first, knows when a trace of SDK %s is over',
  async (sdk) => {
    const weex = await emulator();
    const exporter = new WeexSpanExporter(accountAt(weex, { linkWindowMillis: WINDOW }));
    const traceId = '1'.repeat(32);
    const span = (name: string, spanId: string, parent: string | undefined, attributes: object) => {
      const { parentSpanId: _, ...rest } = finishedSpanOf({
        ...{ name, kind: 0, scope: 'bot', traceId, spanId, status: { code: 0 }, events: [] },
        ...{ start: [1_760_000_000, 0] as const, end: [1_760_000_001, 0] as const },
        attributes: { ...attributes },
        droppedAttributesCount: 0,
      });
      if (parent === undefined) return rest;
      return sdk === '1.30'
        ? { ...rest, parentSpanId: parent }
        : { ...rest, parentSpanContext: { traceId, spanId: parent, traceFlags: 1 } };
    };
    const stage = (name: string, extra: object = {}) => ({
      ...{ 'ai.stage': name, 'ai.model': 'm', 'ai.input': '{"a":1}', 'ai.output': '{"action":"buy"}' },
      ...extra,
    });
    exporter.export(
      [
        span('decision', 'd'.repeat(16), 'b'.repeat(16), stage('decision')),
        span('inner', 'b'.repeat(16), 'a'.repeat(16), {}),
        span('execution', 'e'.repeat(16), 'a'.repeat(16), stage('execution', { 'ai.order_id': '42' })),
      ],
      () => {},
    );
    expect(exporter.health().waiting).toBe(2);
    exporter.export([span('cycle', 'a'.repeat(16), undefined, {})], () => {});
    expect(exporter.health().waiting).toBe(0);
    await exporter.shutdown();
    expect(weex.logs().map(({ orderId }) => orderId)).toEqual(['42', '42']);
  },
);
