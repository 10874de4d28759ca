import type { Attributes, Meter, MeterProvider, Observable, ObservableResult } from '@opentelemetry/api';
import type { WeexReceipt } from '../journal/journal';
import { VERSION } from '../lib/version';
import type { Tally } from './tally';

/** What the observable instruments read when somebody collects. */
export interface MetricsSource {
  readonly tally: Tally;
  state(): { pending: number; waiting: number; oldestPendingMillis: number; paused: boolean };
}

/**
 * This exporter's own metrics: the semantic conventions' `otel.sdk.exporter.*` and ours under
 * `weex.ai_log.*`.
 */
export interface Metrics {
  /** `endedMillis`: the decision's time, from which the minute is counted. */
  accepted(receipt: WeexReceipt, durationMillis: number, endedMillis: number): void;
  rejected(): void;
  /** Connects the observable instruments, once their source exists. */
  observe(source: MetricsSource): void;
  close(): void;
}

const COMPONENT_TYPE = 'weex_ai_log_span_exporter';
let components = 0;

interface Instruments {
  readonly provider: MeterProvider;
  accepted(receipt: WeexReceipt, durationMillis: number, endedMillis: number): void;
  rejected(): void;
  observe(source: MetricsSource): () => void;
}

/**
 * The metrics API hands out no proxies: an instrument made before the bot has set its meter provider stays
 * deaf for ever. So the provider is asked for at each use and the instruments are made anew when it changes.
 *
 * @param currentProvider the meter provider to use now
 * @param server where the logs go, for `server.address` and `server.port`
 */
export function createMetrics(
  currentProvider: () => MeterProvider,
  server: { readonly address: string; readonly port: number },
): Metrics {
  const attributes: Attributes = {
    'otel.component.type': COMPONENT_TYPE,
    'otel.component.name': `${COMPONENT_TYPE}/${components++}`,
    'server.address': server.address,
    'server.port': server.port,
  };
  let instruments: Instruments | undefined;
  let source: MetricsSource | undefined;
  let stopObserving: (() => void) | undefined;

  const current = (): Instruments => {
    const provider = currentProvider();
    if (instruments?.provider === provider) return instruments;
    stopObserving?.();
    instruments = makeInstruments(provider, attributes);
    stopObserving = source === undefined ? undefined : instruments.observe(source);
    return instruments;
  };

  return {
    accepted: (receipt, durationMillis, endedMillis) =>
      current().accepted(receipt, durationMillis, endedMillis),
    rejected: () => current().rejected(),
    observe(given) {
      source = given;
      stopObserving?.();
      stopObserving = current().observe(given);
    },
    close: () => stopObserving?.(),
  };
}

function makeInstruments(provider: MeterProvider, attributes: Attributes): Instruments {
  const meter = provider.getMeter('opentelemetry-exporter-weex', VERSION);
  const exported = meter.createCounter('otel.sdk.exporter.span.exported', {
    unit: '{span}',
    description: 'AI logs settled; error.type tells those that WEEX did not accept',
  });
  const duration = meter.createHistogram('otel.sdk.exporter.operation.duration', {
    unit: 's',
    description: 'From the first attempt to the receipt, retries included',
    advice: { explicitBucketBoundaries: [] },
  });
  const timeToReceipt = meter.createHistogram('weex.ai_log.time_to_receipt', {
    unit: 's',
    description: "From the span's end to WEEX's receipt",
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 300, 3_600] },
  });
  return {
    provider,
    accepted(receipt, durationMillis, endedMillis) {
      exported.add(1, attributes);
      duration.record(durationMillis / 1_000, attributes);
      timeToReceipt.record(Math.max(0, receipt.acceptedAt - endedMillis) / 1_000, attributes);
    },
    rejected() {
      exported.add(1, { ...attributes, 'error.type': 'rejected' });
    },
    observe: (source) => observeState(meter, attributes, source),
  };
}

interface Gauge {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  read(source: MetricsSource): number;
}

const GAUGES: readonly Gauge[] = [
  {
    name: 'weex.ai_log.pending',
    unit: '{log}',
    description: 'Kept and still to be accepted',
    read: (source) => source.state().pending,
  },
  {
    name: 'weex.ai_log.waiting',
    unit: '{log}',
    description: 'Held until the trace tells the order',
    read: (source) => source.state().waiting,
  },
  {
    name: 'weex.ai_log.oldest_pending_age',
    unit: 's',
    description: 'Age of the oldest pending log; the competition allows 60 s',
    read: (source) => source.state().oldestPendingMillis / 1_000,
  },
  {
    name: 'weex.ai_log.paused',
    unit: '1',
    description: '1 while WEEX refuses the account',
    read: (source) => (source.state().paused ? 1 : 0),
  },
];

const COUNTERS: readonly Gauge[] = [
  {
    name: 'weex.ai_log.delivered',
    unit: '{log}',
    description: 'Accepted by WEEX',
    read: (source) => source.tally.delivered,
  },
  {
    name: 'weex.ai_log.rejected',
    unit: '{log}',
    description: 'Rejected by WEEX and set aside',
    read: (source) => source.tally.rejected,
  },
  {
    name: 'weex.ai_log.invalid',
    unit: '{log}',
    description: 'Not sendable: a field is missing',
    read: (source) => source.tally.invalid,
  },
  {
    name: 'weex.ai_log.lost',
    unit: '{log}',
    description: 'Neither disk nor memory took it',
    read: (source) => source.tally.lost,
  },
  {
    name: 'weex.ai_log.ambiguous_links',
    unit: '{log}',
    description: 'Sent without an order id because the trace names several',
    read: (source) => source.tally.ambiguousLinks,
  },
  {
    name: 'weex.ai_log.derived_explanations',
    unit: '{log}',
    description: 'Sent with a factual sentence of ours, since the bot gave no explanation',
    read: (source) => source.tally.derivedExplanations,
  },
  {
    name: 'weex.ai_log.possible_duplicates',
    unit: '{log}',
    description: 'Accepted after an attempt whose answer never came',
    read: (source) => source.tally.possibleDuplicates,
  },
];

/** Returns what disconnects the instruments again. */
function observeState(meter: Meter, attributes: Attributes, source: MetricsSource): () => void {
  const stops: (() => void)[] = [];
  const watch = (instrument: Observable, report: (result: ObservableResult) => void): void => {
    instrument.addCallback(report);
    stops.push(() => instrument.removeCallback(report));
  };
  for (const gauge of GAUGES) {
    watch(meter.createObservableGauge(gauge.name, gauge), (result) =>
      result.observe(gauge.read(source), attributes),
    );
  }
  for (const counter of COUNTERS) {
    watch(meter.createObservableCounter(counter.name, counter), (result) =>
      result.observe(counter.read(source), attributes),
    );
  }
  const inflight = meter.createObservableUpDownCounter('otel.sdk.exporter.span.inflight', {
    unit: '{span}',
    description: 'AI logs kept and not yet settled',
  });
  watch(inflight, (result) => result.observe(source.state().pending, attributes));
  const skipped = meter.createObservableCounter('weex.ai_log.skipped', {
    unit: '{log}',
    description: 'Kept back by a rule, by reason',
  });
  watch(skipped, (result) => {
    for (const [reason, count] of source.tally.skipped) result.observe(count, { ...attributes, reason });
  });
  return () => {
    for (const stop of stops) stop();
  };
}
