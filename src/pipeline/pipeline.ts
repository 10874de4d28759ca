import type { Delivery, DeliveryListener } from '../delivery/delivery';
import type { SyncTransport } from '../delivery/transport';
import { type AiLogEntry, draftOfEntry, refusedOrderIdOf } from '../entry/ai-log-entry';
import type { EntryDraft } from '../entry/entry-draft';
import type { SealedEntry } from '../entry/sealed-entry';
import type {
  Closed,
  Journal,
  OpenEntry,
  PauseRecord,
  Rejection,
  Slot,
  WeexReceipt,
} from '../journal/journal';
import type { Clock } from '../lib/clock';
import { withoutTracing } from '../lib/suppress-tracing';
import type { FinishedSpan } from '../mapping/finished-span';
import type { SpanMapper } from '../mapping/map-span';
import type { EntriesOfSpan } from '../mapping/read-entry';
import { createAccountNews, wordsOf } from './account-news';
import type { Announcer } from './announcer';
import { healthOf, type WeexHealth } from './health';
import type { Intake } from './intake';
import type { Metrics } from './metrics';
import type { Outcomes, WaitTarget } from './outcomes';
import { countSkipped, type Tally } from './tally';

/** What became of a finished span when it was offered. */
export type Fate = 'not-for-weex' | 'kept' | 'lost';

/** How one directly uploaded entry stands. */
export type EntryOutcome =
  | { readonly kind: 'accepted'; readonly receipt: WeexReceipt }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'paused'; readonly refusal: Rejection }
  | { readonly kind: 'pending' }
  /** Kept and, by the mode, never sent. */
  | { readonly kind: 'recorded' }
  | { readonly kind: 'lost' };

/** One account's way from finished span to receipt. Nothing in it throws into the bot. */
export interface Pipeline {
  /** Takes a finished span: what is for WEEX is in the journal when this returns. */
  acceptSpan(span: FinishedSpan): Fate;
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
  close(timeoutMillis: number): Promise<void>;
}

export interface PipelineParts {
  /** False in mode `record`: entries are journaled and never sent. */
  readonly sends: boolean;
  readonly mapSpan: SpanMapper;
  readonly intake: Intake;
  readonly journal: Journal;
  /** For stages that end after `close`: a journal that a later process delivers. */
  readonly openLateJournal: () => Journal;
  /** A pause that an earlier process, or another one, has left. */
  readonly pausedAtStart: PauseRecord | undefined;
  readonly openDelivery: (listener: DeliveryListener) => Delivery;
  readonly outcomes: Outcomes;
  readonly tally: Tally;
  readonly announcer: Announcer;
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, 'monotonicMillis'>;
}

type Admitted =
  | { readonly kind: 'open'; readonly entryId: string; readonly open: OpenEntry }
  | { readonly kind: 'ended'; readonly entryId: string; readonly outcome: EntryOutcome };

