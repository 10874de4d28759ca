import { describe, expect, test } from 'vitest';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { accountAt, emulator, STAGE, tracerWith } from '../helpers/traced-bot.js';

describe('two of ours for one account', () => {
  test('keep to the redact, filter and onEvent of both', async () => {
    const weex = await emulator();
    const account = accountAt(weex);
    const events: string[] = [];
    const first = new WeexSpanProcessor(account);
    const second = new WeexSpanProcessor({
      ...account,
      redact: () => ({ explanation: 'withheld' }),
      filter: (entry) => entry.model !== 'private',
      onEvent: ({ type }) => events.push(type),
    });
    const { tracer } = tracerWith([first, second]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.model': 'private' } }).end();
    await first.forceFlush();
    expect(weex.logs().map((log) => log.explanation)).toEqual(['withheld']);
    expect(events.sort()).toEqual(['delivered', 'skipped']);
  });
});

describe('shutdown with a backlog', () => {
  test('sends nothing that it has no time to hear of, so nothing goes out twice', async () => {
    const weex = await emulator({ latencyMillis: 200 });
    const account = accountAt(weex, { flushTimeoutMillis: 1_000 });
    const first = new WeexSpanProcessor(account);
    const { tracer } = tracerWith([first]);
    for (let i = 0; i < 20; i++) {
      tracer
        .startSpan('decide', {
          attributes: { ...STAGE, 'ai.order_id': `${596471064624628000n + BigInt(i)}` },
        })
        .end();
    }
    await first.shutdown();
    const sent = weex.logs().length;
    expect(first.health().delivered).toBe(sent);
    const second = new WeexSpanProcessor({ ...account, flushTimeoutMillis: 15_000 });
    const last = tracerWith([second]).tracer.startSpan('decide', { attributes: STAGE });
    last.end();
    await second.waitUntilDelivered(last.spanContext(), { timeoutMillis: 10_000 });
    await expect.poll(() => second.health().pending, { timeout: 15_000 }).toBe(0);
    await expect.poll(() => weex.logs().length, { timeout: 15_000 }).toBe(21);
    expect(new Set(weex.logs().map((log) => log.orderId)).size).toBe(21);
  });
});

describe('waitUntilDelivered', () => {
  test.each([
    ['nothing', undefined],
    ['an order id that lost its digits', { orderId: Number('596471064624628269') }],
    ['something else', { span: 1 }],
  ])('rejects with what it expects for %s', async (_what, target) => {
    const processor = new WeexSpanProcessor({ mode: 'record', account: 'waits', journalDir: 'none' });
    // @ts-expect-error: what plain JavaScript may hand over
    await expect(processor.waitUntilDelivered(target)).rejects.toThrow(
      /expected a span context, or \{ orderId \}/,
    );
    await processor.shutdown();
  });
});
