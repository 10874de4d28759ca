import type { FailureKind } from '../delivery/codes';
import type { PauseRecord } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { Announcer } from './announcer';
import type { Tally } from './tally';

/** What waits to be delivered now. */
export interface Backlog {
  readonly pending: number;
  readonly oldestPendingMillis: number;
}

/** Tells people and the bot how the account fares: that it stopped, that it goes on, that it has caught up. */
export interface AccountNews {
  paused(pause: PauseRecord): void;
  /** An earlier process left the account paused. */
  pausedAtStart(pause: PauseRecord): void;
  resumed(pausedMillis: number): void;
  down(failure: FailureKind, reason: string): void;
  recovered(downMillis: number): void;
  /** An entry was delivered or rejected, and counted. */
  settled(): void;
}

export interface AccountNewsParts {
  readonly announcer: Pick<Announcer, 'change' | 'event'>;
  readonly tally: Readonly<Tally>;
  readonly clock: Pick<Clock, 'monotonicMillis'>;
  readonly backlog: () => Backlog;
}

export function createAccountNews({ announcer, tally, clock, backlog }: AccountNewsParts): AccountNews {
  /** Since WEEX accepts again, while logs from before wait. */
  let catchingUp:
    | { readonly sinceMillis: number; readonly delivered: number; readonly rejected: number }
    | undefined;

  const pausedEvent = ({ sinceMillis, reason, weexCode, httpStatus }: PauseRecord): void =>
    announcer.event({
      type: 'paused',
      since: sinceMillis,
      reason,
      weexCode,
      httpStatus,
      pending: backlog().pending,
    });

  /** Returns how many wait. */
  function goesOn(): number {
    const { pending } = backlog();
    catchingUp =
      pending === 0
        ? undefined
        : { sinceMillis: clock.monotonicMillis(), delivered: tally.delivered, rejected: tally.rejected };
    return pending;
  }

  return {
    paused(pause) {
      catchingUp = undefined;
      announcer.change(
        'error',
        `paused: WEEX refuses this account's logs (${wordsOf(pause)}). Everything is kept, ${waiting(backlog().pending)}; one log at a time is tried until WEEX accepts`,
      );
      pausedEvent(pause);
    },
    pausedAtStart(pause) {
      announcer.change(
        'error',
        `still paused, since ${new Date(pause.sinceMillis).toISOString()}: WEEX refused this account's logs (${wordsOf(pause)}). Everything is kept; one log at a time is tried until WEEX accepts`,
      );
      pausedEvent(pause);
    },
    resumed(pausedMillis) {
      const pending = goesOn();
      announcer.change(
        'info',
        `resumed after ${duration(pausedMillis)}: WEEX accepts logs again; ${waiting(pending)}`,
      );
      announcer.event({ type: 'resumed', pausedMillis, pending });
    },
    down(failure, reason) {
      catchingUp = undefined;
      const { pending } = backlog();
      announcer.change(
        'warn',
        `${DOWN[failure]} (${failure}: ${reason}). Everything is kept, ${waiting(pending)}`,
      );
      announcer.event({ type: 'down', kind: failure, reason, pending });
    },
    recovered(downMillis) {
      const pending = goesOn();
      announcer.change('info', `WEEX answers again after ${duration(downMillis)}; ${waiting(pending)}`);
      announcer.event({ type: 'recovered', downMillis, pending });
    },
    settled() {
      if (catchingUp === undefined) return;
      const { sinceMillis, delivered, rejected } = catchingUp;
      const sofarMillis = clock.monotonicMillis() - sinceMillis;
      // What ended after WEEX went on is no part of the backlog.
      if (backlog().oldestPendingMillis > sofarMillis) return;
      catchingUp = undefined;
      const refused = tally.rejected - rejected;
      announcer.change(
        'info',
        `caught up within ${duration(sofarMillis)}: ${logs(tally.delivered - delivered)} delivered${refused === 0 ? '' : `, ${refused} rejected`}`,
      );
    },
  };
}

const DOWN: Readonly<Record<FailureKind, string>> = {
  network: 'WEEX cannot be reached',
  server: 'WEEX fails',
  'rate-limit': "the account's rate at WEEX is used up",
};

/** WEEX's code and words. */
export const wordsOf = ({
  weexCode,
  reason,
}: {
  readonly weexCode?: string | undefined;
  readonly reason: string;
}): string => (weexCode === undefined ? reason : `${weexCode} ${reason}`);

const logs = (count: number): string => (count === 1 ? '1 log' : `${count} logs`);

const waiting = (pending: number): string =>
  pending === 0 ? 'nothing waits' : pending === 1 ? '1 log waits' : `${pending} logs wait`;

function duration(millis: number): string {
  const seconds = Math.round(millis / 1_000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
