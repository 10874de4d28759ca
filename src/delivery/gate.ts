import type { PauseRecord, Slot } from '../journal/journal';
import type { Words } from './classify';
import { CODES, type FailureKind } from './codes';
import type { PauseState } from './delivery';
import { BREAKER_RHYTHM, createProbeSeries, PAUSE_RHYTHM, type ProbeSeries } from './probe-series';
import { NO_REFUSALS, suspicious, withRefusal } from './refusal-run';

const FAILURES_TO_BREAK = 5;
/** An acceptance older than this no longer shows that the account is let in. */
const EVIDENCE_MILLIS = 60_000;

/** May a request go out? */
export type Admission =
  | { readonly kind: 'open' }
  /** One, as a probe; `paused` probes read the credentials again. */
  | { readonly kind: 'probe'; readonly paused: boolean }
  /** `undefined`: until the probe that is out is back. */
  | { readonly kind: 'wait'; readonly untilMillis: number | undefined };

/** What the owner has to journal and to tell. */
export type GateChange =
  | { readonly kind: 'paused'; readonly pause: PauseRecord }
  | { readonly kind: 'resumed'; readonly pausedMillis: number }
  | { readonly kind: 'down'; readonly failure: FailureKind; readonly reason: string }
  | { readonly kind: 'recovered'; readonly downMillis: number };

/** What becomes of an entry that WEEX held or refused. */
export interface Ruling {
  readonly fate: 'kept' | 'rejected';
  readonly changes: readonly GateChange[];
}

/** One attempt that was answered, or failed. */
export interface Answered {
  readonly slot: Slot;
  /** When the attempt began; like `nowMillis` on the clock that never jumps. */
  readonly begunMillis: number;
  readonly nowMillis: number;
  readonly wallMillis: number;
}

/**
 * Whether the account may send: the breaker and the pause, in one machine.
 *
 *            5 failures of one kind in a row
 *      +----------------------------------------> BROKEN    one probe at a time: 1 s, doubling to 60 s
 *      |   <--- any answer that is no failure ---   |
 *    OPEN                                           | a hold, or too many refusals
 *      |    a hold; 3 refusals in a row with one    v
 *      +--- unknown code, or 20 of any kind ----> PAUSED    one probe at a time: 5 s, doubling to 5 min,
 *          <--- acceptance of what was sent ------          at most 60 s in the first 20 minutes
 *               in the pause (a pause for a hold: also an answer that shows that the account is let in)
 *
 * The entry that caused a pause is kept. Once another entry has been accepted it is on trial: it is tried once
 * more, and if it is held or refused again while the account is open, it is rejected and nothing is paused. So
 * a repaired key costs no entry, and a poisoned entry costs one pause instead of one after the other.
 */
export interface Gate {
  admission(nowMillis: number): Admission;
  probeBegun(slot: Slot): void;
  /** A probe came back without an answer: it could not be read, or no connection was allowed. */
  probeReturned(slot: Slot, untilMillis: number): void;
  /** An entry has come that was never tried. */
  freshEntry(nowMillis: number): void;
  accepted(answered: Answered): readonly GateChange[];
  failed(answered: Answered, failure: FailureKind, reason: string): readonly GateChange[];
  /** An answer about the attempt's time: WEEX is there; a probe goes on. */
  reached(answered: Answered): readonly GateChange[];
  /** An answer about the order: the account is let in. */
  letIn(answered: Answered): readonly GateChange[];
  held(answered: Answered, words: Words): Ruling;
  refused(answered: Answered, words: Words, known: boolean): Ruling;
  /** `Retry-After`, when it is about the account. */
  holdOff(untilMillis: number): void;
  /** The slot is closed and may soon stand for another entry. */
  forget(slot: Slot): void;
  /** An earlier process of the account, or another one, paused or resumed it. */
  adopt(pause: PauseRecord | undefined, nowMillis: number, wallMillis: number): readonly GateChange[];
  /** The probe that is out. */
  readonly probe: Slot | undefined;
  readonly paused: PauseRecord | undefined;
  pauseState(nowMillis: number, wallMillis: number): PauseState | undefined;
  readonly down: FailureKind | undefined;
}

