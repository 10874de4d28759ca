import type { Journal } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { DeliveryListener } from './delivery';
import type { GateChange } from './gate';
import type { Guard } from './guard';

export interface AnnouncerParts {
  readonly journal: Pick<Journal, 'paused' | 'resumed'>;
  readonly listener: DeliveryListener;
  readonly guard: Guard;
  readonly clock: Clock;
  /** The account sends again, after a pause or an outage. */
  readonly released: () => void;
}

/** Journals and tells what became of the account; what is in the journal already is only told. */
export type Announce = (changes: readonly GateChange[], journaled?: boolean) => void;

export function createAnnouncer({ journal, listener, guard, clock, released }: AnnouncerParts): Announce {
  function announceOne(change: GateChange, journaled: boolean): void {
    switch (change.kind) {
      case 'paused':
        if (!journaled) guard('journal.paused', undefined, () => journal.paused(change.pause));
        guard('listener.paused', undefined, () => listener.paused(change.pause));
        break;
      case 'resumed':
        if (!journaled) guard('journal.resumed', undefined, () => journal.resumed(clock.wallMillis()));
        released();
        guard('listener.resumed', undefined, () => listener.resumed(change.pausedMillis));
        break;
      case 'down':
        guard('listener.down', undefined, () => listener.down(change.failure, change.reason));
        break;
      case 'recovered':
        released();
        guard('listener.recovered', undefined, () => listener.recovered(change.downMillis));
        break;
    }
  }
  return (changes, journaled = false) => {
    for (const change of changes) announceOne(change, journaled);
  };
}
