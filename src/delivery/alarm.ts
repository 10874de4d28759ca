import type { Clock, Timer } from '../lib/clock';

/** One timer that rings at the earliest time asked for. Never keeps the process alive. */
export interface Alarm {
  at(millis: number): void;
  cancel(): void;
}

export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let timer: Timer | undefined;
  let ringsAt = Number.POSITIVE_INFINITY;
  return {
    at(millis) {
      if (millis >= ringsAt) return;
      timer?.cancel();
      ringsAt = millis;
      timer = clock.schedule(Math.max(0, millis - clock.monotonicMillis()), () => {
        ringsAt = Number.POSITIVE_INFINITY;
        ring();
      });
    },
    cancel() {
      timer?.cancel();
      ringsAt = Number.POSITIVE_INFINITY;
    },
  };
}
