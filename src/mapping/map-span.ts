import { type Clock, systemClock } from '../lib/clock';
import { type FinishedSpan, scopeNameOf } from './finished-span';
import { createNameFilter, type NameFilterOptions } from './name-filter';
import { type EntriesOfSpan, readEntry } from './read-entry';
import { roleOfSpan } from './role-of-span';
import { salvageSpan } from './salvage-span';
import { chooseVocabularies } from './vocabularies/vocabularies';

export interface SpanMapperOptions extends NameFilterOptions {
  readonly vocabularies: 'all' | 'own' | readonly string[];
  /** Stands in for the end time that a broken span lacks. */
  readonly clock?: Pick<Clock, 'wallMillis'> | undefined;
}

/**
 * `excluded`, `not-included`: by a setting of the same name.
 * `unreadable`: not one attribute of the span could be read.
 */
export type SkipReason = 'excluded' | 'not-included' | 'unreadable';

/** What one finished span says, without its trace. */
export type SpanReading =
  /** No entry. Such spans are nearly all that a bot ends, and nothing is kept of them. */
  { readonly kind: 'none' } | { readonly kind: 'skipped'; readonly reason: SkipReason } | EntriesOfSpan;

export type SpanMapper = (span: FinishedSpan) => SpanReading;

const NONE: SpanReading = { kind: 'none' };
const UNREADABLE_SPAN: SpanReading = { kind: 'skipped', reason: 'unreadable' };

/**
 * Makes the function that turns finished spans into entries. It never throws, whatever the span is, and
 * changes nothing on it.
 */
export function createSpanMapper(options: SpanMapperOptions): SpanMapper {
  const { byRole, byFieldFor } = chooseVocabularies(options.vocabularies);
  const verdictOn = createNameFilter(options);
  const clock = options.clock ?? systemClock;

  const read = (span: FinishedSpan): SpanReading => {
    switch (roleOfSpan(span, byRole)?.role ?? 'none') {
      case 'none':
      case 'context':
      case 'tool':
      // Without the trace nobody knows whether a call or a wrapper is the one to log.
      case 'call':
      case 'wrapper':
        return NONE;
      case 'entry': {
        const verdict = verdictOn([scopeNameOf(span), span.name]);
        return verdict === 'passed'
          ? readEntry(span, byFieldFor(span.attributes), clock)
          : { kind: 'skipped', reason: verdict };
      }
    }
  };

  return (span) => {
    try {
      return read(span);
    } catch {
      return readBroken(span);
    }
  };

  function readBroken(span: unknown): SpanReading {
    try {
      const salvaged = salvageSpan(span);
      return salvaged === undefined ? UNREADABLE_SPAN : read(salvaged);
    } catch {
      return UNREADABLE_SPAN;
    }
  }
}
