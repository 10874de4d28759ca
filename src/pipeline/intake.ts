import { entryOfDraft, redactedDraft } from '../entry/ai-log-entry';
import type { EntryDraft } from '../entry/entry-draft';
import { newEntryId } from '../entry/entry-id';
import type { Mask } from '../entry/mask';
import { problemsOf, sealEntry } from '../entry/seal';
import type { SealedEntry } from '../entry/sealed-entry';
import type { Closed } from '../journal/journal';
import type { Clock } from '../lib/clock';
import type { FinishedSpan } from '../mapping/finished-span';
import type { Hooks } from './hooks';

/** An entry ready for the journal; `closed` says why it will not be sent. */
export interface Taken {
  readonly entry: SealedEntry;
  readonly closed: Closed | undefined;
  /** The bot's own `filter` threw; the entry was kept. */
  readonly filterThrew: boolean;
}

/** Turns a draft into what is journaled: checked, filtered, redacted, masked, cut. Never throws. */
export type Intake = (draft: EntryDraft, span: FinishedSpan | undefined) => Taken;

const WITHHELD = '{"withheld":"redact threw, so the content was not kept"}';

export function createIntake(
  hooks: Pick<Hooks, 'filters' | 'redacts'>,
  maxEntryBytes: number,
  mask: Mask,
  clock: Clock,
): Intake {
  const seal = (draft: EntryDraft): SealedEntry =>
    sealEntry(draft, { id: newEntryId(clock), maxEntryBytes, mask });

  return (draft, span) => {
    let filterThrew = false;
    let kept = draft;
    let closed: Closed | undefined;
    for (const filter of hooks.filters) {
      try {
        if (filter(entryOfDraft(draft), span) === false) closed = { state: 'skipped', reason: 'filter' };
      } catch {
        filterThrew = true;
      }
    }
    try {
      for (const redact of hooks.redacts) {
        const original = entryOfDraft(kept);
        kept = redactedDraft(kept, redact(original), original);
      }
    } catch {
      // Fails closed: what the bot wanted hidden must not reach the disk because its code has a bug.
      return {
        entry: seal({ ...draft, inputJson: WITHHELD, outputJson: WITHHELD, explanation: 'withheld' }),
        closed: { state: 'invalid', reason: 'redact threw; the content was not kept' },
        filterThrew,
      };
    }
    if (closed === undefined) {
      const problems = problemsOf(kept);
      if (problems.length > 0) closed = { state: 'invalid', reason: problems.join('; ') };
    }
    return { entry: seal(kept), closed, filterThrew };
  };
}
