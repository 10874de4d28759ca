import type { ServerResponse } from 'node:http';
import type { Clock } from '../../lib/clock';
import type { FaultDescription, FaultList } from '../faults/fault-list';
import type { WeexEmulatorRequest, WeexEmulatorStats } from '../log';
import type { History, HistoryListener, TakenLog } from '../thread/history';

/** A log as the page lists it; input and output are fetched when somebody opens them. */
type LogLine = Pick<
  TakenLog,
  'number' | 'orderId' | 'stage' | 'model' | 'explanation' | 'receivedAt' | 'apiVersion' | 'timestamp'
> & { readonly account: string | undefined };

/** A request that was refused or met a fault. */
type TroubleLine = Pick<
  WeexEmulatorRequest,
  'number' | 'receivedAt' | 'path' | 'status' | 'code' | 'problem' | 'fault' | 'accepted'
>;

/** What the page is told. `whole`: everything to show; else what came since. */
interface FeedMessage {
  readonly whole: boolean;
  /** Changes when what was shown before is void: another start of the emulator, or a reset. */
  readonly epoch: string;
  readonly stats: WeexEmulatorStats;
  readonly faults: readonly FaultDescription[];
  readonly logs: readonly LogLine[];
  readonly troubles: readonly TroubleLine[];
}

interface FeedSources {
  readonly history: History;
  readonly faults: FaultList;
  readonly accounts: number;
}

const MOST_WATCHERS = 20;
const MOST_LOGS_AT_ONCE = 200;
const MOST_TROUBLES_AT_ONCE = 50;
const FLUSH_MILLIS = 100;
/** A watcher that has more than this unread gets no more until it has caught up, and then the whole. */
const MOST_UNREAD_BYTES = 1_048_576;

/** Server-sent events for the page: batched, bounded, and no work at all while nobody watches. */
export class LiveFeed implements HistoryListener {
  readonly #clock: Clock;
  readonly #startedMillis: number;
  readonly #watchers = new Map<ServerResponse, { behind: boolean }>();
  #sources: FeedSources | undefined;
  #logs: LogLine[] = [];
  #troubles: TroubleLine[] = [];
  #resets = 0;
  #scheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMillis = clock.wallMillis();
  }

  /** History and feed know each other, so one of them comes later. */
  attach(sources: FeedSources): void {
    this.#sources = sources;
  }

  isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  logged(log: TakenLog): void {
    if (!this.isWatched()) return;
    this.#logs.push(this.#logLine(log));
    if (this.#logs.length > MOST_LOGS_AT_ONCE) this.#logs.shift();
    this.changed();
  }

  requested(request: WeexEmulatorRequest): void {
    if (!this.isWatched()) return;
    if (isTrouble(request)) {
      this.#troubles.push(troubleLine(request));
      if (this.#troubles.length > MOST_TROUBLES_AT_ONCE) this.#troubles.shift();
    }
    this.changed();
  }

  reset(): void {
    this.#resets += 1;
    this.#logs = [];
    this.#troubles = [];
    this.changed();
  }

  changed(): void {
    if (this.#scheduled || !this.isWatched()) return;
    this.#scheduled = true;
    this.#clock.schedule(FLUSH_MILLIS, () => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  /** False when too many watch already. */
  watch(response: ServerResponse): boolean {
    if (this.#watchers.size >= MOST_WATCHERS) return false;
    response.write(eventOf(this.#whole()));
    this.#watchers.set(response, { behind: false });
    response.once('close', () => this.#watchers.delete(response));
    return true;
  }

  #flush(): void {
    const update = eventOf({ ...this.#message(), whole: false, logs: this.#logs, troubles: this.#troubles });
    this.#logs = [];
    this.#troubles = [];
    for (const [response, watcher] of this.#watchers) {
      if (response.writableLength > MOST_UNREAD_BYTES) {
        watcher.behind = true;
      } else if (watcher.behind) {
        watcher.behind = false;
        response.write(eventOf(this.#whole()));
      } else {
        response.write(update);
      }
    }
  }

  #whole(): FeedMessage {
    const history = this.#known().history;
    return {
      ...this.#message(),
      whole: true,
      logs: history.newestLogs(MOST_LOGS_AT_ONCE).map((log) => this.#logLine(log)),
      troubles: history
        .newestRequests(10 * MOST_TROUBLES_AT_ONCE)
        .filter(isTrouble)
        .slice(-MOST_TROUBLES_AT_ONCE)
        .map(troubleLine),
    };
  }

  #message(): Pick<FeedMessage, 'epoch' | 'stats' | 'faults'> {
    const { history, faults } = this.#known();
    return {
      epoch: `${this.#startedMillis}.${this.#resets}`,
      stats: history.stats(),
      faults: faults.describe(),
    };
  }

  #known(): FeedSources {
    if (this.#sources === undefined)
      throw new Error('unreachable: the feed is attached before it is watched');
    return this.#sources;
  }

  #logLine(log: TakenLog): LogLine {
    const { number, orderId, stage, model, explanation, receivedAt, apiVersion, timestamp } = log;
    const account = this.#known().accounts > 1 ? log.account : undefined;
    return {
      number,
      orderId,
      stage: stage.slice(0, 500),
      model: model.slice(0, 500),
      explanation,
      receivedAt,
      apiVersion,
      timestamp,
      account,
    };
  }
}

const isTrouble = ({ outcome }: WeexEmulatorRequest): boolean => outcome === 'refused' || outcome === 'fault';

function troubleLine(request: WeexEmulatorRequest): TroubleLine {
  const { number, receivedAt, path, status, code, problem, fault, accepted } = request;
  return { number, receivedAt, path, status, code, problem, fault, accepted };
}

/** JSON has no line feed of its own, so the event ends where it should. */
const eventOf = (message: FeedMessage): string => `data: ${JSON.stringify(message)}\n\n`;
