import type { Journal, OpenEntry, PauseRecord } from '../journal/journal';
import type { Clock } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';
import type { Log } from '../lib/log';
import { createAlarm } from './alarm';
import { createAnnouncer } from './announcer';
import { type ApiVersion, apiPaths } from './api-paths';
import { type CutPayload, timeRequest } from './attempt';
import { createServerClock } from './clock-offset';
import type { Delivery, DeliveryListener, DeliveryState } from './delivery';
import { createFlights } from './flights';
import { createFlushWaiters } from './flush-waiters';
import { createGate } from './gate';
import { createGuard } from './guard';
import { createLanes, DEADLINE_MILLIS } from './lanes';
import { type CredentialSource, createPreparation } from './preparation';
import { createRateLimiter } from './rate-limiter';
import { createSettlement, type Settlement } from './settlement';
import { sleepSync } from './sleep-sync';
import { createSyncUpload } from './sync-upload';
import type { Transport } from './transport';

const AFTER_A_BUG_MILLIS = 1_000;

export interface DeliveryOptions {
  /** Origin and path without a trailing slash. */
  readonly endpoint: string;
  readonly apiVersion: ApiVersion;
  /** Of one attempt. */
  readonly timeoutMillis: number;
  readonly locale: string;
  /** Requests a second, shared by the live processes of the account. */
  readonly rateLimit: number;
  readonly concurrency: number;
  /** `opentelemetry-exporter-weex/<version>` */
  readonly userAgent: string;
}

/** What the journal knows of the account when delivery begins. */
export interface AccountAtStart {
  readonly paused: PauseRecord | undefined;
  /** WEEX has accepted an entry of this account before. */
  readonly acceptedBefore: boolean;
}

export interface DeliveryParts {
  readonly options: DeliveryOptions;
  readonly account: AccountAtStart;
  readonly credentials: CredentialSource;
  readonly journal: Pick<
    Journal,
    | 'read'
    | 'isLost'
    | 'sending'
    | 'attempted'
    | 'accepted'
    | 'rejected'
    | 'paused'
    | 'resumed'
    | 'liveProcesses'
  >;
  /** Closed with the delivery. */
  readonly transport: Transport;
  readonly listener: DeliveryListener;
  readonly cutPayload: CutPayload;
  readonly clock: Clock;
  /** Told only of what must not happen: a journal or a listener that throws. */
  readonly log: Log;
  /** Blocks the thread for `sendSync`. */
  readonly sleepSync?: (millis: number) => void;
}

