import { SamplingDecision } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { blindApis } from '../../src/host/installed-apis.js';
import { dropsStages, samplerName } from '../../src/host/sampler-probe.js';
import { checkProvider } from '../../src/host/self-check.js';
import { AiStageSampler } from '../../src/otel/ai-stage-sampler.js';

const ratio = (share: number) => new TraceIdRatioBasedSampler(share);

describe('whether a sampler drops AI stages', () => {
  test.each([
    { sampler: new AlwaysOnSampler(), drops: false },
    { sampler: new AlwaysOffSampler(), drops: true },
    { sampler: ratio(1), drops: false },
    { sampler: ratio(0.999_999), drops: true },
    { sampler: new ParentBasedSampler({ root: ratio(0.1) }), drops: true },
    { sampler: new AiStageSampler(ratio(0.1)), drops: false },
    { sampler: new AiStageSampler(new AlwaysOffSampler(), { record: 'stages' }), drops: false },
  ])('$sampler: $drops', ({ sampler, drops }) => {
    expect(dropsStages(sampler)).toBe(drops);
  });

  test('is found for one that keeps a share by the randomness of the specification', () => {
    // The last 56 bits are the randomness; the higher ones are kept.
    const shouldSample = (_: unknown, traceId: string) => ({
      decision:
        BigInt(`0x${traceId.slice(-14)}`) >= 2n ** 54n
          ? SamplingDecision.RECORD_AND_SAMPLED
          : SamplingDecision.NOT_RECORD,
    });
    expect(dropsStages({ shouldSample })).toBe(true);
  });

  test.each([
    ['is none', {}],
    ['answers nothing', { shouldSample: () => undefined }],
    [
      'throws',
      {
        shouldSample() {
          throw new Error('a bug of another vendor');
        },
      },
    ],
  ])('is not known of one that %s, and nothing is thrown', (_what, sampler) => {
    expect(dropsStages(sampler)).toBeUndefined();
  });

  test('is told with the name that the sampler gives itself, else with that of its class', () => {
    class HouseSampler {}
    expect(samplerName(ratio(0.1))).toBe('TraceIdRatioBased{0.1}');
    expect(samplerName(new HouseSampler())).toBe('HouseSampler');
  });
});

describe('the check of a tracer provider', () => {
  test('makes no span and finds no fault with the default set-up', () => {
    let started = 0;
    const counting = {
      onStart() {
        started += 1;
      },
      onEnd() {},
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    const provider = new TracerProvider({ spanProcessors: [counting] });
    expect(checkProvider('in code', provider)).toMatchObject({
      provider: 'in code',
      dropsStages: false,
      attributeCountLimit: 128,
      problems: [],
    });
    expect(started).toBe(0);
  });

  test('names the sampler that drops stages, and AiStageSampler', () => {
    const { dropsStages: drops, problems } = checkProvider(
      'attached',
      new TracerProvider({ sampler: ratio(0.5) }),
    );
    expect(drops).toBe(true);
    expect(problems).toEqual([
      expect.stringMatching(/TraceIdRatioBased\{0\.5\} drops AI stages.*AiStageSampler/),
    ]);
  });

  test('names limits that cut decisions', () => {
    const spanLimits = { attributeCountLimit: 8, attributeValueLengthLimit: 4_096 };
    expect(checkProvider('in code', new TracerProvider({ spanLimits }))).toMatchObject({
      ...spanLimits,
      problems: [
        expect.stringContaining('OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'),
        expect.stringContaining('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT'),
      ],
    });
  });

  test.each([
    ['SDK 1.30 and 2.0', { _config: { sampler: ratio(0.5), spanLimits: { attributeCountLimit: 128 } } }],
    [
      'one that shows its parts in tracers only',
      { getTracer: () => ({ _sampler: ratio(0.5), _spanLimits: { attributeCountLimit: 128 } }) },
    ],
  ])('reads a provider as of %s', (_what, provider) => {
    expect(checkProvider('attached', provider)).toMatchObject({
      dropsStages: true,
      attributeCountLimit: 128,
    });
  });

  test('has nothing to say of a provider that shows nothing, even by throwing', () => {
    const vendor = {
      getTracer() {
        throw new Error('not yet');
      },
    };
    expect(checkProvider('attached', vendor)).toEqual({ provider: 'attached', problems: [] });
  });
});

describe('copies of the API', () => {
  const copies = ['1.9.0', '1.9.1', '1.10.0'].map((version) => ({ version, path: `/api/${version}` }));

  test.each([
    { registered: '1.9.0', blind: ['1.9.1', '1.10.0'] },
    { registered: '1.9.1', blind: ['1.10.0'] },
    { registered: '1.10.0', blind: [] },
  ])('are blind to what an older one has registered: $registered', ({ registered, blind }) => {
    expect(blindApis(copies, registered).map(({ version }) => version)).toEqual(blind);
  });
});
