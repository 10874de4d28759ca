import type { Decision } from '../assembly/decision';
import { writeJournaledSpan } from '../assembly/journaled-span';
import type { JournaledSpan, RestoredSpan } from '../assembly/restored-span';
import type { LinkTarget, TraceAssembler } from '../assembly/trace-assembler';
import type { StartedSpan } from '../assembly/trace-store';
import { amendedDraft } from '../entry/amend';
import type { EntryDraft } from '../entry/entry-draft';
import { problemsOf } from '../entry/seal';
import type { SealedEntry } from '../entry/sealed-entry';
import type { Closed, Journal, OpenEntry, RecoveredSpan, Slot, WaitingEntry } from '../journal/journal';
import { attempt } from '../lib/attempt';
import type { Clock, Timer } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import { type FinishedSpan, localParentOf } from '../mapping/finished-span';
import type { MessageLogRecord } from '../mapping/log-messages';
import type { SpanReader } from '../mapping/read-span';
import type { SpanFacts } from '../mapping/span-facts';
import type { Announcer } from './announcer';
import type { Fate } from './entry-outcome';
import { type Intake, invalidFor, KEPT_BACK } from './intake';
import { tellInternal } from './internal-error';
import { type Keeper, RECORDED } from './keeper';
import { LoggedMessages } from './logged-messages';
import type { Outcomes } from './outcomes';
import { restoredSpanOf } from './restored-span-of';
import { countSkipped, type Tally } from './tally';

export interface SpanEntriesParts {
  /** False in mode `record`: entries are journaled and never sent. */
  readonly sends: boolean;
  readonly linkWindowMillis: number;
  readonly readSpan: SpanReader;
  readonly intake: Intake;
  readonly assembler: TraceAssembler;
  readonly keeper: Keeper;
  readonly journal: Journal;
  readonly outcomes: Outcomes;
  readonly tally: Tally;
  readonly announcer: Announcer;
  readonly clock: Clock;
  /** Delivery may have them; those of one trace in order of span start. */
  readonly release: (group: readonly OpenEntry[]) => void;
}

/** The entries of spans, from the span to the moment when they may go to WEEX. */
export interface SpanEntries {
  /** For every span of the bot. */
  started(span: StartedSpan): void;
  /** What is for WEEX is in the journal when this returns. */
  ended(span: FinishedSpan): Fate;
  logged(record: MessageLogRecord): void;
  /** Takes up what waited when a process ended. */
  recovered(spans: readonly RecoveredSpan[]): void;
  /** Whether an entry that waits, or one to come, gets the order. */
  link(target: LinkTarget | { readonly entryId: string }, orderId: string): boolean;
  isWaiting(entryId: string): boolean;
  /** Releases what waits in traces with no open span. */
  flush(): void;
  /** Releases all but what waits for the order of a client order id. */
  close(): void;
  /** The process goes on without us: no timer is left. */
  stop(): void;
  waiting(): number;
}

/** An entry that waits for its trace. */
interface Waiting extends Pick<SealedEntry, 'id' | 'stage' | 'orderId' | 'origin' | 'clientOrderId'> {
  readonly startedMillis: number;
  readonly endedMillis: number;
  readonly explanationDerived: boolean;
  readonly recordOnly: boolean;
  /** What it lacks until its trace lends it. */
  readonly lacks: Closed | undefined;
  /** The bot's filter does not want it as it is. */
  readonly keptBack: boolean;
  /** Kept for the bot's filter, if it has one; not there after a restart. */
  readonly span: FinishedSpan | undefined;
}

