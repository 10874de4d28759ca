import type { Journal, Rejection, Slot } from '../journal/journal';
import type { Clock } from '../lib/clock';
import { type AttemptParts, type Flight, makeAttempt } from './attempt';
import type { Guard } from './guard';
import type { Settlement } from './settlement';
import type { SigningCredentials } from './sign';
import type { SignedRequest } from './transport';

const FIRST_READ_AGAIN_MILLIS = 1_000;
const LONGEST_READ_AGAIN_MILLIS = 60_000;
const SIGN_AGAIN_MILLIS = 5_000;

/** Credentials that may come from files and change while the bot runs. */
export interface CredentialSource {
  current(): SigningCredentials;
  /** Reads files again; on any trouble the former values stay. */
  refresh(): SigningCredentials;
}

export type Prepared =
  | { readonly kind: 'ready'; readonly flight: Flight; readonly request: SignedRequest }
  /** It could not be read or signed: tried again then. */
  | { readonly kind: 'later'; readonly atMillis: number }
  /** It can never be sent and was given up. */
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export interface Preparation {
  prepare(slot: Slot): Prepared;
  /** Before a probe of a paused account: the key may have been repaired in its file. */
  refreshCredentials(): void;
  /** What must never show up in records and messages. */
  secrets(): readonly string[];
}

export interface PreparationParts {
  readonly attempt: AttemptParts;
  readonly journal: Pick<Journal, 'read' | 'isLost' | 'sending'>;
  readonly credentials: CredentialSource;
  readonly guard: Guard;
  readonly clock: Clock;
}

/** @param settlement is made later than this, and needs our secrets itself */
export function createPreparation(parts: PreparationParts, settlement: () => Settlement): Preparation {
  const { journal, credentials, guard, clock } = parts;
  const failedReads = new Map<Slot, number>();
  let signedWith: SigningCredentials | undefined;
  let secrets: readonly string[] = [];

  function use(now: SigningCredentials): SigningCredentials {
    if (now !== signedWith) {
      signedWith = now;
      secrets = [now.apiSecret, now.apiPassphrase, now.apiKey];
    }
    return now;
  }

  function giveUp(slot: Slot, entryId: string, rejection: Rejection): Prepared {
    settlement().giveUp(slot, entryId, rejection);
    return { kind: 'rejected', rejection };
  }

  /** An entry that the journal still has is worth waiting for, however long its disk is away. */
  function unreadable(slot: Slot): Prepared {
    const failed = failedReads.get(slot) ?? 0;
    if (!guard('journal.isLost', false, () => journal.isLost(slot))) {
      failedReads.set(slot, failed + 1);
      const wait = Math.min(LONGEST_READ_AGAIN_MILLIS, FIRST_READ_AGAIN_MILLIS * 2 ** failed);
      return { kind: 'later', atMillis: clock.monotonicMillis() + wait };
    }
    failedReads.delete(slot);
    const reason = 'the journal cannot read the entry: its file is damaged or gone';
    return giveUp(slot, '', { httpStatus: undefined, weexCode: undefined, reason });
  }

  return {
    secrets: () => secrets,
    refreshCredentials() {
      guard('credentials.refresh', undefined, () => use(credentials.refresh()));
    },
    prepare(slot) {
      const entry = guard('journal.read', undefined, () => journal.read(slot));
      if (entry === undefined) return unreadable(slot);
      if (failedReads.size > 0) failedReads.delete(slot);
      const made = guard('signing', undefined, () => {
        const now = { nowMillis: clock.monotonicMillis(), wallMillis: clock.wallMillis() };
        const history = settlement().historyOf(slot);
        return makeAttempt(parts.attempt, slot, entry, history, use(credentials.current()), now);
      });
      // That is about the credentials, and no fault of the entry.
      if (made === undefined) return { kind: 'later', atMillis: clock.monotonicMillis() + SIGN_AGAIN_MILLIS };
      if (made.flight.fits) {
        guard('journal.sending', undefined, () => journal.sending(slot));
        return { kind: 'ready', ...made };
      }
      const reason = 'the entry is larger than WEEX takes, and nothing in it can be cut';
      return giveUp(slot, entry.id, { httpStatus: 413, weexCode: undefined, reason });
    },
  };
}
