import type { FinishedSpan } from './finished-span';

/** `SpanStatusCode.ERROR`. */
const STATUS_ERROR = 2;

export const hasFailed = (span: FinishedSpan): boolean => span.status.code === STATUS_ERROR;

/** What a failed stage is logged with in place of the output that it never gave. */
export function failedOutput(span: FinishedSpan): string {
  const exception = span.events.findLast((event) => event.name === 'exception')?.attributes;
  return JSON.stringify({
    error:
      textOf(span.status.message) ??
      textOf(exception?.['exception.message']) ??
      'The stage failed; its span does not say why.',
    type: textOf(exception?.['exception.type']),
  });
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
