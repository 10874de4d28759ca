import { constants } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { Clock } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';

/** What there is to do before the process ends. Neither rejects. */
export interface LastWork {
  /** Delivers what is there; everything goes on running. */
  flush(timeoutMillis: number): Promise<void>;
  /** The same, and when the time is over nothing of ours keeps the process alive. More spans may come. */
  rest(timeoutMillis: number): Promise<void>;
  /** The same, for the last time. */
  finish(timeoutMillis: number): Promise<void>;
}

type EndSignal = 'SIGTERM' | 'SIGINT';

const END_SIGNALS: readonly EndSignal[] = ['SIGTERM', 'SIGINT'];

/**
 * Flushes at the end of the process, for at most `exitTimeoutMillis`, and lets it end as it would have ended
 * without us: by the same signal, with the same code, at the word of the bot's own listeners.
 *
 * A listener for a signal stops Node's own exit, so it has to be raised again; but only when no listener is
 * left, since the bot's may want to finish its own work, and `signal-exit` raises it by itself.
 */
export function flushAtExit(work: LastWork, exitTimeoutMillis: number, clock: Clock): void {
  flushWhenIdle(work, exitTimeoutMillis, clock);
  // Signals are not delivered to worker threads.
  if (!isMainThread) return;

  const listeners = new Map(END_SIGNALS.map((signal) => [signal, () => onSignal(signal)]));
  for (const [signal, listener] of listeners) process.prependOnceListener(signal, listener);

  function onSignal(signal: EndSignal): void {
    // From here on a second signal meets what it would have met without us: it ends the process at once.
    for (const [name, listener] of listeners) process.removeListener(name, listener);
    if (process.listenerCount(signal) > 0) {
      void work.flush(exitTimeoutMillis);
      return;
    }
    if (isInit()) for (const name of END_SIGNALS) process.once(name, () => endBy(name));
    void atMost(exitTimeoutMillis, work.finish(exitTimeoutMillis), clock).then(() => endBy(signal));
  }
}

/**
 * When nothing is left to do, Node says `beforeExit`, and again after each piece of work that a listener
 * began. The first time all is flushed, for the bot may have a last word to say; the second time it is over.
 */
function flushWhenIdle(work: LastWork, exitTimeoutMillis: number, clock: Clock): void {
  let deadline: number | undefined;
  let finished = false;
  process.on('beforeExit', () => {
    if (finished) return;
    const now = clock.monotonicMillis();
    finished = deadline !== undefined;
    deadline ??= now + exitTimeoutMillis;
    const left = Math.max(deadline - now, 0);
    void atMost(left, finished ? work.finish(left) : work.rest(left), clock);
  });
}

/** Waits for the work, but no longer; keeps the process alive for it, since nothing else may. */
async function atMost(millis: number, work: Promise<void>, clock: Clock): Promise<void> {
  const letProcessEnd = holdProcess();
  await new Promise<void>((resolve) => {
    const timer = clock.schedule(millis, resolve);
    void work.then(() => {
      timer.cancel();
      resolve();
    });
  });
  letProcessEnd();
}

/** Ends the process as the signal does. The kernel ignores it for the first process of a container. */
function endBy(signal: EndSignal): void {
  if (isInit()) process.exit(128 + constants.signals[signal]);
  process.kill(process.pid, signal);
}

const isInit = (): boolean => process.pid === 1;
