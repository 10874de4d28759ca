import type { AttemptRecord } from '../journal/journal';
import { plainLine } from '../lib/plain-line';
import type { ClockDifference, Outage, Time } from './bundle';

/** A single failed attempt is in the story of its log; this many in a row are trouble of the account. */
const LEAST_FAILURES = 3;
const MOST_WORDS = 10;

export const timeOf = (millis: number): Time => new Date(millis).toISOString();

export type FailedAttempt = Pick<AttemptRecord, 'disposition' | 'atMillis' | 'weexCode' | 'reason'>;

interface Failure {
  readonly atMillis: number;
  readonly words: string;
}

/** Collects what happened to the account as a whole, in any order. */
export class AccountHistory {
  readonly #failures: Failure[] = [];
  readonly #refused: Failure[] = [];
  readonly #accepted: number[] = [];
  readonly #differences: number[] = [];
  readonly #pauses: { readonly atMillis: number; readonly words: string | undefined }[] = [];

  attempted({ disposition, atMillis, weexCode, reason }: FailedAttempt): void {
    const words = plainLine(weexCode === undefined ? reason : `${weexCode} ${reason}`, 200);
    if (disposition === 'hold') this.#refused.push({ atMillis, words });
    // What WEEX says about one log is no trouble of the account.
    else if (disposition !== 'reject') this.#failures.push({ atMillis, words });
  }

  accepted(atMillis: number, weexMillis: number | undefined): void {
    this.#accepted.push(atMillis);
    if (weexMillis !== undefined) this.#differences.push(weexMillis - atMillis);
  }

  paused(atMillis: number, words: string): void {
    this.#pauses.push({ atMillis, words });
  }

  resumed(atMillis: number): void {
    this.#pauses.push({ atMillis, words: undefined });
  }

  clock(): ClockDifference | undefined {
    const sorted = Float64Array.from(this.#differences).sort();
    const [least, most] = [sorted[0], sorted.at(-1)];
    if (least === undefined || most === undefined) return undefined;
    const medianMillis = sorted[sorted.length >> 1] ?? least;
    return { answers: sorted.length, medianMillis, leastMillis: least, mostMillis: most };
  }

  /** Those that touch the time from `fromMillis` to `untilMillis`, by their beginning. */
  outages(fromMillis: number, untilMillis: number): Outage[] {
    return [...this.#pausedTimes(), ...this.#unreachableTimes()]
      .filter(
        (outage) => outage.begin <= untilMillis && (outage.end ?? Number.POSITIVE_INFINITY) >= fromMillis,
      )
      .sort((one, other) => one.begin - other.begin)
      .map(({ begin, end, kind, failures, words }) => ({
        kind,
        from: timeOf(begin),
        until: end === undefined ? undefined : timeOf(end),
        failedAttempts: failures.length,
        words: failures.length === 0 && words !== undefined ? { [words]: 1 } : counted(failures),
      }));
  }

  *#pausedTimes(): Generator<OutageTime> {
    let begin: { readonly atMillis: number; readonly words: string } | undefined;
    const refused = this.#refused.toSorted((one, other) => one.atMillis - other.atMillis);
    const ended = (since: { readonly atMillis: number; readonly words: string }, end: number | undefined) => {
      const within = refused.filter(
        ({ atMillis }) => atMillis >= since.atMillis && atMillis <= (end ?? Number.POSITIVE_INFINITY),
      );
      return { kind: 'paused' as const, begin: since.atMillis, end, failures: within, words: since.words };
    };
    for (const { atMillis, words } of this.#pauses.toSorted((one, other) => one.atMillis - other.atMillis)) {
      if (words === undefined) {
        if (begin !== undefined) yield ended(begin, atMillis);
        begin = undefined;
      } else {
        begin ??= { atMillis, words };
      }
    }
    if (begin !== undefined) yield ended(begin, undefined);
  }

  /** Runs of failures without an acceptance in between. */
  *#unreachableTimes(): Generator<OutageTime> {
    const accepted = Float64Array.from(this.#accepted).sort();
    let next = 0;
    let run: Failure[] = [];
    const ended = (end: number | undefined): OutageTime[] => {
      const [first] = run;
      const isOutage = first !== undefined && run.length >= LEAST_FAILURES;
      return isOutage ? [{ kind: 'unreachable', begin: first.atMillis, end, failures: run }] : [];
    };
    for (const failure of this.#failures.toSorted((one, other) => one.atMillis - other.atMillis)) {
      const lastMillis = run.at(-1)?.atMillis ?? failure.atMillis;
      while ((accepted[next] ?? Number.POSITIVE_INFINITY) <= lastMillis) next += 1;
      const acceptedMillis = accepted[next];
      if (run.length > 0 && acceptedMillis !== undefined && acceptedMillis < failure.atMillis) {
        yield* ended(acceptedMillis);
        run = [];
      }
      run.push(failure);
    }
    const last = run.at(-1);
    if (last !== undefined) yield* ended(accepted.find((millis) => millis > last.atMillis));
  }
}

interface OutageTime {
  readonly kind: Outage['kind'];
  readonly begin: number;
  readonly end: number | undefined;
  readonly failures: readonly Failure[];
  /** Of a pause that was adopted, or whose refusal is recorded with an entry that is gone. */
  readonly words?: string;
}

function counted(failures: readonly Failure[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of failures) counts.set(words, (counts.get(words) ?? 0) + 1);
  const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, MOST_WORDS);
  return Object.fromEntries(most);
}
