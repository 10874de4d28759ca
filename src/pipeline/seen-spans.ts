import type { EntryOrigin } from '../entry/entry-draft';
import { Recent } from '../lib/recent';

/** Remembers which spans were taken, so that a processor and an exporter side by side log a span once. */
export interface SeenSpans {
  /** True the first time a span is offered, false ever after. */
  first(origin: EntryOrigin | undefined): boolean;
}

/** At least 8,192 stage spans: four times what a BatchSpanProcessor holds back by default. */
export function createSeenSpans(capacity = 8_192): SeenSpans {
  const traceBySpan = new Recent<string>(capacity);
  return {
    first(origin) {
      // A span without ids cannot be told from another one; rather twice than never.
      if (origin === undefined) return true;
      if (traceBySpan.get(origin.spanId) === origin.traceId) return false;
      traceBySpan.set(origin.spanId, origin.traceId);
      return true;
    },
  };
}