/**
 * Moves entries from the journal to WEEX.
 *
 *   lanes --pump: gate open, place free, token taken--> in flight --settlement--> accepted, rejected
 *     ^                                                    |
 *     +--------- resting (back-off, or held) <-------------+--> redo (signed anew, before all others)
 *
 * One pump and one timer. Only requests in flight and an awaited `flush` or `close` keep the process alive.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { options, clock, journal, transport, listener } = parts;
  const guard = createGuard(parts.log);
  const lanes = createLanes();
  const gate = createGate(() => clock.random());
  const limiter = createRateLimiter();
  const serverClock = createServerClock();
  const waiters = createFlushWaiters(lanes, clock);
  const alarm = createAlarm(clock, pump);
  const attempt = {
    paths: apiPaths(options.endpoint, options.apiVersion),
    client: { locale: options.locale, userAgent: options.userAgent },
    serverClock,
    cutPayload: parts.cutPayload,
  };

  const released = (): void => {
    lanes.wakeAll();
    wake();
  };
  const announce = createAnnouncer({ journal, listener, guard, clock, released });
  const preparation = createPreparation(
    { attempt, journal, credentials: parts.credentials, guard, clock },
    () => settlement,
  );
  const { secrets } = preparation;
  const settlement: Settlement = createSettlement(
    { journal, listener, gate, serverClock, guard, clock, secrets, announce, closed },
    parts.account.acceptedBefore,
  );
  const { concurrency, timeoutMillis } = options;
  const shared = {
    gate,
    preparation,
    settlement,
    serverClock,
    clock,
    guard,
    timeoutMillis,
    timeRequest: () => timeRequest(attempt),
  };
  const flights = createFlights({ ...shared, lanes, transport, concurrency, landed });
  const sleep = parts.sleepSync ?? sleepSync;
  const syncUpload = createSyncUpload({ ...shared, limiter, ratePerSecond, sleep });

  let pumping = false;
  let closing: Promise<void> | undefined;
  let allLanded = (): void => {};

  function closed(slot: number): void {
    if (!lanes.has(slot)) return;
    waiters.settled(slot);
    lanes.settled(slot);
  }

  function ratePerSecond(): number {
    const processes = guard('journal.liveProcesses', 1, () => journal.liveProcesses());
    return options.rateLimit / Math.max(1, processes);
  }

  function wake(): void {
    if (closing === undefined) alarm.at(clock.monotonicMillis());
  }

  function pump(): void {
    if (pumping || closing !== undefined) return;
    pumping = true;
    const bug = clock.monotonicMillis() + AFTER_A_BUG_MILLIS;
    const lookAgainMillis = guard<number | undefined>('pump', bug, () => {
      for (;;) {
        const next = launchNext(clock.monotonicMillis());
        if (next !== 'launched') return next;
      }
    });
    pumping = false;
    if (lookAgainMillis !== undefined) alarm.at(lookAgainMillis);
  }

  /** Launches one, or tells when to look again; `undefined`: after the next answer or entry. */
  function launchNext(nowMillis: number): 'launched' | number | undefined {
    const roomAt = flights.roomAt(nowMillis);
    if (roomAt === undefined || roomAt > nowMillis) return roomAt;
    const admission = gate.admission(nowMillis);
    const redone = flights.redo[0];
    if (redone !== undefined && redone !== gate.probe && admission.kind !== 'open') {
      // The account stopped meanwhile: back in line.
      flights.redo.shift();
      lanes.rest(redone, nowMillis);
      return 'launched';
    }
    if (redone === undefined) {
      if (admission.kind === 'wait') return lanes.pending > flights.size ? admission.untilMillis : undefined;
      const wakesAt = lanes.ready(nowMillis) ? nowMillis : lanes.nextWakeAt();
      // A probe takes whatever is there, even if it rests.
      if (wakesAt === undefined || (wakesAt > nowMillis && admission.kind === 'open')) return wakesAt;
    }
    const wait = limiter.take(nowMillis, ratePerSecond());
    if (wait > 0) return nowMillis + wait;
    const slot = flights.redo.shift() ?? lanes.next(nowMillis) ?? lanes.nextResting();
    if (slot === undefined) return undefined;
    if (admission.kind === 'probe' && admission.paused) preparation.refreshCredentials();
    flights.launch(slot);
    return 'launched';
  }

  function landed(): void {
    pump();
    if (flights.size > 0) return;
    if (stopped()) waiters.stuck();
    allLanded();
  }

  const stopped = (): boolean => gate.paused !== undefined || gate.down !== undefined;

  function enqueue(group: readonly OpenEntry[]): void {
    if (closing !== undefined) return;
    const nowMillis = clock.monotonicMillis();
    for (const entry of group) settlement.adopt(entry);
    // If there is no memory for it, it waits in the journal for the next process.
    guard('enqueue', undefined, () => lanes.add(group, nowMillis, clock.wallMillis()));
    gate.freshEntry(nowMillis);
    wakeForNew(nowMillis);
  }

  /** A timer for each entry would be felt in `span.end()`, and while nothing can go out it would do nothing. */
  function wakeForNew(nowMillis: number): void {
    const roomAt = flights.roomAt(nowMillis);
    if (roomAt === undefined) return;
    const admission = gate.admission(nowMillis);
    const until = admission.kind === 'wait' ? admission.untilMillis : nowMillis;
    if (until !== undefined) alarm.at(Math.max(roomAt, until));
  }

  function state(): DeliveryState {
    const nowMillis = clock.monotonicMillis();
    let earliest = lanes.earliestDeadline() ?? Number.POSITIVE_INFINITY;
    for (const slot of flights.slots()) earliest = Math.min(earliest, lanes.deadlineOf(slot));
    return {
      pending: lanes.pending,
      inFlight: flights.size,
      oldestPendingMillis: Math.max(0, Math.round(nowMillis - earliest + DEADLINE_MILLIS)),
      paused: gate.pauseState(nowMillis, clock.wallMillis()),
      down: gate.down,
    };
  }

  async function shutDown(limitMillis: number): Promise<void> {
    alarm.cancel();
    waiters.stuck();
    const letProcessEnd = holdProcess();
    await new Promise<void>((resolve) => {
      const timer = clock.schedule(limitMillis, resolve);
      allLanded = () => {
        timer.cancel();
        resolve();
      };
      if (flights.size === 0) allLanded();
    });
    await guard('transport', undefined, () => transport.close())?.catch(() => {});
    letProcessEnd();
  }

  const { paused } = parts.account;
  if (paused !== undefined) gate.adopt(paused, clock.monotonicMillis(), clock.wallMillis());

  return {
    enqueue,
    linked: (slot) => lanes.linked(slot),
    state,
    flush(limitMillis) {
      if (closing !== undefined || (stopped() && flights.size === 0)) return Promise.resolve();
      return waiters.wait(limitMillis);
    },
    sendSync(entry, syncTransport, limitMillis) {
      if (closing !== undefined) return { kind: 'pending' };
      const outcome = syncUpload(entry, syncTransport, limitMillis);
      if (outcome.kind === 'pending' || outcome.kind === 'paused') enqueue([entry]);
      return outcome;
    },
    adopt(pause) {
      announce(gate.adopt(pause, clock.monotonicMillis(), clock.wallMillis()), true);
      landed();
    },
    close(limitMillis) {
      closing ??= shutDown(limitMillis);
      return closing;
    },
  };
}
