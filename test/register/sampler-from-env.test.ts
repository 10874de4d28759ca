import { describe, expect, test } from 'vitest';
import { findBotPackage } from '../../src/host/bot-packages.js';
import { samplerFromEnv } from '../../src/register/sampler-from-env.js';

const sdkNode = findBotPackage(import.meta.filename, import.meta.dirname, '@opentelemetry/sdk-node');
if (sdkNode === undefined) throw new Error('the tests need @opentelemetry/sdk-node');

function built(env: Readonly<Record<string, string>>) {
  const warnings: string[] = [];
  const sampler = samplerFromEnv(sdkNode ?? never(), env, (text) => warnings.push(text));
  return { sampler: sampler?.toString().split(', remoteParentSampled')[0], warnings };
}

const never = (): never => {
  throw new Error('checked above');
};

describe('the sampler by OTEL_TRACES_SAMPLER', () => {
  test.each([
    [undefined, undefined, 'ParentBased{root=AlwaysOnSampler'],
    ['', '', 'ParentBased{root=AlwaysOnSampler'],
    ['always_on', undefined, 'AlwaysOnSampler'],
    ['always_off', undefined, 'AlwaysOffSampler'],
    ['parentbased_always_on', undefined, 'ParentBased{root=AlwaysOnSampler'],
    ['parentbased_always_off', undefined, 'ParentBased{root=AlwaysOffSampler'],
    ['traceidratio', '0.25', 'TraceIdRatioBased{0.25}'],
    ['traceidratio', '0', 'TraceIdRatioBased{0}'],
    ['parentbased_traceidratio', '0.25', 'ParentBased{root=TraceIdRatioBased{0.25}'],
  ])('%s with %s is the one that the SDK builds', (name, arg, expected) => {
    const env = {
      ...(name === undefined ? {} : { OTEL_TRACES_SAMPLER: name }),
      ...(arg === undefined ? {} : { OTEL_TRACES_SAMPLER_ARG: arg }),
    };
    expect(built(env)).toEqual({ sampler: expected, warnings: [] });
  });

  test.each([
    [undefined, 'got nothing'],
    ['20%', 'got "20%"'],
    ['1.5', 'got "1.5"'],
    ['-0.1', 'got "-0.1"'],
  ])('samples all by a ratio of %s, and says so', (arg, says) => {
    const env = {
      OTEL_TRACES_SAMPLER: 'traceidratio',
      ...(arg === undefined ? {} : { OTEL_TRACES_SAMPLER_ARG: arg }),
    };
    expect(built(env)).toEqual({
      sampler: 'TraceIdRatioBased{1}',
      warnings: [expect.stringContaining(`OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, ${says}`)],
    });
  });

  test('is the default for a name that the SDK does not know', () => {
    expect(built({ OTEL_TRACES_SAMPLER: 'jaeger_remote' })).toEqual({
      sampler: 'ParentBased{root=AlwaysOnSampler',
      warnings: [expect.stringContaining('OTEL_TRACES_SAMPLER: "jaeger_remote" is not known')],
    });
  });

  test('is none when the SDK has no classes to build it of', () => {
    const bare = { ...(sdkNode ?? never()), load: () => ({}), find: () => undefined };
    expect(samplerFromEnv(bare, {}, () => {})).toBeUndefined();
  });
});