export function createSpanEntries(parts: SpanEntriesParts): SpanEntries {
  const { assembler, keeper, journal, intake, outcomes, tally, announcer, clock } = parts;
  const waiting = new Map<Slot, Waiting>();
  const messages = new LoggedMessages();
  let timer: Timer | undefined;
  let timerDueMillis = Number.POSITIVE_INFINITY;

  const now = (): number => clock.monotonicMillis();

  /** Wakes when the next window ends. */
  function arm(): void {
    const due = assembler.nextDueMillis();
    if (keeper.isShut || due === undefined || (timer !== undefined && timerDueMillis <= due)) return;
    timer?.cancel();
    timerDueMillis = due;
    timer = clock.schedule(due - now(), () => {
      timer = undefined;
      timerDueMillis = Number.POSITIVE_INFINITY;
      guarded(() => withoutTracing(() => apply(assembler.tick(now()))));
      arm();
    });
  }

  /** For what the bot does not call, or must not see fail: a bug of ours. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      tellInternal(announcer, error, 'what waited for its trace may go without its order');
    }
  }

  /** Nothing that a span says may reach the disk with a credential in it. */
  const knownOf = (span: JournaledSpan): string => intake.masked(writeJournaledSpan(span));

  function skip(reason: string): void {
    countSkipped(tally, reason);
    announcer.event({ type: 'skipped', reason });
  }

  function take(span: FinishedSpan, facts: SpanFacts): Fate {
    for (const { code, text } of facts.notices) {
      // An order that is not told is the costly one, so it is said again and counted.
      if (code === 'order-id-refused') announcer.episode('warn', code, text);
      else announcer.once('warn', code, text);
    }
    if (facts.draft !== undefined) return keepEntries(span, facts, facts.draft);
    const { notLoggable, role } = facts;
    if (notLoggable !== undefined && role !== 'wrapper') skip(notLoggable);
    const known = assembler.journaled(facts);
    const decisions = assembler.spanEnded(facts, [], now());
    // Before what it decides: a process that ends in the middle of that must leave the grounds for the rest.
    if (role !== 'none' && (decisions.length > 0 || assembler.isUndecided(facts.traceId))) {
      const { traceId, spanId } = facts;
      keeper.journal().keepSpan({ traceId, spanId, known: knownOf(known) });
    }
    apply(decisions);
    return 'not-for-weex';
  }

  function keepEntries(span: FinishedSpan, given: SpanFacts, first: EntryDraft): Fate {
    const { draft, closed, isKeptBack } = intake.take(first, span);
    // What the bot redacts must not reach the disk by another way.
    const stage =
      draft.stage === first.stage ? given.stage : { text: draft.stage ?? '', firmness: 'stated' as const };
    const facts: SpanFacts = { ...given, draft, stage };
    const { orders } = facts;
    const drafts =
      orders.kind === 'ids' && orders.ids.length > 1
        ? orders.ids.map((orderId) => ({ ...draft, orderId }))
        : [draft];
    const problems = problemsOf(draft);
    const isBeyondHelp = closed ?? beyondHelp(problems);
    const isAlone = isBeyondHelp === undefined && !keeper.isShut && assembler.endsAlone(facts);
    const hopeless = isBeyondHelp ?? (isAlone && isKeptBack ? KEPT_BACK : undefined);
    // What it says of its order has to outlive a crash even if it is not sent itself.
    const known = isAlone ? undefined : knownOf(assembler.journaled(facts));
    let fate: Fate = 'kept';
    if (hopeless !== undefined || isAlone) {
      const group: OpenEntry[] = [];
      for (const one of drafts) {
        const sealed = intake.seal(one);
        const entry = known === undefined ? sealed : { ...sealed, known };
        if (entry.explanationDerived) tally.derivedExplanations += 1;
        const admitted = keeper.keep(entry, hopeless);
        if (admitted.kind === 'open') group.push(admitted.open);
        else if (admitted.outcome.kind === 'lost') fate = 'lost';
      }
      if (!isAlone) apply(assembler.spanEnded(facts, [], now()));
      if (group.length > 0) parts.release(group);
      return fate;
    }
    const handles: Slot[] = [];
    for (const one of drafts) {
      const entry: SealedEntry = {
        ...intake.seal(one),
        known,
        waiting: true,
        ...(isKeptBack && { keptBack: true }),
      };
      const admitted = keeper.keep(entry);
      if (admitted.kind === 'open') {
        handles.push(admitted.open.slot);
        holdBack(admitted.open.slot, entry, problems, span);
      } else if (admitted.outcome.kind === 'lost') fate = 'lost';
    }
    apply(assembler.spanEnded(facts, handles, now()));
    arm();
    return fate;
  }

  function holdBack(
    slot: Slot,
    entry: SealedEntry,
    problems: readonly string[],
    span: FinishedSpan | undefined,
  ): void {
    const { id, stage, orderId, origin, clientOrderId, startedMillis, endedMillis } = entry;
    waiting.set(slot, {
      id,
      stage,
      orderId,
      origin,
      clientOrderId,
      startedMillis,
      endedMillis,
      explanationDerived: entry.explanationDerived,
      recordOnly: !parts.sends || entry.recordOnly === true,
      lacks: invalidFor(problems),
      keptBack: entry.keptBack === true,
      span: intake.hasFilter ? span : undefined,
    });
  }

  function apply(decisions: readonly Decision[]): void {
    // What is not decided by then belongs to the process that takes the files over.
    if (keeper.isShut) return;
    let group: OpenEntry[] = [];
    let traceId: string | undefined;
    const release = (): void => {
      if (group.length > 0) parts.release(group);
      group = [];
    };
    for (const decision of decisions) {
      const entry = waiting.get(decision.handle);
      waiting.delete(decision.handle);
      if (entry === undefined) continue;
      if (decision.traceId !== traceId) release();
      traceId = decision.traceId;
      const open = carryOutSafely(decision, entry);
      if (open !== undefined) group.push(open);
    }
    release();
  }

  /** A bug of ours must not hold an entry back: then it goes as it is. */
  function carryOutSafely(decision: Decision, entry: Waiting): OpenEntry | undefined {
    try {
      return carryOut(decision, entry);
    } catch (error) {
      tellInternal(announcer, error, 'an AI log goes as it is');
      const { startedMillis, endedMillis, orderId, recordOnly } = entry;
      const slot = decision.handle;
      if (decision.kind !== 'release' || recordOnly || journal.read(slot) === undefined) return undefined;
      return { slot, startedMillis, endedMillis, linked: orderId !== undefined };
    }
  }

  function carryOut(decision: Decision, entry: Waiting): OpenEntry | undefined {
    const slot = decision.handle;
    if (decision.kind === 'skip') {
      keeper.close(slot, entry, { state: 'skipped', reason: decision.reason });
      return undefined;
    }
    const { lent, link } = decision;
    let { stage, explanationDerived } = entry;
    let closed = decision.kind === 'invalid' ? invalidFor(decision.problems) : undefined;
    const orderId = link === undefined ? entry.orderId : decision.orderId;
    const before = Object.keys(lent).length > 0 ? journal.read(slot) : undefined;
    if (before === undefined) {
      if (entry.keptBack) closed ??= KEPT_BACK;
      closed ??= entry.lacks;
      if (link === undefined && closed === undefined && !entry.recordOnly) journal.released(slot);
    } else {
      const draft = amendedDraft(before, lent);
      closed ??= invalidFor(problemsOf(draft));
      // Without the span nobody can ask the filter again, so its first answer stands.
      const isBack = (entry.keptBack && entry.span === undefined) || intake.isKeptBack(draft, entry.span);
      if (isBack) closed ??= KEPT_BACK;
      const sealed = intake.seal(draft, entry.id);
      ({ stage, explanationDerived } = sealed);
      const { known, recordOnly } = before;
      // With its order in the same line: a process that ends before the link's is written must not forget it.
      const amended = { ...sealed, known, recordOnly, orderId: orderId ?? sealed.orderId };
      // One that is closed waits until that is written: a process that ends before must not leave it to be sent.
      journal.amend(slot, closed === undefined ? amended : { ...amended, waiting: true, keptBack: isBack });
    }
    if (link !== undefined && orderId !== undefined) {
      journal.link(slot, orderId, link.reason, closed !== undefined);
      outcomes.linked(slot, orderId);
    }
    if (closed === undefined && decision.kind === 'release' && decision.ambiguous) tally.ambiguousLinks += 1;
    if (entry.recordOnly) closed ??= RECORDED;
    if (closed !== undefined) {
      keeper.close(slot, { id: entry.id, stage }, closed);
      return undefined;
    }
    if (explanationDerived) tally.derivedExplanations += 1;
    const { startedMillis, endedMillis } = entry;
    return { slot, startedMillis, endedMillis, linked: orderId !== undefined };
  }

  /** Its trace cannot be known again, so it goes as it is. */
  function goAlone(found: WaitingEntry): void {
    const { slot, entry, recordOnly } = found;
    if (entry !== undefined) {
      outcomes.opened(slot, entry);
      const lacks = invalidFor(problemsOf(amendedDraft(entry, {})));
      const closed = entry.keptBack ? KEPT_BACK : (lacks ?? (recordOnly ? RECORDED : undefined));
      if (closed !== undefined) {
        keeper.close(slot, entry, closed);
        return;
      }
    } else if (recordOnly) {
      journal.closed(slot, RECORDED);
      return;
    }
    journal.released(slot);
    parts.release([found]);
  }

  return {
    started(span) {
      if (!keeper.isShut) assembler.spanStarted(span);
    },
    ended(span) {
      const facts = parts.readSpan(span, messages.isEmpty ? undefined : messagesOf(span));
      if (facts === undefined) {
        const context = attempt(() => span.spanContext());
        if (context === undefined) return 'not-for-weex';
        const { traceId, spanId } = context;
        if (assembler.leavesNothing(traceId, spanId)) return 'not-for-weex';
        const parentOf = () => localParentOf(span);
        const decisions = assembler.plainSpanEnded(traceId, spanId, now(), parentOf);
        if (decisions.length > 0) withoutTracing(() => apply(decisions));
        return 'not-for-weex';
      }
      // A span without ids cannot be told from another one; rather twice than never.
      if (facts.spanId !== '' && outcomes.knows(facts)) return 'kept';
      return withoutTracing(() => take(span, facts));
    },
    logged: (record) => messages.add(record),
    recovered(spans) {
      const restored: RestoredSpan[] = [];
      for (const span of spans) {
        const known = restoredSpanOf(span, parts.linkWindowMillis, clock.wallMillis());
        if (known === undefined) {
          for (const found of span.waiting) goAlone(found);
          continue;
        }
        restored.push(known);
        for (const { slot, recordOnly, entry = span.entry } of span.waiting) {
          if (entry === undefined) continue;
          outcomes.opened(slot, entry);
          holdBack(slot, { ...entry, recordOnly }, problemsOf(amendedDraft(entry, {})), undefined);
        }
      }
      apply(assembler.restore(restored, now()));
      arm();
    },
    link(target, orderId) {
      if (keeper.isShut) return false;
      const concerned = [...waiting].filter(([, entry]) => isMeant(entry, target));
      const found = 'entryId' in target ? concerned[0]?.[0] : undefined;
      if ('entryId' in target && found === undefined) return false;
      const meant: LinkTarget = 'entryId' in target ? { entry: found ?? -1 } : target;
      const decisions = assembler.linkOrder(meant, orderId, now());
      if (decisions === 'unknown') return false;
      apply(decisions);
      for (const [slot, { origin }] of concerned) {
        if (origin === undefined || !waiting.has(slot)) continue;
        const { traceId, spanId } = origin;
        journal.keepSpan({ traceId, spanId, namedOrderId: orderId });
      }
      return true;
    },
    isWaiting: (entryId) => [...waiting.values()].some(({ id }) => id === entryId),
    flush: () => apply(assembler.flush(now())),
    close: () => apply(assembler.close(now())),
    stop: () => timer?.cancel(),
    waiting: () => assembler.waiting(),
  };

  function messagesOf(span: FinishedSpan) {
    const context = attempt(() => span.spanContext());
    return context === undefined ? undefined : messages.take(context.traceId, context.spanId);
  }
}

/** What no other span of the trace can mend; what is missing may still be lent. */
const beyondHelp = (problems: readonly string[]): Closed | undefined =>
  invalidFor(problems.filter((problem) => !problem.endsWith(' is missing')));

function isMeant(entry: Waiting, target: LinkTarget | { readonly entryId: string }): boolean {
  if ('entryId' in target) return entry.id === target.entryId;
  if ('traceId' in target) return entry.origin?.traceId === target.traceId;
  return 'clientOrderId' in target && entry.clientOrderId === target.clientOrderId;
}
