import type { AttemptRecord, Journal, OpenEntry, Rejection, Slot, WeexReceipt } from '../journal/journal';
import type { Clock } from '../lib/clock';
import { type Flight, type History, newHistory } from './attempt';
import { fullJitter } from './backoff';
import { classify, type Verdict, type Words } from './classify';
import { offsetOf, type ServerClock, type TimeReading } from './clock-offset';
import type { DeliveryListener } from './delivery';
import type { Answered, Gate, GateChange } from './gate';
import type { Guard } from './guard';
import type { Exchange } from './transport';

const RETRY_BOUNDS = { firstMillis: 500, longestMillis: 5 * 60_000 };
/** `"orderId":9223372036854775807,` goes in front of what is cut. */
const ORDER_ID_BYTES = 30;
/** A very new order id may not be known everywhere yet. */
const ORDER_UNKNOWN_MILLIS = 30_000;
const ORDER_UNKNOWN_BOUNDS = { firstMillis: 2_000, longestMillis: 10_000 };

/** What is to be done with an entry after an attempt. */
export type Step =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** Sent again at once. */
  | { readonly kind: 'again' }
  /** Sent again at that time of the clock that never jumps. */
  | { readonly kind: 'later'; readonly atMillis: number }
  /** Sent again once WEEX's clock has been measured; the fallback is what the refusal itself said. */
  | { readonly kind: 'measure'; readonly fallbackOffsetMillis: number | undefined }
  /** Waits until the account sends again. */
  | { readonly kind: 'kept' };

export interface SettlementParts {
  readonly journal: Pick<Journal, 'attempted' | 'accepted' | 'rejected'>;
  readonly listener: DeliveryListener;
  readonly gate: Gate;
  readonly serverClock: ServerClock;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly secrets: () => readonly string[];
  /** Called once the journal has closed the slot, before the listener hears of it. */
  readonly closed: (slot: Slot) => void;
  readonly announce: (changes: readonly GateChange[]) => void;
}

/** Turns what came of an attempt into records, news and the next step. */
export interface Settlement {
  /** Takes over what an earlier process had tried of the entry. */
  adopt(entry: OpenEntry): void;
  historyOf(slot: Slot): History | undefined;
  settle(flight: Flight, exchange: Exclude<Exchange, { kind: 'throttled' }>): Step;
  /** The server's clock could not be measured for it. */
  unmeasured(flight: Flight, reason: string): Step;
  /** Ends an entry that cannot be sent at all. */
  giveUp(slot: Slot, entryId: string, rejection: Rejection): Step;
}

