import { type Context, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * The key that every SDK line (1.x, 2.x, 3.x) and every instrumentation reads. `createContextKey` is
 * `Symbol.for`, so declaring it here is the same key and needs no SDK package.
 */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Runs `work` so that no instrumentation makes a span of it or adds a `traceparent` header.
 *
 * A context is captured where a timer or an async function is created, so the call has to surround the very
 * work: a loop that was started outside stays traced even when it is fed from inside.
 */
export function withoutTracing<T>(work: () => T): T {
  return context.with(suppressed(context.active()), work);
}

const SUPPRESSED_ROOT = ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);

/** Most of our work begins in the root context or inside other work of ours; a new context copies a map. */
function suppressed(active: Context): Context {
  if (active === ROOT_CONTEXT) return SUPPRESSED_ROOT;
  return isTracingSuppressed(active) ? active : active.setValue(SUPPRESS_TRACING, true);
}

/** Spans started in this context are not recorded, because some exporter asked for it. */
export const isTracingSuppressed = (of: Context): boolean => of.getValue(SUPPRESS_TRACING) === true;
