import { trace } from '@opentelemetry/api';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test } from 'vitest';
import type { SelfCheck } from '../../src/host/self-check.js';
import { checkInCode } from '../../src/otel/check-in-code.js';
import { FakeClock } from '../helpers/fake-clock.js';

const processor = () => ({
  onStart() {},
  onEnd() {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
});

afterEach(() => trace.disable());

/** A processor that a bot has made, and what is found about it. */
function made(isUsed = false) {
  const clock = new FakeClock();
  const ours = processor();
  const found: SelfCheck[] = [];
  checkInCode({ processor: ours, isUsed: () => isUsed, clock, found: (check) => found.push(check) });
  return { clock, ours, found };
}

test('finds what the sampler drops as soon as the provider is set up, once', async () => {
  const { clock, ours, found } = made();
  trace.setGlobalTracerProvider(
    new TracerProvider({ sampler: new AlwaysOffSampler(), spanProcessors: [ours] }),
  );
  expect(found).toEqual([]);
  await clock.advance(0);
  await clock.advance(60_000);
  expect(found).toMatchObject([{ provider: 'in code', sampler: 'AlwaysOffSampler', dropsStages: true }]);
});

test('waits for a provider that is set up late', async () => {
  const { clock, ours, found } = made();
  await clock.advance(900);
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [ours] }));
  await clock.advance(100);
  expect(found).toMatchObject([{ dropsStages: false, problems: [] }]);
});

test('tells of a race that was lost for the global provider, after ten seconds without a span', async () => {
  const { clock, ours, found } = made();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor()] }));
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [ours] }));
  await clock.advance(9_999);
  expect(found).toEqual([]);
  await clock.advance(1);
  expect(found).toMatchObject([
    { lostGlobalProvider: true, problems: [expect.stringContaining('another one was registered first')] },
  ]);
});

test('accuses nobody of a lost race when spans come: by a provider of their own, or a processor around ours', async () => {
  const { clock, found } = made(true);
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor()] }));
  await clock.advance(10_000);
  expect(found).toMatchObject([{ provider: 'in code', problems: [] }]);
});

test('tells that no provider was registered', async () => {
  const { clock, found } = made();
  await clock.advance(10_000);
  expect(found).toMatchObject([{ problems: [expect.stringContaining('no tracer provider was registered')] }]);
});

test('says nothing of a provider that shows no list of processors', async () => {
  const { clock, found } = made();
  trace.setGlobalTracerProvider({ getTracer: () => trace.getTracer('vendor') });
  await clock.advance(10_000);
  expect(found).toMatchObject([{ problems: [] }]);
});
