import type { Slot } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { Flight } from './attempt';
import type { ServerClock } from './clock-offset';
import type { Gate } from './gate';
import type { Guard } from './guard';
import type { Lanes } from './lanes';
import { applyTimeAnswer } from './measurement';
import type { Preparation } from './preparation';
import type { Settlement, Step } from './settlement';
import type { Exchange, SignedRequest, Transport } from './transport';

/** Longer than any pause: whoever rests for this waits for the account, not for a time. */
const HELD_MILLIS = 1e10;
const AFTER_A_BUG_MILLIS = 1_000;

export interface FlightsParts {
  readonly lanes: Lanes;
  readonly gate: Gate;
  readonly preparation: Preparation;
  readonly settlement: Settlement;
  readonly serverClock: ServerClock;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly guard: Guard;
  readonly concurrency: number;
  readonly timeoutMillis: number;
  readonly timeRequest: () => SignedRequest;
  /** Called after every answer, when the entry has its place again. */
  readonly landed: () => void;
}

/** The requests that are out, and where their entries go afterwards. */
export interface Flights {
  readonly size: number;
  /** Entries that are out of the lanes. */
  slots(): Iterable<Slot>;
  /** When there may be room for one more; now or earlier if there is, `undefined` after the next answer. */
  roomAt(nowMillis: number): number | undefined;
  /** To be signed anew and sent before all others. */
  readonly redo: Slot[];
  launch(slot: Slot): void;
}

export function createFlights(parts: FlightsParts): Flights {
  const { lanes, gate, settlement, clock, guard, transport } = parts;
  const inFlight = new Map<Slot, Flight>();
  const redo: Slot[] = [];
  let measurement: Promise<Exchange> | undefined;
  let measuredSince = 0;
  /** While no new connection may be opened: as many requests as had a connection then. */
  let connections = { untilMillis: Number.NEGATIVE_INFINITY, usable: 0 };

  function exchange(request: SignedRequest): Promise<Exchange> {
    const sent = guard('transport', undefined, () => transport.send(request, parts.timeoutMillis));
    const broken: Exchange = { kind: 'failure', reason: 'TRANSPORT', uncertain: true };
    return sent === undefined ? Promise.resolve(broken) : sent.catch(() => broken);
  }

  function land(flight: Flight, outcome: Exchange): void {
    const { slot } = flight;
    const nowMillis = clock.monotonicMillis();
    inFlight.delete(slot);
    if (outcome.kind === 'throttled') {
      connections = { untilMillis: nowMillis + outcome.waitMillis, usable: inFlight.size };
      gate.probeReturned(slot, connections.untilMillis);
      lanes.rest(slot, nowMillis);
    } else {
      const bug: Step = { kind: 'later', atMillis: nowMillis + AFTER_A_BUG_MILLIS };
      follow(
        flight,
        guard('settlement', bug, () => settlement.settle(flight, outcome)),
      );
    }
    parts.landed();
  }

  function follow(flight: Flight, step: Step): void {
    const { slot } = flight;
    switch (step.kind) {
      case 'accepted':
      case 'rejected':
        return;
      case 'kept':
        lanes.rest(slot, clock.monotonicMillis() + HELD_MILLIS);
        return;
      case 'later':
        lanes.rest(slot, step.atMillis);
        return;
      case 'again':
        redo.push(slot);
        return;
      case 'measure':
        inFlight.set(slot, flight);
        measure().then((answer) => guard('flight', undefined, () => measured(flight, answer, step)));
    }
  }

  function measured(flight: Flight, answer: Exchange, step: Extract<Step, { kind: 'measure' }>): void {
    inFlight.delete(flight.slot);
    const failure = applyTimeAnswer(parts, answer, measuredSince, step.fallbackOffsetMillis);
    follow(flight, failure === undefined ? { kind: 'again' } : settlement.unmeasured(flight, failure));
    parts.landed();
  }

  /** One measurement serves all that are refused meanwhile. */
  function measure(): Promise<Exchange> {
    if (measurement === undefined) {
      measuredSince = clock.monotonicMillis();
      measurement = exchange(parts.timeRequest()).finally(() => {
        measurement = undefined;
      });
    }
    return measurement;
  }

  return {
    get size() {
      return inFlight.size;
    },
    redo,
    *slots() {
      yield* inFlight.keys();
      yield* redo;
    },
    roomAt(nowMillis) {
      if (inFlight.size >= parts.concurrency) return undefined;
      const blocked = nowMillis < connections.untilMillis && inFlight.size >= connections.usable;
      return blocked ? connections.untilMillis : nowMillis;
    },
    launch(slot) {
      const prepared = parts.preparation.prepare(slot);
      switch (prepared.kind) {
        case 'ready': {
          const { flight, request } = prepared;
          inFlight.set(slot, flight);
          gate.probeBegun(slot);
          exchange(request).then((outcome) => guard('flight', undefined, () => land(flight, outcome)));
          return;
        }
        case 'later':
          lanes.rest(slot, prepared.atMillis);
          gate.probeReturned(slot, clock.monotonicMillis());
          return;
        case 'rejected':
          gate.probeReturned(slot, clock.monotonicMillis());
      }
    },
  };
}
