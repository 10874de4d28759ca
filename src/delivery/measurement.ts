import type { Clock } from '../lib/clock';
import { offsetOf, readServerTime, type ServerClock } from './clock-offset';
import type { Exchange } from './transport';

export interface MeasurementParts {
  readonly clock: Clock;
  readonly serverClock: ServerClock;
}

/**
 * Corrects the server's clock by an answer of the time endpoint, or else by what the refusal itself said.
 * Returns why it could not.
 *
 * @param sentMillis on the clock that never jumps
 */
export function applyTimeAnswer(
  { clock, serverClock }: MeasurementParts,
  exchange: Exchange,
  sentMillis: number,
  fallbackOffsetMillis: number | undefined,
): string | undefined {
  const serverMillis = exchange.kind === 'answer' ? readServerTime(exchange.body) : undefined;
  if (serverMillis !== undefined) {
    const receivedMillis = clock.monotonicMillis();
    const wallMillis = clock.wallMillis();
    serverClock.correct(offsetOf({ serverMillis, sentMillis, receivedMillis, wallMillis }));
    return undefined;
  }
  if (fallbackOffsetMillis !== undefined) {
    serverClock.correct(fallbackOffsetMillis);
    return undefined;
  }
  switch (exchange.kind) {
    case 'throttled':
      return 'too many new connections in the last minute';
    case 'failure':
      return exchange.reason;
    case 'answer':
      return `HTTP ${exchange.status} without a time`;
  }
}
