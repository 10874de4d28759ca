import type { WeexEmulatorLog, WeexEmulatorRequest, WeexEmulatorStats } from '../log';
import type { CheckedLog } from '../weex/check-body';
import type { EmulatedApiVersion } from '../weex/endpoints';
import { BoundedList } from './bounded-list';

/** A taken log as the thread keeps it: input and output stay in `raw` until somebody reads them. */
export type TakenLog = Omit<WeexEmulatorLog, 'input' | 'output'>;

/** A request that has no number yet. */
export type Recorded = Omit<WeexEmulatorRequest, 'number'>;

/** Items above a number, and the number of the oldest that is kept, so that a copy can drop what is not. */
export interface Batch<T> {
  readonly first: number;
  readonly items: T[];
}

/** Told of what happens, for the page. */
export interface HistoryListener {
  /** False: nobody looks, so nothing need be told. */
  isWatched(): boolean;
  logged(log: TakenLog): void;
  requested(request: WeexEmulatorRequest): void;
  reset(): void;
}

const MOST_BYTES = 268_435_456;
/** Codes can be scripted at will, so there may be any number of answers. */
const MOST_ANSWER_KINDS = 200;

/** Everything that was seen, bounded, and counts that go on. */
export class History {
  readonly #logs: BoundedList<TakenLog>;
  readonly #requests: BoundedList<WeexEmulatorRequest>;
  #answers = new Map<string, number>();
  #faults = 0;
  #refused = 0;
  #accepted = 0;
  #requested = 0;
  readonly #keeps: boolean;
  readonly #listener: HistoryListener;
  readonly #waiting = new Set<{ readonly count: number; readonly reached: () => void }>();
  readonly #connections: () => { readonly opened: number; readonly open: number };

  constructor(
    keepLogs: number,
    listener: HistoryListener,
    connections: () => { readonly opened: number; readonly open: number },
  ) {
    this.#logs = new BoundedList(keepLogs, MOST_BYTES);
    this.#requests = new BoundedList(keepLogs, MOST_BYTES);
    this.#keeps = keepLogs > 0;
    this.#listener = listener;
    this.#connections = connections;
  }

  /** Must be called before the answer goes out: whoever got an answer may ask for the log. */
  add(request: Recorded, log: CheckedLog | undefined): void {
    this.#requested += 1;
    if (request.outcome === 'refused') this.#refused += 1;
    if (request.outcome === 'fault') this.#faults += 1;
    this.#countAnswer(answerName(request));
    this.#noteRequest(request);
    if (!request.accepted || log === undefined || request.apiVersion === undefined) return;

    this.#accepted += 1;
    this.#noteLog(request, log, request.apiVersion);
    for (const waiting of this.#waiting) {
      if (this.#accepted < waiting.count) continue;
      this.#waiting.delete(waiting);
      waiting.reached();
    }
  }

  logsAfter(number: number): Batch<TakenLog> {
    return { first: this.#logs.first, items: this.#logs.after(number) };
  }

  requestsAfter(number: number): Batch<WeexEmulatorRequest> {
    return { first: this.#requests.first, items: this.#requests.after(number) };
  }

  log(number: number): TakenLog | undefined {
    return this.#logs.get(number);
  }

  /** The newest logs, at most `count`. */
  newestLogs(count: number): TakenLog[] {
    return this.#logs.after(this.#logs.last - count);
  }

  newestRequests(count: number): WeexEmulatorRequest[] {
    return this.#requests.after(this.#requests.last - count);
  }

  stats(): WeexEmulatorStats {
    const { opened, open } = this.#connections();
    return {
      requests: this.#requested,
      accepted: this.#accepted,
      refused: this.#refused,
      faults: this.#faults,
      answers: Object.fromEntries(this.#answers),
      connectionsOpened: opened,
      connectionsOpen: open,
    };
  }

  /** Calls back once `count` logs were taken; the result withdraws. */
  whenTaken(count: number, reached: () => void): () => void {
    if (this.#accepted >= count) {
      reached();
      return () => {};
    }
    const waiting = { count, reached };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  reset(): void {
    this.#logs.clear();
    this.#requests.clear();
    this.#answers = new Map();
    this.#faults = 0;
    this.#refused = 0;
    this.#accepted = 0;
    this.#requested = 0;
    this.#listener.reset();
  }

  #noteRequest(request: Recorded): void {
    if (!this.#keeps && !this.#listener.isWatched()) return;
    const numbered = { number: this.#requested, ...request };
    if (this.#keeps) this.#requests.push(numbered, sizeOf(request));
    this.#listener.requested(numbered);
  }

  #noteLog(request: Recorded, log: CheckedLog, apiVersion: EmulatedApiVersion): void {
    if (!this.#keeps && !this.#listener.isWatched()) return;
    const taken: TakenLog = {
      number: this.#accepted,
      receivedAt: request.receivedAt,
      path: request.path,
      connection: request.connection,
      account: request.account,
      timestamp: request.timestamp,
      userAgent: request.userAgent,
      locale: request.locale,
      contentType: request.contentType,
      traceparent: request.traceparent,
      raw: request.raw,
      fault: request.fault,
      apiVersion,
      orderId: log.orderId,
      stage: log.stage,
      model: log.model,
      explanation: log.explanation,
    };
    if (this.#keeps) this.#logs.push(taken, sizeOf(request));
    this.#listener.logged(taken);
  }

  #countAnswer(name: string): void {
    const known = this.#answers.get(name);
    const key = known === undefined && this.#answers.size >= MOST_ANSWER_KINDS ? 'other' : name;
    this.#answers.set(key, (this.#answers.get(key) ?? 0) + 1);
  }
}

function answerName(request: Recorded): string {
  if (request.status === undefined) return request.fault ?? 'no answer';
  return request.code === undefined ? String(request.status) : `${request.status} ${request.code}`;
}

/** About what a record takes in memory; text outside Latin-1 takes twice this. */
const sizeOf = (request: Recorded): number => request.raw.length + 1_000;
