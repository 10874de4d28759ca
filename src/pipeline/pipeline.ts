import type { StartedSpan } from '../assembly/trace-store';
import type { Delivery, DeliveryListener } from '../delivery/delivery';
import type { SyncTransport } from '../delivery/transport';
import { type AiLogEntry, draftOfEntry, refusedOrderIdOf } from '../entry/ai-log-entry';
import type { EntryDraft } from '../entry/entry-draft';
import { readOrderIds } from '../entry/order-id';
import { problemsOf } from '../entry/seal';
import type { SealedEntry } from '../entry/sealed-entry';
import type {
  FileJournal,
  Journal,
  OpenEntry,
  PauseRecord,
  RecoveredEntry,
  RecoveredSpan,
  Rejection,
  Slot,
  WeexReceipt,
} from '../journal/journal';
import type { Clock } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import type { FinishedSpan } from '../mapping/finished-span';
import type { MessageLogRecord } from '../mapping/log-messages';
import { createAccountNews, wordsOf } from './account-news';
import type { Announcer } from './announcer';
import type { EntryOutcome, Fate, LinkOutcome } from './entry-outcome';
import { healthOf, type WeexHealth } from './health';
import { type Intake, invalidFor, KEPT_BACK } from './intake';
import { tellInternal } from './internal-error';
import { type Admitted, type Keeper, RECORDED } from './keeper';
import type { Metrics } from './metrics';
import type { OrderTarget, Outcomes, WaitTarget } from './outcomes';
import type { SpanEntries } from './span-entries';
import type { Tally } from './tally';

/** One account's way from finished span to receipt. Nothing in it throws into the bot. */
export interface Pipeline {
  /** For every span of the bot. */
  spanStarted(span: StartedSpan): void;
  /** Takes a finished span: what is for WEEX is in the journal when this returns. */
  acceptSpan(span: FinishedSpan): Fate;
  /** Takes a log record: it may hold the messages of a model call whose span has not ended yet. */
  acceptLogRecord(record: MessageLogRecord): void;
  /** Names the order of entries that wait for it. */
  linkOrder(target: OrderTarget, orderId: string | number | bigint): LinkOutcome;
  /** Takes an entry made without a span. */
  submit(entry: AiLogEntry): { readonly entryId: string; readonly settled: Promise<EntryOutcome> };
  /** Sends an entry that was sealed before under another id, as it is. */
  resend(entry: SealedEntry): { readonly entryId: string; readonly settled: Promise<EntryOutcome> };
  /** As `submit`, blocking the thread until the entry's end or for `timeoutMillis`. */
  submitSync(
    entry: AiLogEntry,
    transport: SyncTransport,
    timeoutMillis: number,
  ): { readonly entryId: string; readonly outcome: EntryOutcome };
  wait(target: WaitTarget, timeoutMillis: number): Promise<readonly WeexReceipt[]>;
  health(): WeexHealth;
  flush(timeoutMillis: number): Promise<void>;
  /** Lets go what waits for traces that have not ended, as far as it needs nothing but its trace. */
  releaseAll(): void;
  close(timeoutMillis: number): Promise<void>;
}

export interface PipelineParts {
  readonly intake: Intake;
  readonly journal: Journal | FileJournal;
  readonly keeper: Keeper;
  readonly openSpanEntries: (release: (group: readonly OpenEntry[]) => void) => SpanEntries;
  /** A pause that an earlier process, or another one, has left. */
  readonly pausedAtStart: PauseRecord | undefined;
  readonly openDelivery: (listener: DeliveryListener) => Delivery;
  readonly outcomes: Outcomes;
  readonly tally: Tally;
  readonly announcer: Announcer;
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, 'monotonicMillis'>;
}

/** What owners of a pipeline also do with it. */
export interface RecoveringPipeline extends Pipeline {
  /** Takes over what dead processes left. */
  recovered(entries: readonly RecoveredEntry[]): void;
  recoveredWaiting(spans: readonly RecoveredSpan[]): void;
}