type State =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'broken';
      readonly sinceMillis: number;
      readonly series: ProbeSeries;
      readonly failure: FailureKind;
    }
  | {
      readonly kind: 'paused';
      readonly sinceMillis: number;
      readonly series: ProbeSeries;
      readonly pause: PauseRecord;
      /** The entry whose refusal began it, while that may be its own fault. */
      readonly culprit: Slot | undefined;
      readonly cause: 'hold' | 'refusals';
    };

const OPEN = { kind: 'open' } as const;
const NO_CHANGE: readonly GateChange[] = [];
const NO_FAILURES = { kind: 'network' as FailureKind, count: 0, first: -1, several: false };

const recovered = (downMillis: number): readonly GateChange[] => [{ kind: 'recovered', downMillis }];

/** @param chance at least 0, below 1 */
export function createGate(chance: () => number): Gate {
  let state: State = OPEN;
  let failures = NO_FAILURES;
  let refusals = NO_REFUSALS;
  let holdOffUntil = Number.NEGATIVE_INFINITY;
  let lastAccepted = Number.NEGATIVE_INFINITY;
  /** The latest acceptance of what was sent before a pause and answered in it. */
  let acceptedBeside = Number.NEGATIVE_INFINITY;
  /** Entries that caused a pause, until another one is accepted; from then on they are on trial. */
  const suspects = new Set<Slot>();
  const onTrial = new Set<Slot>();

  function reached({ nowMillis }: Answered): readonly GateChange[] {
    failures = NO_FAILURES;
    if (state.kind !== 'broken') return NO_CHANGE;
    const changes = recovered(nowMillis - state.sinceMillis);
    state = OPEN;
    return changes;
  }

  function resumed(nowMillis: number): readonly GateChange[] {
    if (state.kind !== 'paused') return NO_CHANGE;
    const pausedMillis = nowMillis - state.sinceMillis;
    state = OPEN;
    refusals = NO_REFUSALS;
    return [{ kind: 'resumed', pausedMillis }];
  }

  /** An answer to what was sent before the pause says nothing about the account after it. */
  const sentInPause = ({ begunMillis }: Answered): boolean =>
    state.kind === 'paused' && begunMillis > state.sinceMillis;

  function stillPaused(answered: Answered): boolean {
    if (state.kind !== 'paused') return false;
    state.series.failed(answered.slot, answered.nowMillis);
    return true;
  }

  function letIn(answered: Answered): readonly GateChange[] {
    const changes = reached(answered);
    if (state.kind === 'paused' && state.cause === 'hold' && sentInPause(answered)) {
      return resumed(answered.nowMillis);
    }
    stillPaused(answered);
    return changes;
  }

  function guilty({ slot, nowMillis }: Answered): boolean {
    return onTrial.has(slot) && nowMillis - lastAccepted <= EVIDENCE_MILLIS;
  }

  /** What was on its way beside it was accepted, and it alone is refused again: the fault is its own. */
  function guiltyInPause({ slot, nowMillis }: Answered): boolean {
    return (
      state.kind === 'paused' &&
      state.culprit === slot &&
      acceptedBeside >= state.sinceMillis &&
      nowMillis - acceptedBeside <= EVIDENCE_MILLIS
    );
  }

  function pauseFor(answered: Answered, words: Words, cause: 'hold' | 'refusals'): GateChange {
    const { slot, nowMillis, wallMillis } = answered;
    const only = cause === 'hold' ? slot : undefined;
    const series = createProbeSeries(PAUSE_RHYTHM, nowMillis, nowMillis, only, chance);
    const pause = { sinceMillis: wallMillis, ...words };
    state = { kind: 'paused', sinceMillis: nowMillis, series, pause, cause, culprit: only };
    onTrial.delete(slot);
    suspects.add(slot);
    return { kind: 'paused', pause };
  }

  return {
    admission(nowMillis) {
      if (nowMillis < holdOffUntil) return { kind: 'wait', untilMillis: holdOffUntil };
      if (state.kind === 'open') return OPEN;
      const { series } = state;
      if (series.probe !== undefined) return { kind: 'wait', untilMillis: undefined };
      if (nowMillis < series.nextMillis) return { kind: 'wait', untilMillis: series.nextMillis };
      return { kind: 'probe', paused: state.kind === 'paused' };
    },
    probeBegun(slot) {
      if (state.kind !== 'open') state.series.begun(slot);
    },
    probeReturned(slot, untilMillis) {
      if (state.kind !== 'open') state.series.returned(slot, untilMillis);
    },
    freshEntry(nowMillis) {
      if (state.kind !== 'open') state.series.fresh(nowMillis);
    },
    accepted(answered) {
      const changes = reached(answered);
      if (state.kind === 'paused' && !sentInPause(answered)) {
        acceptedBeside = answered.nowMillis;
        return changes;
      }
      refusals = NO_REFUSALS;
      lastAccepted = answered.nowMillis;
      for (const slot of suspects) {
        if (slot === answered.slot) continue;
        suspects.delete(slot);
        onTrial.add(slot);
      }
      return state.kind === 'paused' ? resumed(answered.nowMillis) : changes;
    },
    failed({ slot, nowMillis }, failure, reason) {
      if (state.kind !== 'open') {
        if (state.kind === 'broken') state = { ...state, failure };
        state.series.failed(slot, nowMillis);
        return NO_CHANGE;
      }
      failures =
        failures.count === 0 || failures.kind !== failure
          ? { kind: failure, count: 1, first: slot, several: false }
          : { ...failures, count: failures.count + 1, several: failures.several || slot !== failures.first };
      if (failures.count < FAILURES_TO_BREAK) return NO_CHANGE;
      const only = failures.several ? undefined : slot;
      const series = createProbeSeries(BREAKER_RHYTHM, nowMillis, nowMillis, only, chance);
      state = { kind: 'broken', sinceMillis: nowMillis, series, failure };
      return [{ kind: 'down', failure, reason }];
    },
    reached,
    letIn,
    held(answered, words) {
      const changes = reached(answered);
      if (guiltyInPause(answered)) {
        return { fate: 'rejected', changes: [...changes, ...resumed(answered.nowMillis)] };
      }
      if (stillPaused(answered)) return { fate: 'kept', changes };
      if (guilty(answered)) return { fate: 'rejected', changes };
      return { fate: 'kept', changes: [...changes, pauseFor(answered, words, 'hold')] };
    },
    refused(answered, words, known) {
      const changes = known ? letIn(answered) : reached(answered);
      if (stillPaused(answered)) return { fate: 'kept', changes };
      if (guilty(answered)) return { fate: 'rejected', changes };
      refusals = withRefusal(refusals, words, known);
      const inARow = suspicious(refusals);
      if (inARow === undefined) return { fate: 'rejected', changes };
      const reason = `${inARow} entries in a row were refused, the last one with: ${words.reason}`;
      return { fate: 'kept', changes: [...changes, pauseFor(answered, { ...words, reason }, 'refusals')] };
    },
    holdOff(untilMillis) {
      holdOffUntil = Math.max(holdOffUntil, untilMillis);
    },
    forget(slot) {
      onTrial.delete(slot);
      suspects.delete(slot);
      if (failures.first === slot) failures = { ...failures, several: true };
      if (state.kind !== 'open') state.series.forget(slot);
      if (state.kind === 'paused' && state.culprit === slot) state = { ...state, culprit: undefined };
    },
    adopt(pause, nowMillis, wallMillis) {
      if (pause === undefined) return resumed(nowMillis);
      if (state.kind === 'paused') return NO_CHANGE;
      const changes = state.kind === 'broken' ? recovered(nowMillis - state.sinceMillis) : NO_CHANGE;
      const sinceMillis = nowMillis - Math.max(0, wallMillis - pause.sinceMillis);
      const series = createProbeSeries(PAUSE_RHYTHM, sinceMillis, nowMillis, undefined, chance);
      // The record does not say what it was for; if in doubt, nothing but an acceptance ends it.
      const held = pause.weexCode !== undefined && CODES.get(pause.weexCode)?.kind === 'hold';
      state = {
        kind: 'paused',
        sinceMillis,
        series,
        pause,
        cause: held ? 'hold' : 'refusals',
        culprit: undefined,
      };
      return [...changes, { kind: 'paused', pause }];
    },
    get probe() {
      return state.kind === 'open' ? undefined : state.series.probe;
    },
    get paused() {
      return state.kind === 'paused' ? state.pause : undefined;
    },
    pauseState(nowMillis, wallMillis) {
      if (state.kind !== 'paused') return undefined;
      const { sinceMillis: since, reason } = state.pause;
      const wait = Math.max(state.series.nextMillis, holdOffUntil, nowMillis) - nowMillis;
      return { since, reason, nextProbeAt: Math.round(wallMillis + wait) };
    },
    get down() {
      return state.kind === 'broken' ? state.failure : undefined;
    },
  };
}
