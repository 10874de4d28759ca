import type { MeterProvider } from '@opentelemetry/api';
import type { Acceptance } from '../delivery/delivery';
import type { Rejection, WeexReceipt } from '../journal/journal';
import type { Clock, Timer } from '../lib/clock';
import { type Instruments, type MetricsSource, makeInstruments } from './instruments';

/**
 * This exporter's own metrics: the semantic conventions' `otel.sdk.exporter.*` and ours under
 * `weex.ai_log.*`.
 */
export interface Metrics {
  accepted(receipt: WeexReceipt, acceptance: Acceptance): void;
  rejected(rejection: Rejection, durationMillis: number): void;
  /** Connects the observable instruments, once their source exists. */
  observe(source: MetricsSource): void;
  /** The next collection is the last one that tells of this account: a bot shuts its meters down after us. */
  close(): void;
}

const COMPONENT_TYPE = 'weex_ai_log_span_exporter';
const FIRST_LOOK_MILLIS = 1_000;
const LONGEST_LOOK_MILLIS = 60_000;
let components = 0;

/**
 * The metrics API hands out no proxies: an instrument made before the bot has set its meter provider stays
 * deaf for ever. So the provider is asked for at each use, and now and then without one (an account that is
 * paused from the start has none), and the instruments are made anew when it changes.
 *
 * @param currentProvider the meter provider to use now
 * @param server where the logs go, for `server.address` and `server.port`
 */
export function createMetrics(
  currentProvider: () => MeterProvider,
  server: { readonly address: string; readonly port: number },
  clock: Pick<Clock, 'schedule'>,
): Metrics {
  const attributes = {
    'otel.component.type': COMPONENT_TYPE,
    'otel.component.name': `${COMPONENT_TYPE}/${components++}`,
    'server.address': server.address,
    'server.port': server.port,
  };
  let instruments: Instruments | undefined;
  let source: MetricsSource | undefined;
  let stopObserving: ((afterLast: boolean) => void) | undefined;
  let timer: Timer | undefined;
  let isClosed = false;

  const current = (): Instruments => {
    const provider = currentProvider();
    if (instruments?.provider === provider) return instruments;
    stopObserving?.(false);
    instruments = makeInstruments(provider, attributes);
    stopObserving = source === undefined ? undefined : instruments.observe(source);
    return instruments;
  };

  const lookIn = (delayMillis: number): void => {
    timer = clock.schedule(delayMillis, () => {
      current();
      if (!isClosed) lookIn(Math.min(delayMillis * 2, LONGEST_LOOK_MILLIS));
    });
  };

  return {
    accepted: (receipt, acceptance) => current().accepted(receipt, acceptance),
    rejected: (rejection, durationMillis) => current().rejected(rejection, durationMillis),
    observe(given) {
      source = given;
      instruments = undefined;
      current();
      if (timer === undefined) lookIn(FIRST_LOOK_MILLIS);
    },
    close() {
      isClosed = true;
      timer?.cancel();
      stopObserving?.(true);
    },
  };
}
