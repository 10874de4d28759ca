import type { MessagePort, Worker } from 'node:worker_threads';
import type { WeexEmulatorCredentials } from './account';
import type { WeexEmulator } from './emulator';
import type { WeexEmulatorFault } from './faults/fault';
import { parseFaults } from './faults/parse-fault';
import type { WeexEmulatorLog, WeexEmulatorRequest, WeexEmulatorStats } from './log';
import type { Batch, TakenLog } from './thread/history';
import type { FromThread, ToThread } from './thread/protocol';
import type { syncCaller } from './thread/sync-call';

interface HandleParts {
  readonly url: string;
  readonly credentials: WeexEmulatorCredentials;
  readonly worker: Worker;
  readonly callPort: MessagePort;
  readonly call: ReturnType<typeof syncCaller>;
}

/**
 * The owner's side of the thread.
 *
 * Keeps a copy of what it has fetched, so that each call moves only what is new. The thread records a log
 * before it answers, and a call is handled after everything recorded before it: whoever has an answer finds
 * the log.
 */
export class EmulatorHandle implements WeexEmulator {
  readonly url: string;
  readonly credentials: WeexEmulatorCredentials;
  readonly #worker: Worker;
  readonly #callPort: MessagePort;
  readonly #call: HandleParts['call'];
  readonly #waiting = new Map<number, (reached: boolean) => void>();
  #waits = 0;
  #logs: WeexEmulatorLog[] = [];
  #requests: WeexEmulatorRequest[] = [];
  #lastStats: WeexEmulatorStats | undefined;
  #closing: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(parts: HandleParts) {
    this.url = parts.url;
    this.credentials = parts.credentials;
    this.#worker = parts.worker;
    this.#callPort = parts.callPort;
    this.#call = parts.call;
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'waited') this.#waiting.get(message.id)?.(message.reached);
    });
    this.#worker.on('error', (error) => {
      this.#failure = new Error('the emulator stopped on an error of its own', { cause: error });
    });
    this.#worker.on('exit', () => this.#wakeAll());
  }

  logs(): WeexEmulatorLog[] {
    if (this.#isOpen()) {
      const batch = this.#call('logsAfter', this.#logs.at(-1)?.number ?? 0);
      this.#logs = merged(this.#logs, { first: batch.first, items: batch.items.map(withContent) });
    }
    return [...this.#logs];
  }

  requests(): WeexEmulatorRequest[] {
    if (this.#isOpen()) {
      const batch = this.#call('requestsAfter', this.#requests.at(-1)?.number ?? 0);
      this.#requests = merged(this.#requests, batch);
    }
    return [...this.#requests];
  }

  stats(): WeexEmulatorStats {
    if (this.#lastStats !== undefined) return this.#lastStats;
    this.#mustBeOpen('stats');
    return this.#call('stats');
  }

  script(...faults: WeexEmulatorFault[]): void {
    this.#mustBeOpen('script');
    this.#call('script', parseFaults(faults));
  }

  clearFaults(): void {
    this.#mustBeOpen('clearFaults');
    this.#call('clearFaults');
  }

  async waitForLogs(
    count: number,
    { timeoutMillis = 5_000 }: { readonly timeoutMillis?: number } = {},
  ): Promise<WeexEmulatorLog[]> {
    this.#mustBeOpen('waitForLogs');
    this.#waits += 1;
    const wait: ToThread = { kind: 'wait', id: this.#waits, count, timeoutMillis };
    // The thread waits, not a timer here: the caller may have replaced its timers by fake ones.
    const reached = await new Promise<boolean>((resolve) => {
      this.#waiting.set(wait.id, resolve);
      this.#worker.postMessage(wait);
    });
    this.#waiting.delete(wait.id);
    if (reached) return this.logs();
    throw new Error(`expected ${count} logs within ${timeoutMillis} ms; ${this.#whatCame()}`);
  }

  reset(): void {
    this.#mustBeOpen('reset');
    this.#call('reset');
    this.#logs = [];
    this.#requests = [];
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#failure === undefined) {
      this.#lastStats = this.#call('stats');
      this.#requests = this.requests();
      this.#logs = this.logs();
    }
    this.#callPort.close();
    await this.#worker.terminate();
  }

  #isOpen(): boolean {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#closing === undefined;
  }

  #mustBeOpen(method: string): void {
    if (!this.#isOpen()) throw new Error(`${method}() needs a running emulator; this one was closed`);
  }

  #whatCame(): string {
    if (this.#closing !== undefined) return 'the emulator was closed';
    if (this.#failure !== undefined) return 'the emulator stopped on an error of its own';
    const { accepted, requests, answers } = this.stats();
    const list = Object.entries(answers).map(([answer, times]) => `${times} x ${answer}`);
    return `${accepted} came, in ${requests} requests${list.length === 0 ? '' : ` (${list.join(', ')})`}`;
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.values()) wake(false);
  }
}

/** What is kept of both, without what the thread no longer keeps. */
function merged<T extends { readonly number: number }>(known: T[], { first, items }: Batch<T>): T[] {
  if (items.length === 0) return known;
  return [...known.filter((item) => item.number >= first), ...items];
}

function withContent(taken: TakenLog): WeexEmulatorLog {
  const { input, output } = JSON.parse(taken.raw);
  return { ...taken, input, output };
}
