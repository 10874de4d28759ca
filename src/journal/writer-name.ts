import { threadId } from 'node:worker_threads';
import type { Clock } from '../lib/clock';

let made = 0;

const base36 = (value: number, length: number): string =>
  (Math.floor(value) % 36 ** length).toString(36).padStart(length, '0');

/**
 * Twelve characters that name this journal among all processes, threads and containers that share the folder.
 * Chance alone would do; thread and count keep those of one process apart without it.
 */
export function newWriter(clock: Clock): string {
  made += 1;
  return base36(clock.random() * 36 ** 5, 5) + base36(process.pid, 3) + base36(threadId, 2) + base36(made, 2);
}
