import { type Exception, type Span, SpanStatusCode } from '@opentelemetry/api';
import { attempt } from '../lib/attempt';
import { jsonValue } from './attribute-values';

/** Records whatever was thrown on a span that is still open, and sets its status. Never throws. */
export function recordFailure(span: Span, thrown: unknown): void {
  if (attempt(() => span.isRecording()) !== true) return;
  const exception = attempt(() => exceptionOf(thrown)) ?? UNREADABLE;
  attempt(() => span.recordException(exception));
  attempt(() =>
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: attempt(() => messageOf(exception)) ?? UNREADABLE,
    }),
  );
}

const UNREADABLE = 'an error that cannot be read';

const messageOf = (exception: Exception): string | undefined =>
  typeof exception === 'string' ? exception : exception.message || exception.name;

function exceptionOf(thrown: unknown): Exception {
  if (thrown instanceof Error) return thrown;
  if (typeof thrown === 'string') return thrown === '' ? 'an empty text was thrown' : thrown;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    // An error of another realm (a vm context, a test runner), or something that passes for one.
    const { message } = thrown;
    const name = 'name' in thrown ? thrown.name : undefined;
    const stack = 'stack' in thrown ? thrown.stack : undefined;
    return {
      name: typeof name === 'string' ? name : 'Error',
      message: typeof message === 'string' ? message : (jsonValue(message) ?? ''),
      ...(typeof stack === 'string' ? { stack } : {}),
    };
  }
  return { name: typeof thrown, message: jsonValue(thrown) ?? String(thrown) };
}
