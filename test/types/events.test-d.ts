/**
 * Compiled, never run: what a bot may do with the events it is told of.
 */
import type { WeexEvent, WeexOptions } from 'opentelemetry-exporter-weex';

/** Without a `default`: a new kind of event breaks the build of a bot that wants to know all. */
export function sentenceFor(event: WeexEvent): string {
  switch (event.type) {
    case 'delivered':
      return `${event.receipt.entryId} for order ${event.receipt.orderId ?? 'none'}`;
    case 'rejected':
      return `${event.entryId}: ${event.weexCode ?? event.httpStatus ?? ''} ${event.reason}`;
    case 'invalid':
      return `${event.entryId}: ${event.reason}`;
    case 'skipped':
    case 'lost':
      return `${event.entryId ?? 'no entry'}: ${event.reason}`;
    case 'paused':
      return `${new Date(event.since).toISOString()} ${event.reason}, ${event.pending} wait`;
    case 'resumed':
      return `${event.pausedMillis} ms, ${event.pending} wait`;
    case 'down':
      return `${event.kind}: ${event.reason}, ${event.pending} wait`;
    case 'recovered':
      return `${event.downMillis} ms, ${event.pending} wait`;
    case 'degraded':
      return event.reason;
    case 'restored':
      return 'the disk works again';
  }
}

export const takesPlainAndAsyncFunctions: readonly WeexOptions[] = [
  { onEvent: () => {} },
  { onEvent: (event) => console.log(event.type) },
  { onEvent: async ({ type }) => void (await Promise.resolve(type)) },
];

// @ts-expect-error only a rejected entry has WEEX's code
export const hasItsOwnFields = (event: WeexEvent) => event.weexCode;

export const isReadOnly = (event: WeexEvent): void => {
  // @ts-expect-error an event is shared by all listeners
  event.type = 'lost';
};

export const tellsKindsApart = (event: Extract<WeexEvent, { type: 'down' }>): boolean =>
  // @ts-expect-error no such kind
  event.kind === 'clock';
