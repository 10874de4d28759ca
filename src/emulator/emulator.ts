import type { WeexEmulatorCredentials } from './account';
import type { WeexEmulatorFault } from './faults/fault';
import type { WeexEmulatorLog, WeexEmulatorRequest, WeexEmulatorStats } from './log';

/**
 * A running stand-in for WEEX. It lives in a thread of its own, so it also answers a caller that blocks its
 * thread; the synchronous methods wait for that thread, usually well under a millisecond.
 *
 * While it runs it keeps the process alive, as a server does; `close()` ends that.
 */
export interface WeexEmulator {
  /** `http://127.0.0.1:PORT`: the exporter's `endpoint`, and in a browser the page with the logs. */
  readonly url: string;
  /** Of the first account, ready for the exporter's options. */
  readonly credentials: WeexEmulatorCredentials;
  /**
   * The logs taken so far that are still kept, oldest first. Whatever an answer was received for is in it.
   * After `close()`: the logs as they were then.
   */
  logs(): WeexEmulatorLog[];
  /** Every request so far that is still kept, oldest first, with what came of it. */
  requests(): WeexEmulatorRequest[];
  stats(): WeexEmulatorStats;
  /**
   * Adds faults to those that stand. In force when it returns: a request made right after meets them.
   * @throws TypeError for a fault that does not exist or cannot be; none is added then
   */
  script(...faults: WeexEmulatorFault[]): void;
  /** Removes every fault that stands. In force when it returns. */
  clearFaults(): void;
  /**
   * Resolves with the logs once at least `count` were taken since the start or the last `reset()`.
   * @throws Error, after `timeoutMillis` (default 5,000), with what came instead
   */
  waitForLogs(count: number, options?: { readonly timeoutMillis?: number }): Promise<WeexEmulatorLog[]>;
  /** Forgets logs, requests, counts and faults, for the next test. Connections stay. */
  reset(): void;
  /** Ends the thread and its connections; answers that are still due are never sent. May be called again. */
  close(): Promise<void>;
}
