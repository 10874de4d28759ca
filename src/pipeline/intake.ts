import { entryOfDraft, redactedDraft } from '../entry/ai-log-entry';
import type { EntryDraft } from '../entry/entry-draft';
import { newEntryId } from '../entry/entry-id';
import type { Mask } from '../entry/mask';
import { sealEntry } from '../entry/seal';
import type { SealedEntry } from '../entry/sealed-entry';
import type { Closed } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { FinishedSpan } from '../mapping/finished-span';
import type { Hooks } from './hooks';

/** A draft after the bot's hooks; `closed` says why it will never be sent. */
export interface Taken {
  readonly draft: EntryDraft;
  readonly closed: Closed | undefined;
  /** The bot's `filter` keeps it back as it is now. */
  readonly isKeptBack: boolean;
}

/** What comes before the journal. Nothing in it throws. */
export interface Intake {
  /** The bot's `redact`, then its `filter`. */
  take(draft: EntryDraft, span: FinishedSpan | undefined): Taken;
  /** Whether the bot's `filter` keeps back what has become of an entry. */
  isKeptBack(draft: EntryDraft, span: FinishedSpan | undefined): boolean;
  readonly hasFilter: boolean;
  /** Credentials masked, sizes bounded, explanation cut. @param id of an entry that is sealed anew */
  seal(draft: EntryDraft, id?: string): SealedEntry;
  /** JSON text with credentials masked. */
  masked(json: string): string;
}

const WITHHELD = '{"withheld":"redact threw, so the content was not kept"}';
/** Why an entry with these problems cannot be sent; `undefined` when there are none. */
export const invalidFor = (problems: readonly string[]): Closed | undefined =>
  problems.length === 0 ? undefined : { state: 'invalid', reason: problems.join('; ') };

export const KEPT_BACK: Closed = { state: 'skipped', reason: 'filter' };

export function createIntake(
  hooks: Pick<Hooks, 'filters' | 'redacts'>,
  maxEntryBytes: number,
  mask: Mask,
  clock: Clock,
  filterThrew: () => void,
): Intake {
  const isKeptBack = (draft: EntryDraft, span: FinishedSpan | undefined): boolean => {
    let isBack = false;
    for (const filter of hooks.filters) {
      try {
        if (filter(entryOfDraft(draft), span) === false) isBack = true;
      } catch {
        filterThrew();
      }
    }
    return isBack;
  };

  return {
    isKeptBack,
    get hasFilter() {
      return hooks.filters.size > 0;
    },
    take(draft, span) {
      const isBack = isKeptBack(draft, span);
      let kept = draft;
      try {
        for (const redact of hooks.redacts) {
          const original = entryOfDraft(kept);
          kept = redactedDraft(kept, redact(original), original);
        }
      } catch {
        // Fails closed: what the bot wanted hidden must not reach the disk because its code has a bug.
        return {
          draft: { ...draft, inputJson: WITHHELD, outputJson: WITHHELD, explanation: 'withheld' },
          closed: { state: 'invalid', reason: 'redact threw; the content was not kept' },
          isKeptBack: isBack,
        };
      }
      return { draft: kept, closed: undefined, isKeptBack: isBack };
    },
    masked: (json) => mask.json(json),
    seal: (draft, id = newEntryId(clock)) => sealEntry(draft, { id, maxEntryBytes, mask }),
  };
}
