import { logs } from '@opentelemetry/api-logs';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { afterEach, describe, expect, test } from 'vitest';
import { findBotPackage } from '../../src/host/bot-packages.js';
import { registeredLoggerProvider } from '../../src/host/logger-provider.js';
import { attachToLogs } from '../../src/register/attach-logs.js';
import { awaitLogRecords, takeLogRecords } from '../../src/register/log-records.js';
import { RegisteredLogProcessor } from '../../src/register/registered-log-processor.js';
import { FakeClock } from '../helpers/fake-clock.js';

/** One that keeps the bodies of the records that reach it. */
function taking() {
  const bodies: unknown[] = [];
  let opened = 0;
  const processor = new RegisteredLogProcessor(() => {
    opened += 1;
    return {
      onEmit: (record) => void bodies.push(Reflect.get(record, 'body')),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
  });
  return { processor, bodies, opened: () => opened };
}

/** Our processor must be one of the SDK's. */
export const accepted = (processor: RegisteredLogProcessor): LogRecordProcessor => processor;

const sdkNode = findBotPackage(import.meta.filename, process.cwd(), '@opentelemetry/sdk-node');
if (sdkNode === undefined) throw new Error('expected the SDK among the development dependencies');

afterEach(() => logs.disable());

describe('log records', () => {
  test("reach us and the bot's own exporter, from loggers made before too", () => {
    const exporter = new InMemoryLogRecordExporter();
    const list = [new SimpleLogRecordProcessor({ exporter })];
    const provider = new LoggerProvider({ processors: list });
    const logger = provider.getLogger('openai');
    const { processor, bodies } = taking();
    expect(attachToLogs(provider, processor)).toBe(true);
    expect(attachToLogs(provider, processor)).toBe(true);
    logger.emit({ body: 'prompt' });
    expect(bodies).toEqual(['prompt']);
    expect(exporter.getFinishedLogRecords()).toHaveLength(1);
    expect(list).toHaveLength(1);
  });

  test('reach us from a provider that has no processor', () => {
    const provider = new LoggerProvider();
    const { processor, bodies } = taking();
    expect(attachToLogs(provider, processor)).toBe(true);
    provider.getLogger('openai').emit({ body: 'prompt' });
    expect(bodies).toEqual(['prompt']);
  });

  test('reach us where the SDK has set up no logs, from loggers that were asked for before', () => {
    const early = logs.getLogger('openai');
    const { processor, bodies, opened } = taking();
    expect(takeLogRecords(processor, sdkNode)).toBe(true);
    expect(opened()).toBe(0);
    early.emit({ body: 'prompt' });
    expect(bodies).toEqual(['prompt']);
  });

  test('reach us from the provider that is registered, and no other is set up', () => {
    const provider = new LoggerProvider();
    logs.setGlobalLoggerProvider(provider);
    const { processor, bodies } = taking();
    expect(takeLogRecords(processor, sdkNode)).toBe(true);
    expect(registeredLoggerProvider()).toBe(provider);
    logs.getLogger('openai').emit({ body: 'prompt' });
    expect(bodies).toEqual(['prompt']);
  });

  test('reach us from a provider that is registered later', async () => {
    const clock = new FakeClock();
    const { processor, bodies } = taking();
    awaitLogRecords(processor, clock);
    await clock.advance(50);
    logs.setGlobalLoggerProvider(new LoggerProvider());
    await clock.advance(100);
    logs.getLogger('openai').emit({ body: 'prompt' });
    expect(bodies).toEqual(['prompt']);
  });

  test.each([
    ['no parts at all', {}],
    ['a frozen state', { _sharedState: Object.freeze({ activeProcessor: {} }) }],
    [
      'getters that throw',
      {
        get _sharedState() {
          throw new Error('private');
        },
      },
    ],
  ])('cannot be had from a provider with %s, and nothing is thrown', (_what, provider) => {
    expect(attachToLogs(provider, taking().processor)).toBe(false);
  });

  test('with a name of their own are wanted only from AI libraries', () => {
    const { processor } = taking();
    expect(processor.enabled({ eventName: 'session.start' })).toBe(false);
    expect(processor.enabled({})).toBe(true);
    expect(processor.enabled({ eventName: 'gen_ai.user.message' })).toBe(true);
  });
});
