import type { SealedEntry } from '../entry/sealed-entry';
import type { Closed, Journal, OpenEntry, Slot } from '../journal/journal';
import type { Announcer } from './announcer';
import type { EntryOutcome } from './entry-outcome';
import type { Outcomes } from './outcomes';
import { countSkipped, type Tally } from './tally';

export type Admitted =
  | { readonly kind: 'open'; readonly entryId: string; readonly open: OpenEntry }
  | { readonly kind: 'ended'; readonly entryId: string; readonly outcome: EntryOutcome };

/** Puts entries into the journal, and counts and tells what comes of them there. */
export interface Keeper {
  /** The entry is kept when this returns, or counted as lost. `closed`: it will not be sent. */
  keep(entry: SealedEntry, closed?: Closed | undefined): Admitted;
  /** An open entry will not be sent after all. */
  close(slot: Slot, entry: Pick<SealedEntry, 'id' | 'stage'>, closed: Closed): void;
  /** Where entries go now. */
  journal(): Journal;
  readonly isShut: boolean;
  /** From now on, entries go to a journal that a later process delivers. */
  shut(): void;
}

export interface KeeperParts {
  /** False in mode `record`. */
  readonly sends: boolean;
  readonly journal: Journal;
  readonly openLateJournal: () => Journal;
  readonly outcomes: Outcomes;
  readonly tally: Tally;
  readonly announcer: Announcer;
}

export const RECORDED: Closed = { state: 'skipped', reason: 'mode record' };

export function createKeeper(parts: KeeperParts): Keeper {
  const { outcomes, tally, announcer } = parts;
  let isShut = false;
  let lateJournal: Journal | undefined;

  const journal = (): Journal => {
    if (isShut) lateJournal ??= parts.openLateJournal();
    return lateJournal ?? parts.journal;
  };

  function tell({ id, stage }: Pick<SealedEntry, 'id' | 'stage'>, { state, reason }: Closed): EntryOutcome {
    if (state === 'invalid') {
      tally.invalid += 1;
      announcer.once(
        'error',
        'invalid',
        `a stage cannot be sent to WEEX: ${reason} (stage "${stage}", entry ${id}). It is kept; further ones are counted in health()`,
      );
      announcer.event({ type: 'invalid', entryId: id, reason });
      return { kind: 'invalid', reason };
    }
    countSkipped(tally, reason);
    announcer.event({ type: 'skipped', reason, entryId: id });
    return reason === RECORDED.reason ? { kind: 'recorded' } : { kind: 'skipped', reason };
  }

  function lose(entryId: string): Admitted {
    tally.lost += 1;
    announcer.episode(
      'error',
      'lost',
      isShut
        ? 'an AI log was LOST: its stage ended after shutdown(), and there is no journal on disk. Set journalDir, or shut down last'
        : 'an AI log was LOST: neither the journal nor memory could take it. Free disk space or restore the connection to WEEX',
    );
    announcer.event({ type: 'lost', reason: 'journal and memory are full', entryId });
    return { kind: 'ended', entryId, outcome: { kind: 'lost' } };
  }

  return {
    journal,
    get isShut() {
      return isShut;
    },
    shut() {
      isShut = true;
    },
    keep(entry, closed) {
      const kept: SealedEntry = parts.sends ? entry : { ...entry, recordOnly: true };
      const ended = closed ?? (parts.sends || entry.waiting === true ? undefined : RECORDED);
      if (ended !== undefined) {
        // Marked here too: an invalid one could be mended and sent otherwise.
        if (!journal().appendClosed(kept, ended)) return lose(entry.id);
        outcomes.closed(entry, {
          kind: ended.state === 'invalid' ? 'invalid' : 'skipped',
          reason: ended.reason,
        });
        return { kind: 'ended', entryId: entry.id, outcome: tell(entry, ended) };
      }
      const slot = journal().append(kept);
      if (slot === undefined) return lose(entry.id);
      if (isShut) {
        outcomes.left(entry);
        announcer.once(
          'warn',
          'late',
          'a stage ended after shutdown(): it is kept in the journal, and sent by the next process of this account or by `weex-ai-log drain`',
        );
        return { kind: 'ended', entryId: entry.id, outcome: { kind: 'pending' } };
      }
      outcomes.opened(slot, entry);
      const { startedMillis, endedMillis } = entry;
      const linked = entry.orderId !== undefined;
      return { kind: 'open', entryId: entry.id, open: { slot, startedMillis, endedMillis, linked } };
    },
    close(slot, entry, closed) {
      parts.journal.closed(slot, closed);
      outcomes.settled(slot, {
        kind: closed.state === 'invalid' ? 'invalid' : 'skipped',
        reason: closed.reason,
      });
      tell(entry, closed);
    },
  };
}
