import { MessageChannel } from 'node:worker_threads';

/**
 * Keeps the process alive until `work` has ended: for what somebody asked for and awaits. What the journal does
 * by itself never holds a process, so without this an awaited recovery could end with it.
 */
export async function holdProcess<T>(work: Promise<T>): Promise<T> {
  // An open port that is waited on is all it takes; nothing is ever sent.
  const { port1 } = new MessageChannel();
  port1.ref();
  try {
    return await work;
  } finally {
    port1.close();
  }
}
