import type { OpenEntry } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { Flight } from './attempt';
import type { ServerClock } from './clock-offset';
import type { SyncOutcome } from './delivery';
import type { Gate } from './gate';
import type { Guard } from './guard';
import { applyTimeAnswer } from './measurement';
import type { Preparation } from './preparation';
import type { RateLimiter } from './rate-limiter';
import type { Settlement, Step } from './settlement';
import type { Exchange, SignedRequest, SyncTransport } from './transport';

export interface SyncUploadParts {
  readonly gate: Gate;
  readonly limiter: RateLimiter;
  readonly settlement: Settlement;
  readonly preparation: Preparation;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly guard: Guard;
  readonly ratePerSecond: () => number;
  readonly timeRequest: () => SignedRequest;
  /** Of one attempt. */
  readonly timeoutMillis: number;
  /** Blocks the thread. */
  readonly sleep: (millis: number) => void;
}

/** Sends one entry while the thread waits. It obeys the gate and the rate as every other does. */
export type SyncUpload = (entry: OpenEntry, transport: SyncTransport, limitMillis: number) => SyncOutcome;

export function createSyncUpload(parts: SyncUploadParts): SyncUpload {
  const { gate, limiter, settlement, preparation, clock, guard } = parts;

  return ({ slot }, transport, limitMillis) => {
    const deadline = clock.monotonicMillis() + limitMillis;

    /** False, without a wait, if the time would be up by then. */
    function sleepUntil(atMillis: number): boolean {
      if (atMillis >= deadline) return false;
      const wait = Math.ceil(atMillis - clock.monotonicMillis());
      if (wait > 0) parts.sleep(wait);
      return true;
    }

    function send(request: SignedRequest): Exchange {
      const left = Math.max(1, Math.ceil(deadline - clock.monotonicMillis()));
      const broken: Exchange = { kind: 'failure', reason: 'TRANSPORT', uncertain: true };
      const time = Math.min(left, parts.timeoutMillis);
      return guard('transport', broken, () => transport.send(request, time));
    }

    function measured(flight: Flight, fallbackOffsetMillis: number | undefined): Step {
      const sentMillis = clock.monotonicMillis();
      const answer = send(parts.timeRequest());
      const failure = applyTimeAnswer(parts, answer, sentMillis, fallbackOffsetMillis);
      return failure === undefined ? { kind: 'again' } : settlement.unmeasured(flight, failure);
    }

    function admitted(): boolean {
      for (;;) {
        const nowMillis = clock.monotonicMillis();
        if (nowMillis >= deadline) return false;
        const admission = gate.admission(nowMillis);
        if (admission.kind === 'wait' && gate.probe !== slot) {
          // A probe that is out cannot come back while it is this thread that waits.
          if (admission.untilMillis === undefined || !sleepUntil(admission.untilMillis)) return false;
          continue;
        }
        const wait = limiter.take(nowMillis, parts.ratePerSecond());
        if (wait === 0) return true;
        if (!sleepUntil(nowMillis + wait)) return false;
      }
    }

    /** One attempt, with a second one if the clock was refused; `undefined` if there is no time for it. */
    function tryOnce(): Step | undefined {
      if (!admitted()) return undefined;
      const prepared = preparation.prepare(slot);
      if (prepared.kind !== 'ready') return prepared;
      gate.probeBegun(slot);
      const exchange = send(prepared.request);
      if (exchange.kind === 'throttled') {
        const atMillis = clock.monotonicMillis() + exchange.waitMillis;
        gate.probeReturned(slot, atMillis);
        return { kind: 'later', atMillis };
      }
      const step = settlement.settle(prepared.flight, exchange);
      return step.kind === 'measure' ? measured(prepared.flight, step.fallbackOffsetMillis) : step;
    }

    while (gate.paused === undefined || gate.probe === slot) {
      const step = tryOnce();
      if (step === undefined) break;
      if (step.kind === 'accepted' || step.kind === 'rejected') return step;
      if (step.kind === 'later' && !sleepUntil(step.atMillis)) break;
      // Otherwise the gate decides whether there is another attempt.
    }
    const nowMillis = clock.monotonicMillis();
    gate.probeReturned(slot, nowMillis);
    const pause = gate.pauseState(nowMillis, clock.wallMillis());
    return pause === undefined ? { kind: 'pending' } : { kind: 'paused', pause };
  };
}
