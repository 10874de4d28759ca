import type { EntryDraft } from '../../src/entry/entry-draft.js';
import type { FinishedSpan } from '../../src/mapping/finished-span.js';
import type { Notice } from '../../src/mapping/notice.js';
import { createSpanReader, type SpanReaderOptions } from '../../src/mapping/read-span.js';

/** What an own entry's span comes to without its trace. */
export type SpanReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | {
      readonly kind: 'entries';
      readonly drafts: readonly EntryDraft[];
      readonly notices: readonly Notice[];
      readonly stageStated: boolean;
    };

export function createSpanMapper(options: SpanReaderOptions): (span: FinishedSpan) => SpanReading {
  let isUnreadable = false;
  const read = createSpanReader({
    ...options,
    onUnreadable: () => {
      isUnreadable = true;
    },
  });
  return (span) => {
    isUnreadable = false;
    const facts = read(span);
    if (isUnreadable) return { kind: 'skipped', reason: 'unreadable' };
    if (facts?.role !== 'entry') return { kind: 'none' };
    const { draft, notLoggable, orders, notices, stage } = facts;
    if (draft === undefined) return { kind: 'skipped', reason: notLoggable ?? '' };
    const ids = orders.kind === 'ids' ? orders.ids : [undefined];
    const drafts = ids.map((orderId) => ({ ...draft, orderId }));
    return { kind: 'entries', drafts, notices, stageStated: stage?.firmness === 'stated' };
  };
}
