import { ProxyTracerProvider } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import type { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { attach } from '../../src/register/attach.js';
import { RegisteredProcessor } from '../../src/register/registered-processor.js';

/** One that counts the spans that end in it. */
function counting() {
  let ended = 0;
  const processor = new RegisteredProcessor(() => undefined);
  processor.onEnd = () => {
    ended += 1;
  };
  return { processor, ended: () => ended };
}

const another = {
  onStart() {},
  onEnd() {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

describe('attach', () => {
  test('reaches tracers that were made before', () => {
    const provider = new TracerProvider();
    const tracer = provider.getTracer('bot');
    const { processor, ended } = counting();
    expect(attach(provider, processor)).toEqual({ kind: 'attached' });
    tracer.startSpan('decision').end();
    expect(ended()).toBe(1);
  });

  test('stands before a processor that throws', () => {
    const throwing = {
      ...another,
      onEnd() {
        throw new Error('a bug of another vendor');
      },
    };
    const provider = new TracerProvider({ spanProcessors: [throwing] });
    const { processor, ended } = counting();
    attach(provider, processor);
    expect(() => provider.getTracer('bot').startSpan('decision').end()).toThrow('another vendor');
    expect(ended()).toBe(1);
  });

  test("takes a list that cannot be changed, and leaves the bot's own as it was", () => {
    const list = Object.freeze([another]);
    const provider = new TracerProvider({ spanProcessors: [...list] });
    const theirs = { _activeSpanProcessor: { _spanProcessors: list } };
    expect(attach(provider, counting().processor).kind).toBe('attached');
    expect(attach(theirs, counting().processor).kind).toBe('attached');
    expect(list).toEqual([another]);
  });

  test('sees through proxies', () => {
    const provider = new TracerProvider();
    const proxy = new ProxyTracerProvider();
    proxy.setDelegate(provider);
    const { processor, ended } = counting();
    attach({ getDelegate: () => proxy }, processor);
    provider.getTracer('bot').startSpan('decision').end();
    expect(ended()).toBe(1);
  });

  test('attaches once', () => {
    const provider = new TracerProvider();
    const { processor } = counting();
    attach(provider, processor);
    expect(attach(provider, processor)).toEqual({ kind: 'present' });
    expect(attach(provider, counting().processor)).toEqual({ kind: 'present' });
  });

  test("leaves a provider alone that has a WeexSpanProcessor from the bot's code, of whatever copy", () => {
    const theirs: Pick<WeexSpanProcessor, 'onStart'> = new (class WeexSpanProcessor {
      onStart(): void {}
    })();
    const provider = { _activeSpanProcessor: { _spanProcessors: [theirs] } };
    expect(attach(provider, counting().processor)).toEqual({ kind: 'present' });
  });

  test('uses the method that SDK 1.x has for it', () => {
    const added: unknown[] = [];
    const provider = {
      _registeredSpanProcessors: added,
      addSpanProcessor: (processor: unknown) => added.push(processor),
    };
    const { processor } = counting();
    expect(attach(provider, processor).kind).toBe('attached');
    expect(attach(provider, processor).kind).toBe('present');
    expect(added).toEqual([processor]);
  });

  test.each([
    ['no processors at all', {}],
    ['one processor and no list', { _activeSpanProcessor: another }],
    ['a list that is none', { _activeSpanProcessor: { _spanProcessors: new Set() } }],
    ['a frozen owner of the list', { _activeSpanProcessor: Object.freeze({ _spanProcessors: [] }) }],
    [
      'a method that throws',
      {
        addSpanProcessor() {
          throw new Error('not here');
        },
      },
    ],
    [
      'getters that throw',
      {
        get _activeSpanProcessor() {
          throw new Error('private');
        },
      },
    ],
  ])('says that it cannot, and does not throw, for a provider with %s', (_what, provider) => {
    expect(attach(provider, counting().processor)).toEqual({ kind: 'impossible', providerName: 'Object' });
  });
});