export function createPipeline(parts: PipelineParts): Pipeline {
  const { outcomes, tally, announcer, metrics } = parts;
  let pause = parts.pausedAtStart;
  let isClosed = false;
  let lateJournal: Journal | undefined;
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
  const news = createAccountNews({ announcer, tally, clock: parts.clock, backlog: () => delivery.state() });
  if (pause !== undefined) news.pausedAtStart(pause);
  metrics.observe({
    tally,
    state() {
      const { pending, oldestPendingMillis, paused } = delivery.state();
      return { pending, oldestPendingMillis, waiting: 0, paused: paused !== undefined };
    },
  });

  /** Journals one draft. When this returns the entry is kept, or counted as lost. */
  function admit(draft: EntryDraft, span: FinishedSpan | undefined): Admitted {
    const { entry, closed, filterThrew } = parts.intake(draft, span);
    if (filterThrew) announcer.once('warn', 'filter', 'filter threw; entries are kept when it does');
    if (entry.explanationDerived) tally.derivedExplanations += 1;
    return keep(entry, closed);
  }

  function keep(entry: SealedEntry, closed: Closed | undefined): Admitted {
    if (isClosed) lateJournal ??= parts.openLateJournal();
    const journal = lateJournal ?? parts.journal;
    const ended = closed ?? (parts.sends ? undefined : { state: 'skipped' as const, reason: 'mode record' });
    if (ended !== undefined) {
      if (!journal.appendClosed(entry, ended)) return lose(entry.id);
      outcomes.closed(entry, {
        kind: ended.state === 'invalid' ? 'invalid' : 'skipped',
        reason: ended.reason,
      });
      if (ended.state === 'invalid') {
        tally.invalid += 1;
        announcer.once(
          'error',
          'invalid',
          `a stage cannot be sent to WEEX: ${ended.reason} (stage "${entry.stage}", entry ${entry.id}). It is kept; further ones are counted in health()`,
        );
        announcer.event({ type: 'invalid', entryId: entry.id, reason: ended.reason });
        return { kind: 'ended', entryId: entry.id, outcome: { kind: 'invalid', reason: ended.reason } };
      }
      countSkipped(tally, ended.reason);
      announcer.event({ type: 'skipped', reason: ended.reason, entryId: entry.id });
      const outcome: EntryOutcome =
        closed === undefined ? { kind: 'recorded' } : { kind: 'skipped', reason: ended.reason };
      return { kind: 'ended', entryId: entry.id, outcome };
    }
    const slot = journal.append(entry);
    if (slot === undefined) return lose(entry.id);
    if (isClosed) {
      announcer.once(
        'warn',
        'late',
        'a stage ended after shutdown(): it is kept in the journal, and sent by the next process of this account or by `weex-ai-log drain`',
      );
      return { kind: 'ended', entryId: entry.id, outcome: { kind: 'pending' } };
    }
    outcomes.opened(slot, entry);
    const { startedMillis, endedMillis } = entry;
    return {
      kind: 'open',
      entryId: entry.id,
      open: { slot, startedMillis, endedMillis, linked: entry.orderId !== undefined },
    };
  }

  function lose(entryId: string): Admitted {
    tally.lost += 1;
    announcer.episode(
      'error',
      'lost',
      isClosed
        ? 'an AI log was LOST: its stage ended after shutdown(), and there is no journal on disk. Set journalDir, or shut down last'
        : 'an AI log was LOST: neither the journal nor memory could take it. Free disk space or restore the connection to WEEX',
    );
    announcer.event({ type: 'lost', reason: 'journal and memory are full', entryId });
    return { kind: 'ended', entryId, outcome: { kind: 'lost' } };
  }

  /** An entry without a span. */
  function admitEntry(entry: AiLogEntry): Admitted {
    const reason = refusedOrderIdOf(entry);
    if (reason !== undefined)
      announcer.episode('warn', 'order-id-refused', `an order id is not sent: ${reason}`);
    return admit(draftOfEntry(entry), undefined);
  }

  // Whatever is kept is written in the bot's context, where an instrumentation of `fs` would trace it; so
  // `takeEntries`, `submit`, `resend` and `submitSync` run without tracing.
  const take = (span: FinishedSpan): Fate => {
    const reading = parts.mapSpan(span);
    switch (reading.kind) {
      case 'none':
        return 'not-for-weex';
      case 'skipped':
        countSkipped(tally, reading.reason);
        announcer.event({ type: 'skipped', reason: reading.reason });
        return 'not-for-weex';
      case 'entries':
        return withoutTracing(() => takeEntries(span, reading));
    }
  };

  const takeEntries = (span: FinishedSpan, reading: EntriesOfSpan): Fate => {
    if (outcomes.knows(reading.drafts[0]?.origin)) return 'kept';
    for (const { code, text } of reading.notices) {
      // An order that is not told is the costly one, so it is said again and counted.
      if (code === 'order-id-refused') announcer.episode('warn', code, text);
      else announcer.once('warn', code, text);
    }
    let fate: Fate = 'kept';
    const group: OpenEntry[] = [];
    for (const draft of reading.drafts) {
      const admitted = admit(draft, span);
      if (admitted.kind === 'open') group.push(admitted.open);
      else if (admitted.outcome.kind === 'lost') fate = 'lost';
    }
    if (group.length > 0) delivery.enqueue(group);
    return fate;
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
    acceptSpan(span) {
      try {
        return take(span);
      } catch (error) {
        // A bug of ours. The bot must not see it, and it must not be silent.
        tally.lost += 1;
        announcer.episode(
          'error',
          'internal',
          `an AI log was LOST by an internal error (${error instanceof Error ? `${error.name}: ${error.message}` : typeof error}); please report it`,
        );
        announcer.event({ type: 'lost', reason: 'internal error' });
        return 'lost';
      }
    },
    submit: (entry) => withoutTracing(() => follow(admitEntry(entry))),
    resend: (entry) => withoutTracing(() => follow(keep(entry, undefined))),
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
    health: () => healthOf(tally, delivery.state(), parts.journal.kind, 0),
    async flush(timeoutMillis) {
      await delivery.flush(timeoutMillis);
      await parts.journal.sync();
      announcer.drain();
    },
    async close(timeoutMillis) {
      await delivery.close(timeoutMillis);
      for (const entryId of [...watchers.keys()]) tellWatcher(entryId, { kind: 'pending' });
      metrics.close();
      isClosed = true;
      await parts.journal.close();
      announcer.close();
    },
  };
}

const refusalOf = ({
  reason,
  weexCode,
  httpStatus,
}: Partial<PauseRecord> & Pick<PauseRecord, 'reason'>): Rejection => ({
  reason,
  weexCode,
  httpStatus,
});
