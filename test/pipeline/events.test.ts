import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { WeexEvent } from '../../src/events.js';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { createEventQueue } from '../../src/pipeline/event-queue.js';
import { FakeClock } from '../helpers/fake-clock.js';
import { runNode } from '../helpers/run-node.js';
import { accountAt, emulator, STAGE, temporaryFolder, tracerWith } from '../helpers/traced-bot.js';

const DELIVERED: WeexEvent = {
  type: 'delivered',
  receipt: { entryId: 'e', code: '0', msg: '', acceptedAt: 0, attempts: 1, possibleDuplicate: false },
};
const skipped = (reason: string): WeexEvent => ({ type: 'skipped', reason });

describe('onEvent', () => {
  test('is told what became of each entry, with its id', async () => {
    const weex = await emulator();
    const events: WeexEvent[] = [];
    const processor = new WeexSpanProcessor(
      accountAt(weex, {
        onEvent: (event) => events.push(event),
        filter: ({ model }) => model !== 'private',
        exclude: ['warm-up'],
      }),
    );
    const { tracer } = tracerWith([processor]);
    const end = (attributes: object, name = 'decide') =>
      tracer.startSpan(name, { attributes: { ...STAGE, ...attributes } }).end();
    end({ 'ai.order_id': '596471064624628269' });
    await processor.forceFlush();
    weex.script({ code: '40020', msg: 'Parameter error' });
    end({});
    end({ 'ai.model': '' });
    end({ 'ai.model': 'private' });
    end({}, 'warm-up');
    await processor.forceFlush();
    const entryId = expect.stringMatching(/./);
    expect(events).toHaveLength(5);
    expect(events).toEqual(
      expect.arrayContaining([
        {
          type: 'delivered',
          receipt: expect.objectContaining({ entryId, orderId: '596471064624628269', attempts: 1 }),
        },
        { type: 'rejected', entryId, reason: 'Parameter error', weexCode: '40020', httpStatus: 400 },
        { type: 'invalid', entryId, reason: expect.stringContaining('model') },
        { type: 'skipped', entryId, reason: 'filter' },
        { type: 'skipped', reason: 'excluded' },
      ]),
    );
  });

  test('is told that the journal went to memory and that it is back on disk', async () => {
    const weex = await emulator();
    const events: WeexEvent[] = [];
    const journalDir = temporaryFolder();
    const folder = join(journalDir, 'bot');
    writeFileSync(folder, 'a file where the folder should be');
    const processor = new WeexSpanProcessor(
      accountAt(weex, { journalDir, account: 'bot', onEvent: (event) => events.push(event) }),
    );
    tracerWith([processor]);
    await expect.poll(() => events).toEqual([{ type: 'degraded', reason: expect.any(String) }]);
    expect(processor.health()).toMatchObject({ ready: false, journal: 'memory' });
    rmSync(folder);
    mkdirSync(folder, { mode: 0o700 });
    await expect.poll(() => events.at(-1), { timeout: 15_000 }).toEqual({ type: 'restored' });
    expect(processor.health()).toMatchObject({ ready: true, journal: 'disk' });
  });

  test('is never called within span.end()', async () => {
    const weex = await emulator();
    let isEnding = false;
    const within: boolean[] = [];
    const processor = new WeexSpanProcessor(accountAt(weex, { onEvent: () => within.push(isEnding) }));
    const { tracer } = tracerWith([processor]);
    isEnding = true;
    tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.model': '' } }).end();
    tracer.startSpan('decide', { attributes: STAGE }).end();
    isEnding = false;
    await processor.forceFlush();
    expect(within).toEqual([false, false]);
  });

  test('harms nothing when it throws, rejects, or never comes back', async () => {
    const weex = await emulator();
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    let calls = 0;
    const account = accountAt(weex);
    const processors = [
      () => {
        calls += 1;
        throw new Error('bug in the bot');
      },
      async () => {
        calls += 1;
        throw new Error('bug in the bot');
      },
      () => {
        calls += 1;
        return new Promise<void>(() => {});
      },
    ].map((onEvent) => new WeexSpanProcessor({ ...account, onEvent }));
    const { tracer } = tracerWith(processors);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    tracer.startSpan('decide', { attributes: { ...STAGE, 'ai.model': '' } }).end();
    await Promise.all(processors.map((processor) => processor.shutdown()));
    await turn();
    process.off('unhandledRejection', note);
    expect(weex.logs()).toHaveLength(1);
    expect(calls).toBe(6);
    expect(unhandled).toEqual([]);
  });

  test('that traces a stage of its own does not call itself for ever', async () => {
    const weex = await emulator();
    let calls = 0;
    const processor = new WeexSpanProcessor(
      accountAt(weex, {
        onEvent() {
          calls += 1;
          tracer.startSpan('alarm', { attributes: STAGE }).end();
        },
      }),
    );
    const { tracer } = tracerWith([processor]);
    tracer.startSpan('decide', { attributes: STAGE }).end();
    await processor.forceFlush();
    await processor.forceFlush();
    expect(calls).toBe(1);
    expect(weex.logs()).toHaveLength(1);
  });

  test('keeps no process alive and is told everything before one that flushes ends', async () => {
    const weex = await emulator();
    const program = `
      const { WeexAiLogger, createDecisionLog } = require('opentelemetry-exporter-weex');
      const logger = new WeexAiLogger({ journalDir: 'none', onEvent: ({ type }) => console.log(type) });
      logger.uploadLog(createDecisionLog({ model: 'm', input: { a: 1 }, output: { b: 2 }, explanation: 'e' }));
      logger.close();`;
    const run = await runNode(['-e', program], {
      WEEX_API_KEY: weex.credentials.apiKey,
      WEEX_API_SECRET: weex.credentials.apiSecret,
      WEEX_API_PASSPHRASE: weex.credentials.apiPassphrase,
      OTEL_EXPORTER_WEEX_ENDPOINT: weex.url,
    });
    expect(run).toMatchObject({ status: 0, stdout: 'delivered\n' });
  });
});

