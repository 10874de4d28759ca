import type { MessagePort } from 'node:worker_threads';
import type { EmulatorSettings } from '../options';

/** What the thread is started with. */
export interface ThreadStart {
  readonly settings: EmulatorSettings;
  /** For calls that their caller waits for. */
  readonly callPort: MessagePort;
  /** One `Int32`: how many calls were answered. */
  readonly answered: SharedArrayBuffer;
}

/** What the thread says by itself. */
export type FromThread =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string }
  /** The end of a `wait`: enough logs were taken, or the time is over. */
  | { readonly kind: 'waited'; readonly id: number; readonly reached: boolean };

/** What the thread is told without anybody waiting. */
export interface ToThread {
  readonly kind: 'wait';
  readonly id: number;
  readonly count: number;
  readonly timeoutMillis: number;
}
