import type { Attributes, BatchObservableResult, Meter, MeterProvider, Observable } from '@opentelemetry/api';
import type { Acceptance } from '../delivery/delivery';
import type { Rejection, WeexReceipt } from '../journal/journal';
import { VERSION } from '../lib/version';
import type { Tally } from './tally';

/** What an account is doing when somebody collects. */
export interface ObservedState {
  readonly pending: number;
  readonly waiting: number;
  readonly oldestPendingMillis: number;
  readonly paused: boolean;
}

/** What the observable instruments read. */
export interface MetricsSource {
  readonly tally: Readonly<Tally>;
  state(): ObservedState;
}

/** The instruments of one meter provider. */
export interface Instruments {
  readonly provider: MeterProvider;
  accepted(receipt: WeexReceipt, acceptance: Acceptance): void;
  rejected(rejection: Rejection, durationMillis: number): void;
  /** Returns what disconnects the source again: at once, or after it was read once more. */
  observe(source: MetricsSource): (afterLast: boolean) => void;
}

export function makeInstruments(provider: MeterProvider, attributes: Attributes): Instruments {
  const meter = provider.getMeter('opentelemetry-exporter-weex', VERSION);
  const duration = meter.createHistogram('otel.sdk.exporter.operation.duration', {
    unit: 's',
    description: "From a log's first attempt to WEEX's final answer, retries included",
    advice: { explicitBucketBoundaries: [] },
  });
  const timeToReceipt = meter.createHistogram('weex.ai_log.time_to_receipt', {
    unit: 's',
    description: "From the span's end to WEEX's receipt; the competition allows 60 s",
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 300, 3_600] },
  });
  return {
    provider,
    accepted({ acceptedAt }, { durationMillis, endedMillis, httpStatus }) {
      duration.record(durationMillis / 1_000, { ...attributes, 'http.response.status_code': httpStatus });
      timeToReceipt.record(Math.max(0, acceptedAt - endedMillis) / 1_000, attributes);
    },
    rejected({ httpStatus }, durationMillis) {
      duration.record(durationMillis / 1_000, {
        ...attributes,
        'error.type': 'rejected',
        ...(httpStatus === undefined ? {} : { 'http.response.status_code': httpStatus }),
      });
    },
    observe: (source) => observeSource(meter, attributes, source),
  };
}

/** One number, or several told apart by an attribute. */
type Reading = number | readonly (readonly [value: number, extra: Attributes])[];

interface Observed {
  readonly name: string;
  readonly kind: 'gauge' | 'counter' | 'up-down-counter';
  readonly unit: string;
  readonly description: string;
  read(tally: Readonly<Tally>, state: ObservedState): Reading;
}

const failed = (type: string): Attributes => ({ 'error.type': type });

const OBSERVED: readonly Observed[] = [
  {
    name: 'otel.sdk.exporter.span.inflight',
    kind: 'up-down-counter',
    unit: '{span}',
    description: 'AI logs kept and not yet settled',
    read: (_tally, { pending, waiting }) => pending + waiting,
  },
  {
    name: 'otel.sdk.exporter.span.exported',
    kind: 'counter',
    unit: '{span}',
    description: 'AI logs settled; error.type tells those that WEEX does not have: rejected, invalid, lost',
    read: ({ delivered, rejected, invalid, lost }) => [
      [delivered, {}],
      [rejected, failed('rejected')],
      [invalid, failed('invalid')],
      [lost, failed('lost')],
    ],
  },
  {
    name: 'weex.ai_log.pending',
    kind: 'gauge',
    unit: '{log}',
    description: 'Kept and still to be accepted',
    read: (_tally, state) => state.pending,
  },
  {
    name: 'weex.ai_log.waiting',
    kind: 'gauge',
    unit: '{log}',
    description: 'Held until the trace tells the order',
    read: (_tally, state) => state.waiting,
  },
  {
    name: 'weex.ai_log.oldest_pending_age',
    kind: 'gauge',
    unit: 's',
    description: 'Age of the oldest pending log; the competition allows 60 s',
    read: (_tally, state) => state.oldestPendingMillis / 1_000,
  },
  {
    // Not `1`: a Prometheus exporter may call a gauge of that unit a ratio.
    name: 'weex.ai_log.paused',
    kind: 'gauge',
    unit: '{account}',
    description: '1 while WEEX refuses the account, else 0',
    read: (_tally, state) => (state.paused ? 1 : 0),
  },
  {
    name: 'weex.ai_log.delivered',
    kind: 'counter',
    unit: '{log}',
    description: 'Accepted by WEEX',
    read: (tally) => tally.delivered,
  },
  {
    name: 'weex.ai_log.rejected',
    kind: 'counter',
    unit: '{log}',
    description: 'Rejected by WEEX and set aside',
    read: (tally) => tally.rejected,
  },
  {
    name: 'weex.ai_log.invalid',
    kind: 'counter',
    unit: '{log}',
    description: 'Not sendable: a field is missing',
    read: (tally) => tally.invalid,
  },
  {
    name: 'weex.ai_log.skipped',
    kind: 'counter',
    unit: '{log}',
    description: 'Kept back by a rule, by reason',
    read: ({ skipped }) => [...skipped].map(([reason, count]) => [count, { reason }] as const),
  },
  {
    name: 'weex.ai_log.lost',
    kind: 'counter',
    unit: '{log}',
    description: 'Neither disk nor memory took it',
    read: (tally) => tally.lost,
  },
  {
    name: 'weex.ai_log.ambiguous_links',
    kind: 'counter',
    unit: '{log}',
    description: 'Sent without an order id because the trace names several',
    read: (tally) => tally.ambiguousLinks,
  },
  {
    name: 'weex.ai_log.derived_explanations',
    kind: 'counter',
    unit: '{log}',
    description: 'With a factual sentence of ours, since the bot gave no explanation',
    read: (tally) => tally.derivedExplanations,
  },
  {
    name: 'weex.ai_log.possible_duplicates',
    kind: 'counter',
    unit: '{log}',
    description: 'Accepted after an attempt whose answer never came',
    read: (tally) => tally.possibleDuplicates,
  },
];

function makeObservable(meter: Meter, { name, kind, unit, description }: Observed): Observable {
  switch (kind) {
    case 'gauge':
      return meter.createObservableGauge(name, { unit, description });
    case 'counter':
      return meter.createObservableCounter(name, { unit, description });
    case 'up-down-counter':
      return meter.createObservableUpDownCounter(name, { unit, description });
  }
}

function observeSource(meter: Meter, attributes: Attributes, source: MetricsSource) {
  const watched = OBSERVED.map((one) => ({ ...one, instrument: makeObservable(meter, one) }));
  const instruments = watched.map(({ instrument }) => instrument);
  let isLast = false;
  const report = (result: BatchObservableResult): void => {
    const state = source.state();
    for (const { instrument, read } of watched) {
      const reading = read(source.tally, state);
      const values = typeof reading === 'number' ? [[reading, {}] as const] : reading;
      for (const [value, extra] of values) result.observe(instrument, value, { ...attributes, ...extra });
    }
    // Later: the SDK is walking through its list of callbacks now.
    if (isLast) queueMicrotask(stop);
  };
  const stop = (): void => meter.removeBatchObservableCallback(report, instruments);
  meter.addBatchObservableCallback(report, instruments);
  return (afterLast: boolean): void => {
    if (afterLast) isLast = true;
    else stop();
  };
}
