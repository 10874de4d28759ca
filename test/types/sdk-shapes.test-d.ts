/**
 * Compiled, never run: our structural types against those of the installed SDK.
 */
import type { Span } from '@opentelemetry/api';
import type { ReadableSpan, Sampler, SpanProcessor, TracerConfig } from '@opentelemetry/sdk-trace-base';
import type { EntryDraft } from '../../src/entry/entry-draft.js';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import { AiStageSampler } from '../../src/otel/ai-stage-sampler.js';
import { startActiveStage, startStage } from '../../src/stages/start-stage.js';
import { createSpanMapper } from '../helpers/span-mapper.js';

export const readsTheSpansOfTheSdk = (span: ReadableSpan): FinishedSpan => span;

export const wrapsTheSamplersOfTheSdk = (sampler: Sampler): Sampler => new AiStageSampler(sampler);

export const isTakenByTheSdk = (sampler: Sampler): TracerConfig => ({
  sampler: new AiStageSampler(new AiStageSampler(sampler), { record: 'stages' }),
});

export const isCalledByAProcessor = (drafts: EntryDraft[]): SpanProcessor => {
  const mapSpan = createSpanMapper({ vocabularies: 'all', include: [], exclude: [] });
  return {
    onStart: () => {},
    onEnd: (span) => {
      const reading = mapSpan(span);
      if (reading.kind === 'entries') drafts.push(...reading.drafts);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
};

export const isASpan = (): Span => startStage('Decision Making', { model: 'm', orderId: [1n, '2', 3] });

export const chains = (): Span =>
  startStage('any text', { model: 'm' })
    .setModel('m')
    .setAttribute('a', 1)
    .setOutput({})
    .addEvent('e')
    .setOrderId(1n);

export const returnsWhatItsFunctionReturns = (): number => startActiveStage('x', { model: 'm' }, () => 5);

class OwnPromise<T> extends Promise<T> {
  readonly own = true;
}

export const returnsTheSamePromiseType = (): OwnPromise<string> =>
  startActiveStage('x', { model: 'm' }, () => new OwnPromise<string>((resolve) => resolve('a')));

// @ts-expect-error a stage without a model cannot become a log
export const needsAModel = (): Span => startStage('x', {});

// @ts-expect-error only two ways to record
export const knowsItsOptions = (sampler: Sampler): Sampler => new AiStageSampler(sampler, { record: 'some' });