export function createPipeline(parts: PipelineParts): RecoveringPipeline {
  const { intake, keeper, outcomes, tally, announcer, metrics } = parts;
  let pause = parts.pausedAtStart;
  const watchers = new Map<string, (outcome: EntryOutcome) => void>();

  const tellWatcher = (entryId: string, outcome: EntryOutcome): void => {
    watchers.get(entryId)?.(outcome);
    watchers.delete(entryId);
  };

  const listener: DeliveryListener = {
    accepted(slot: Slot, receipt, acceptance) {
      tally.delivered += 1;
      tally.lastReceiptAt = receipt.acceptedAt;
      if (receipt.possibleDuplicate) tally.possibleDuplicates += 1;
      metrics.accepted(receipt, acceptance);
      outcomes.settled(slot, { kind: 'accepted', receipt });
      tellWatcher(receipt.entryId, { kind: 'accepted', receipt });
      announcer.event({ type: 'delivered', receipt });
      news.settled();
    },
    rejected(slot, entryId, rejection, durationMillis) {
      tally.rejected += 1;
      metrics.rejected(rejection, durationMillis);
      outcomes.settled(slot, { kind: 'rejected', rejection });
      tellWatcher(entryId, { kind: 'rejected', rejection });
      announcer.episode(
        'error',
        'rejected',
        `WEEX rejected a log (${wordsOf(rejection)}). It is set aside, entry ${entryId}; it counts as missing until it is mended and sent again`,
      );
      announcer.event({ type: 'rejected', entryId, ...rejection });
      news.settled();
    },
    paused(now) {
      pause = now;
      for (const entryId of [...watchers.keys()])
        tellWatcher(entryId, { kind: 'paused', refusal: refusalOf(now) });
      news.paused(now);
    },
    resumed(pausedMillis) {
      pause = undefined;
      news.resumed(pausedMillis);
    },
    down: (failure, reason) => news.down(failure, reason),
    recovered: (downMillis) => news.recovered(downMillis),
  };
  const delivery = parts.openDelivery(listener);
  const spans = parts.openSpanEntries((group) => delivery.enqueue(group));
  const news = createAccountNews({ announcer, tally, clock: parts.clock, backlog: () => delivery.state() });
  if (pause !== undefined) news.pausedAtStart(pause);
  metrics.observe({
    tally,
    state() {
      const { pending, oldestPendingMillis, paused } = delivery.state();
      return { pending, oldestPendingMillis, waiting: spans.waiting(), paused: paused !== undefined };
    },
  });

  /** When this returns the entry is kept, or counted as lost. */
  function admit(given: EntryDraft): Admitted {
    const { draft, isKeptBack, closed = isKeptBack ? KEPT_BACK : undefined } = intake.take(given, undefined);
    const entry = intake.seal(draft);
    if (entry.explanationDerived) tally.derivedExplanations += 1;
    return keeper.keep(entry, closed ?? invalidFor(problemsOf(draft)));
  }

  /** An entry without a span. */
  function admitEntry(entry: AiLogEntry): Admitted {
    const reason = refusedOrderIdOf(entry);
    if (reason !== undefined)
      announcer.episode('warn', 'order-id-refused', `an order id is not sent: ${reason}`);
    return admit(draftOfEntry(entry));
  }

  // Whatever is kept is written in the bot's context, where an instrumentation of `fs` would trace it; so all of
  // this runs without tracing.
  function linkOrder(target: OrderTarget, given: string | number | bigint): LinkOutcome {
    if (!isOrderTarget(target)) {
      announcer.episode(
        'warn',
        'order-target',
        'linkOrder: expected { traceId }, { entryId } or { clientOrderId } with a text; the order is not linked',
      );
      return 'unknown';
    }
    const reading = readOrderIds(given);
    const orderId = reading.kind === 'ids' ? reading.ids[0] : undefined;
    if (orderId === undefined) {
      const why = reading.kind === 'refused' ? reading.reason : 'expected the decimal digits of an order id';
      announcer.episode('warn', 'order-id-refused', `linkOrder links nothing: ${why}`);
      return 'refused';
    }
    const late = outcomes.withoutOrder(target).filter((entryId) => !spans.isWaiting(entryId));
    const isLinked = spans.link(target, orderId);
    if (late.length === 0) return isLinked ? 'linked' : 'unknown';
    if ('note' in parts.journal)
      for (const entryId of late) parts.journal.note('late-order', { entryId, orderId });
    return isLinked && !('clientOrderId' in target) ? 'linked' : 'too-late';
  }

  const guarded = (work: () => void): void => {
    try {
      withoutTracing(work);
    } catch (error) {
      tellInternal(announcer, error, 'what waits for its trace goes when its window ends');
    }
  };

  const follow = (admitted: Admitted): ReturnType<Pipeline['submit']> => {
    if (admitted.kind === 'ended') {
      return { entryId: admitted.entryId, settled: Promise.resolve(admitted.outcome) };
    }
    if (pause !== undefined) {
      delivery.enqueue([admitted.open]);
      const settled = Promise.resolve<EntryOutcome>({ kind: 'paused', refusal: refusalOf(pause) });
      return { entryId: admitted.entryId, settled };
    }
    const settled = new Promise<EntryOutcome>((resolve) => watchers.set(admitted.entryId, resolve));
    delivery.enqueue([admitted.open]);
    return { entryId: admitted.entryId, settled };
  };

  return {
    spanStarted: (span) => spans.started(span),
    acceptLogRecord: (record) => spans.logged(record),
    linkOrder(target, orderId) {
      try {
        return withoutTracing(() => linkOrder(target, orderId));
      } catch (error) {
        tellInternal(announcer, error, 'linkOrder linked nothing');
        return 'unknown';
      }
    },
    recovered(entries) {
      for (const entry of entries) {
        if (entry.recordOnly) parts.journal.closed(entry.slot, RECORDED);
        else delivery.enqueue([entry]);
      }
    },
    recoveredWaiting: (found) => spans.recovered(found),
    acceptSpan(span) {
      try {
        return spans.ended(span);
      } catch (error) {
        tally.lost += 1;
        tellInternal(announcer, error, 'an AI log was LOST');
        announcer.event({ type: 'lost', reason: 'internal error' });
        return 'lost';
      }
    },
    submit: (entry) => withoutTracing(() => follow(admitEntry(entry))),
    resend: (entry) => withoutTracing(() => follow(keeper.keep(entry))),
    submitSync: (entry, transport, timeoutMillis) =>
      withoutTracing(() => {
        const admitted = admitEntry(entry);
        const { entryId } = admitted;
        if (admitted.kind === 'ended') return { entryId, outcome: admitted.outcome };
        const outcome = delivery.sendSync(admitted.open, transport, timeoutMillis);
        if (outcome.kind !== 'paused') return { entryId, outcome };
        const { reason } = outcome.pause;
        return { entryId, outcome: { kind: 'paused', refusal: refusalOf(pause ?? { reason }) } };
      }),
    wait: (target, timeoutMillis) => outcomes.wait(target, timeoutMillis),
    health: () => healthOf(tally, delivery.state(), parts.journal.kind, spans.waiting()),
    releaseAll: () => guarded(() => spans.close()),
    async flush(timeoutMillis) {
      guarded(() => spans.flush());
      await delivery.flush(timeoutMillis);
      await parts.journal.sync();
      announcer.drain();
    },
    async close(timeoutMillis) {
      await delivery.close(timeoutMillis);
      for (const entryId of [...watchers.keys()]) tellWatcher(entryId, { kind: 'pending' });
      metrics.close();
      spans.stop();
      keeper.shut();
      await parts.journal.close();
      announcer.close();
    },
  };
}

/** What plain JavaScript may hand over. */
function isOrderTarget(target: unknown): target is OrderTarget {
  if (typeof target !== 'object' || target === null) return false;
  const named = Object.entries(target).filter(([name]) => TARGETS.has(name));
  return named.length === 1 && named.every(([, value]) => typeof value === 'string' && value !== '');
}

const TARGETS: ReadonlySet<string> = new Set(['traceId', 'entryId', 'clientOrderId']);

const refusalOf = ({
  reason,
  weexCode,
  httpStatus,
}: Partial<PauseRecord> & Pick<PauseRecord, 'reason'>): Rejection => ({
  reason,
  weexCode,
  httpStatus,
});
