import type { EntryOrigin } from '../entry/entry-draft';

/** Remembers which spans were taken, so that a processor and an exporter side by side log a span once. */
export interface SeenSpans {
  /** True the first time a span is offered, false ever after. */
  first(span: object, origin: EntryOrigin | undefined): boolean;
}

/**
 * The same span object reaches every processor, however late, and costs no memory to remember. The id covers
 * wrappers that hand on a copy; 16,384 ids are eight times what a BatchSpanProcessor holds by default.
 */
export function createSeenSpans(capacity = 16_384): SeenSpans {
  const objects = new WeakSet<object>();
  const ids = new Set<string>();
  return {
    first(span, origin) {
      if (objects.has(span)) return false;
      objects.add(span);
      if (origin === undefined) return true;
      const id = origin.traceId + origin.spanId;
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > capacity) {
        for (const oldest of ids) {
          ids.delete(oldest);
          break;
        }
      }
      return true;
    },
  };
}
