import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { AiLogStage } from '../entry/stage';
import { attempt } from '../lib/attempt';
import { followPromise, isPromiseLike } from './follow-promise';
import { tellIfNoProvider } from './missing-provider';
import { recordFailure } from './record-failure';
import { type StageDetails, stageAttributes } from './stage-details';
import { stageLog } from './stage-log';
import { type StageSpan, toStageSpan } from './stage-span';

/** One of the five known stages, or any other text: WEEX takes both. */
export type StageName = AiLogStage | (string & {});

const SCOPE_NAME = 'opentelemetry-exporter-weex';

/**
 * Starts the span of a stage, as a child of the active span. The caller ends it: when a stream has been consumed
 * or was aborted, say, which `startActiveStage` cannot know.
 *
 * The span is not made active; `context.with(trace.setSpan(context.active(), span), work)` does that. Never
 * throws: if no span can be started, the one returned records nothing.
 *
 * @example
 * const stage = startStage('Decision Making', { model: 'gpt-5', input: messages });
 * try {
 *   let answer = '';
 *   for await (const chunk of stream) answer += chunk;
 *   stage.setOutput(answer);
 * } catch (error) {
 *   stage.recordException(error);
 *   stage.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
 *   throw error;
 * } finally {
 *   stage.end();
 * }
 */
export function startStage(stage: StageName, details: StageDetails): StageSpan {
  const name = attempt(() => String(stage)) ?? '';
  const parent = context.active();
  return toStageSpan(startSpan(name, details, parent));
}

/**
 * Runs `fn` in a stage's span and returns what `fn` returns. The span is active in `fn`, so spans started there,
 * by AI libraries too, lie below it.
 *
 * The span ends when `fn` returns or, when that is a promise or another thenable, when it settles; unless `fn` has
 * ended it before. An error is recorded on the span, sets its status, and is thrown again as it is. For a stream
 * that `fn` only hands out, use `startStage`.
 *
 * @example
 * const decision = await startActiveStage('Decision Making', { model: 'gpt-5', input }, async (stage) => {
 *   const answer = await decide(input);
 *   stage.setOutput(answer).setExplanation(answer.reasoning);
 *   return answer;
 * });
 */
export function startActiveStage<T>(stage: StageName, details: StageDetails, fn: (span: StageSpan) => T): T;
export function startActiveStage(
  stage: StageName,
  details: StageDetails,
  fn: (span: StageSpan) => unknown,
): unknown {
  const span = startStage(stage, details);
  const wasRecording = attempt(() => span.isRecording()) ?? false;
  const end = (): void => {
    try {
      // A span that was never recorded cannot tell whether it has ended, and bears a second end.
      if (!wasRecording || span.isRecording()) span.end();
    } catch (error) {
      stageLog.error(
        'end-failed',
        `a span processor threw when a stage ended, which it must not: ${reasonOf(error)}`,
      );
    }
  };
  const fail = (error: unknown): void => {
    recordFailure(span, error);
    end();
  };
  return context.with(trace.setSpan(context.active(), span), () => {
    let result: unknown;
    try {
      result = fn(span);
      const promise = attempt(() => (isPromiseLike(result) ? result : undefined));
      if (promise !== undefined) return followPromise(promise, end, fail);
    } catch (error) {
      fail(error);
      throw error;
    }
    end();
    return result;
  });
}

function startSpan(name: string, details: StageDetails, parent: Context): Span {
  try {
    const attributes = stageAttributes(name, details);
    const span = tracerOf(details).startSpan(name, { attributes }, parent);
    tellIfNoProvider(name, span, parent);
    return span;
  } catch (error) {
    stageLog.error(
      'start-failed',
      `a stage runs without a span and is not logged, because a sampler or span processor threw when it started: ` +
        reasonOf(error),
    );
    return trace.wrapSpanContext(trace.getSpanContext(parent) ?? INVALID_SPAN_CONTEXT);
  }
}

function tracerOf(details: StageDetails): Tracer {
  const given = attempt(() => details.tracer);
  return typeof given?.startSpan === 'function' ? given : trace.getTracer(SCOPE_NAME);
}

const reasonOf = (error: unknown): string =>
  attempt(() => (error instanceof Error ? error.message : String(error))) ?? 'something that cannot be read';
