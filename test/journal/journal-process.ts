import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'journal-child.mjs');

/** A journal in another process or thread. */
export interface OtherJournal {
  /** Does it there, and gives what it gave. */
  ask(command: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Does it there without waiting for an answer. */
  tell(command: string, ...args: readonly unknown[]): void;
}

export interface JournalProcess extends OtherJournal {
  readonly process: ChildProcess;
  /** Resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  readonly ended: Promise<unknown>;
}

export interface JournalThread extends OtherJournal {
  terminate(): Promise<void>;
}

function conversation(send: (message: readonly [number, string, ...unknown[]]) => void) {
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  const tell = (command: string, ...args: readonly unknown[]): number => {
    asked += 1;
    send([asked, command, ...args]);
    return asked;
  };
  return {
    ready: new Promise((resolve) => waiting.set(0, resolve)),
    heard(message: unknown): void {
      if (!Array.isArray(message)) return;
      const [number, answer] = message;
      waiting.get(number)?.(answer);
    },
    tell(command: string, ...args: readonly unknown[]): void {
      tell(command, ...args);
    },
    ask: (command: string, ...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve) => {
        waiting.set(tell(command, ...args), resolve);
      }),
  };
}

export async function startProcess(folder: string): Promise<JournalProcess> {
  const child = fork(SCRIPT, [folder], { execArgv: [], stdio: 'inherit' });
  const ended = once(child, 'exit');
  const talk = conversation((message) => void child.send(message));
  child.on('message', talk.heard);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  await talk.ready;
  return {
    process: child,
    ended,
    ask: talk.ask,
    tell: talk.tell,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

export async function startThread(folder: string): Promise<JournalThread> {
  const worker = new Worker(SCRIPT, { workerData: { folder } });
  const talk = conversation((message) => worker.postMessage(message));
  worker.on('message', talk.heard);
  onTestFinished(async () => void (await worker.terminate()));
  await talk.ready;
  return {
    ask: talk.ask,
    tell: talk.tell,
    async terminate() {
      await worker.terminate();
    },
  };
}