export function createSettlement(parts: SettlementParts, acceptedAtStart: boolean): Settlement {
  const { journal, listener, gate, guard, clock, announce } = parts;
  const histories = new Map<Slot, History>();
  let acceptedBefore = acceptedAtStart;

  function historyFor(flight: Flight): History {
    const known = histories.get(flight.slot);
    if (known !== undefined) return known;
    const history = newHistory(flight.begunMillis);
    histories.set(flight.slot, history);
    return history;
  }

  function adopt({ slot, attempts = 0, uncertain = false }: OpenEntry): void {
    if (attempts === 0 && !uncertain) return;
    histories.set(slot, { ...newHistory(clock.monotonicMillis()), attempts, uncertain });
  }

  function record(
    flight: Flight,
    disposition: AttemptRecord['disposition'],
    words: Words,
    nowMillis: number,
    uncertain = false,
  ): void {
    const attempt = {
      attempt: flight.attempt,
      atMillis: flight.begunWallMillis,
      durationMillis: Math.round(nowMillis - flight.begunMillis),
      disposition,
      ...words,
      uncertain,
    };
    guard('journal.attempted', undefined, () => journal.attempted(flight.slot, attempt));
  }

  function close(slot: Slot): void {
    histories.delete(slot);
    gate.forget(slot);
    parts.closed(slot);
  }

  function accept(flight: Flight, verdict: Extract<Verdict, { kind: 'accepted' }>, answered: Answered): Step {
    const { slot, endedMillis } = flight;
    const { httpStatus } = verdict;
    const history = histories.get(slot);
    const receipt: WeexReceipt = {
      entryId: flight.entryId,
      code: verdict.code,
      msg: verdict.msg,
      ...(verdict.requestTime === undefined ? {} : { requestTime: verdict.requestTime }),
      acceptedAt: answered.wallMillis,
      attempts: flight.attempt,
      possibleDuplicate: history?.uncertain ?? false,
      ...(flight.orderId === undefined ? {} : { orderId: flight.orderId }),
    };
    acceptedBefore = true;
    guard('journal.accepted', undefined, () => journal.accepted(slot, receipt));
    const changes = gate.accepted(answered);
    const durationMillis = answered.nowMillis - (history?.firstBegunMillis ?? flight.begunMillis);
    close(slot);
    announce(changes);
    guard('listener.accepted', undefined, () =>
      listener.accepted(slot, receipt, { durationMillis, endedMillis, httpStatus }),
    );
    return { kind: 'accepted', receipt };
  }

  function giveUp(slot: Slot, entryId: string, rejection: Rejection): Step {
    const nowMillis = clock.monotonicMillis();
    const durationMillis = nowMillis - (histories.get(slot)?.firstBegunMillis ?? nowMillis);
    guard('journal.rejected', undefined, () => journal.rejected(slot, rejection));
    close(slot);
    guard('listener.rejected', undefined, () => listener.rejected(slot, entryId, rejection, durationMillis));
    return { kind: 'rejected', rejection };
  }

  function refuse(flight: Flight, words: Words, known: boolean, answered: Answered): Step {
    const ruling = gate.refused(answered, words, known);
    record(flight, ruling.fate === 'kept' ? 'hold' : 'reject', words, answered.nowMillis);
    announce(ruling.changes);
    return ruling.fate === 'kept' ? { kind: 'kept' } : giveUp(flight.slot, flight.entryId, words);
  }

  function hold(flight: Flight, words: Words, answered: Answered): Step {
    const ruling = gate.held(answered, words);
    record(flight, ruling.fate === 'kept' ? 'hold' : 'reject', words, answered.nowMillis);
    announce(ruling.changes);
    return ruling.fate === 'kept' ? { kind: 'kept' } : giveUp(flight.slot, flight.entryId, words);
  }

  /** While the account does not send, a failed probe stands back for the others. */
  function later(atMillis: number): Step {
    const stopped = gate.paused !== undefined || gate.down !== undefined;
    return stopped ? { kind: 'kept' } : { kind: 'later', atMillis };
  }

  function retry(
    flight: Flight,
    verdict: Extract<Verdict, { kind: 'retry' }>,
    history: History,
    answered: Answered,
  ): Step {
    const { nowMillis } = answered;
    history.failures += 1;
    history.uncertain ||= verdict.uncertain;
    const asked = verdict.retryAfterMillis ?? 0;
    if (verdict.failure === 'rate-limit' && asked > 0) gate.holdOff(nowMillis + asked);
    record(flight, 'retry', verdict.words, nowMillis, verdict.uncertain);
    announce(gate.failed(answered, verdict.failure, verdict.words.reason));
    const backOff = fullJitter(history.failures, RETRY_BOUNDS, clock.random());
    return later(nowMillis + Math.max(backOff, asked));
  }

  function orderUnknown(flight: Flight, words: Words, history: History, answered: Answered): Step {
    const { nowMillis } = answered;
    history.orderUnknownSince ??= nowMillis;
    const left = history.orderUnknownSince + ORDER_UNKNOWN_MILLIS - nowMillis;
    if (left <= 0) return refuse(flight, words, true, answered);
    history.failures += 1;
    record(flight, 'retry', words, nowMillis);
    announce(gate.letIn(answered));
    const backOff = fullJitter(history.failures, ORDER_UNKNOWN_BOUNDS, clock.random());
    return later(nowMillis + Math.min(Math.max(backOff, 500), left));
  }

  function clockRefused(
    flight: Flight,
    verdict: Extract<Verdict, { kind: 'clock' }>,
    history: History,
    answered: Answered,
  ): Step {
    const outdated = flight.corrections !== parts.serverClock.corrections;
    if (history.clockTried && !outdated) {
      history.clockTried = false;
      return hold(flight, verdict.words, answered);
    }
    record(flight, 'clock', verdict.words, answered.nowMillis);
    announce(gate.reached(answered));
    // Another entry's measurement came between: it only has to be signed anew.
    if (outdated) return { kind: 'again' };
    history.clockTried = true;
    const reading = readingOf(flight, verdict.requestTime, answered);
    return { kind: 'measure', fallbackOffsetMillis: reading === undefined ? undefined : offsetOf(reading) };
  }

  function tooLarge(flight: Flight, words: Words, history: History, answered: Answered): Step {
    if (history.cutToBytes !== undefined) return refuse(flight, words, true, answered);
    history.cutToBytes = Math.floor(flight.bodyBytes / 2) - ORDER_ID_BYTES;
    const reason = `${words.reason}; sent again, cut to ${history.cutToBytes} bytes`;
    record(flight, 'retry', { ...words, reason }, answered.nowMillis);
    announce(gate.reached(answered));
    return { kind: 'again' };
  }

  return {
    adopt,
    historyOf: (slot) => histories.get(slot),
    giveUp,
    settle(flight, exchange) {
      const answered = {
        slot: flight.slot,
        begunMillis: flight.begunMillis,
        nowMillis: clock.monotonicMillis(),
        wallMillis: clock.wallMillis(),
      };
      const { wallMillis } = answered;
      const verdict = classify(exchange, { acceptedBefore, secrets: parts.secrets(), wallMillis });
      if (verdict.kind === 'accepted') {
        const reading = readingOf(flight, verdict.requestTime, answered);
        if (reading !== undefined) parts.serverClock.observe(reading);
        return accept(flight, verdict, answered);
      }
      const history = historyFor(flight);
      history.attempts = flight.attempt;
      switch (verdict.kind) {
        case 'retry':
          return retry(flight, verdict, history, answered);
        case 'order-unknown':
          return orderUnknown(flight, verdict.words, history, answered);
        case 'clock':
          return clockRefused(flight, verdict, history, answered);
        case 'hold':
          return hold(flight, verdict.words, answered);
        case 'reject':
          return refuse(flight, verdict.words, verdict.known, answered);
        case 'too-large':
          return tooLarge(flight, verdict.words, history, answered);
      }
    },
    unmeasured(flight, reason) {
      const history = historyFor(flight);
      const nowMillis = clock.monotonicMillis();
      history.clockTried = false;
      history.failures += 1;
      const answered = {
        slot: flight.slot,
        begunMillis: flight.begunMillis,
        nowMillis,
        wallMillis: clock.wallMillis(),
      };
      announce(gate.failed(answered, 'network', `WEEX's time could not be read: ${reason}`));
      return later(nowMillis + fullJitter(history.failures, RETRY_BOUNDS, clock.random()));
    },
  };
}

function readingOf(
  flight: Flight,
  serverMillis: number | undefined,
  answered: Answered,
): TimeReading | undefined {
  if (serverMillis === undefined) return undefined;
  const { nowMillis, wallMillis } = answered;
  return { serverMillis, sentMillis: flight.begunMillis, receivedMillis: nowMillis, wallMillis };
}