describe('OTEL_LOG_LEVEL=none', () => {
  test.each([
    ['none', 0],
    ['', 3],
  ])('(given as "%s") leaves stderr with %d lines while events go on', async (level, count) => {
    const weex = await emulator();
    weex.script({ fault: 'html-521', times: Number.POSITIVE_INFINITY });
    const program = `
      const { WeexAiLogger, createDecisionLog } = require('opentelemetry-exporter-weex');
      const logger = new WeexAiLogger({ journalDir: 'none', onEvent: ({ type }) => console.log(type) });
      const entry = { model: 'm', input: { a: 1 }, output: { b: 2 }, explanation: 'e' };
      logger.uploadLog(createDecisionLog({ ...entry, model: '' })).catch(() => {});
      logger.uploadLog(createDecisionLog(entry)).catch(() => {}).finally(() => logger.close());`;
    const run = await runNode(['-e', program], {
      OTEL_LOG_LEVEL: level,
      WEEX_API_KEY: weex.credentials.apiKey,
      WEEX_API_SECRET: weex.credentials.apiSecret,
      WEEX_API_PASSPHRASE: weex.credentials.apiPassphrase,
      OTEL_EXPORTER_WEEX_ENDPOINT: weex.url,
    });
    expect(run).toMatchObject({ status: 0, stdout: 'invalid\npaused\n' });
    expect(run.stderr.split('\n').filter((line) => line !== '')).toHaveLength(count);
  });
});

describe('the queue of events', () => {
  function queueOf(...listeners: ((event: WeexEvent) => unknown)[]) {
    const clock = new FakeClock();
    const threw: unknown[] = [];
    const dropped: number[] = [];
    const queue = createEventQueue({
      listeners: new Set(listeners),
      clock,
      threw: (error) => threw.push(error),
      dropped: (count) => dropped.push(count),
    });
    return { clock, queue, threw, dropped };
  }

  test('gives events in order in a later turn, to every listener', async () => {
    const told: string[] = [];
    const note = (by: string) => (event: WeexEvent) => {
      told.push(`${by} ${event.type === 'skipped' ? event.reason : event.type}`);
      if (by === 'first') throw new Error('bug');
    };
    const { queue, threw } = queueOf(note('first'), note('second'));
    queue.push(skipped('a'));
    queue.push(DELIVERED);
    expect(told).toEqual([]);
    await turn();
    expect(told).toEqual(['first a', 'second a', 'first delivered', 'second delivered']);
    expect(threw).toHaveLength(2);
  });

  test('gives a slow listener one event a turn, so that the bot has its turns in between', async () => {
    let told = 0;
    const { clock, queue } = queueOf(() => {
      told += 1;
      clock.block(20);
    });
    for (let count = 0; count < 100; count += 1) queue.push(DELIVERED);
    await turn();
    expect(told).toBe(1);
    await turn();
    expect(told).toBe(2);
  });

  test('drains for at most a quarter of a second, and goes on with the rest', async () => {
    let told = 0;
    const { clock, queue } = queueOf(() => {
      told += 1;
      clock.block(20);
    });
    for (let count = 0; count < 100; count += 1) queue.push(DELIVERED);
    queue.drain();
    expect(told).toBe(13);
    await turn();
    expect(told).toBe(14);
  });

  test('holds at most 10,000, dropping the oldest and saying so', async () => {
    const reasons: string[] = [];
    const { queue, dropped } = queueOf((event) => event.type === 'skipped' && reasons.push(event.reason));
    for (let count = 0; count < 12_000; count += 1) queue.push(skipped(String(count)));
    queue.drain();
    const lost = dropped.reduce((sum, count) => sum + count, 0);
    expect(lost).toBeGreaterThan(0);
    expect(reasons).toHaveLength(12_000 - lost);
    expect(reasons[0]).toBe(String(lost));
    expect(reasons.at(-1)).toBe('11999');
    expect(reasons.length).toBeLessThanOrEqual(10_000);
  });

  test('gives what a listener causes in a later turn', async () => {
    let told = 0;
    const { queue } = queueOf(() => {
      told += 1;
      if (told < 1_000) queue.push(DELIVERED);
    });
    queue.push(DELIVERED);
    await turn();
    expect(told).toBe(1);
    await turn();
    expect(told).toBe(2);
  });
});
