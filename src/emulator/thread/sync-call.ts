import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { FaultPlan } from '../faults/fault-plan';
import type { WeexEmulatorRequest, WeexEmulatorStats } from '../log';
import type { Batch, TakenLog } from './history';

/** What the thread does when its owner asks and waits. */
export interface ThreadCalls {
  /** Logs with a number above the given one. */
  logsAfter(number: number): Batch<TakenLog>;
  requestsAfter(number: number): Batch<WeexEmulatorRequest>;
  stats(): WeexEmulatorStats;
  script(plans: readonly FaultPlan[]): void;
  clearFaults(): void;
  reset(): void;
}

type CallName = keyof ThreadCalls;

/** Far above what any call takes; reached only when the thread hangs. */
const LONGEST_CALL_MILLIS = 10_000;

/** Asks through `port`, and blocks until the thread has answered; `answered` counts its answers. */
export function syncCaller(port: MessagePort, answered: Int32Array) {
  let asked = 0;
  return function call<N extends CallName>(
    name: N,
    ...args: Parameters<ThreadCalls[N]>
  ): ReturnType<ThreadCalls[N]> {
    asked += 1;
    port.postMessage({ name, args });
    for (;;) {
      const count = Atomics.load(answered, 0);
      if (count === asked) break;
      if (Atomics.wait(answered, 0, count, LONGEST_CALL_MILLIS) === 'timed-out') {
        throw new Error(
          `the emulator's thread did not answer ${name}() within ${LONGEST_CALL_MILLIS / 1_000} s`,
        );
      }
    }
    const message = receiveMessageOnPort(port)?.message;
    if (message?.failure !== undefined)
      throw new Error(`the emulator failed in ${name}(): ${message.failure}`);
    return message?.result;
  };
}

type CallMessage = {
  [N in CallName]: { readonly name: N; readonly args: Parameters<ThreadCalls[N]> };
}[CallName];

/** The thread's side: the answer is in the port before the count says so. */
export function answerCalls(port: MessagePort, answered: Int32Array, calls: ThreadCalls): void {
  port.on('message', (message: CallMessage) => {
    port.postMessage(resultOf(() => perform(calls, message)));
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
}

function perform(calls: ThreadCalls, message: CallMessage): unknown {
  switch (message.name) {
    case 'logsAfter':
      return calls.logsAfter(...message.args);
    case 'requestsAfter':
      return calls.requestsAfter(...message.args);
    case 'stats':
      return calls.stats();
    case 'script':
      return calls.script(...message.args);
    case 'clearFaults':
      return calls.clearFaults();
    case 'reset':
      return calls.reset();
  }
}

function resultOf(work: () => unknown): { readonly result: unknown } | { readonly failure: string } {
  try {
    return { result: work() };
  } catch (error) {
    return { failure: String(error) };
  }
}
