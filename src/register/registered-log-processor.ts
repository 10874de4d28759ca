import { property } from '../host/foreign';

/** What takes log records: `WeexLogRecordProcessor`. */
export interface LogTaker {
  onEmit(record: object): void;
  forceFlush(options?: { readonly timeoutMillis?: number | undefined }): Promise<void>;
  shutdown(options?: { readonly timeoutMillis?: number | undefined }): Promise<void>;
}

const AI_EVENTS = 'gen_ai.';

/**
 * The log processor that lives as long as the process. It is opened by the first record: most bots never emit
 * one. After `close` the next one opens it again.
 */
export class RegisteredLogProcessor {
  readonly #open: () => LogTaker | undefined;
  #opened: LogTaker | undefined;
  #failed = false;

  /** `open` tells of its own troubles, and gives `undefined` for them. */
  constructor(open: () => LogTaker | undefined) {
    this.#open = open;
  }

  onEmit(record: object): void {
    if (this.#opened === undefined && !this.#failed) {
      this.#opened = this.#open();
      this.#failed = this.#opened === undefined;
    }
    this.#opened?.onEmit(record);
  }

  /** Loggers make no record that no processor wants. Older instrumentations name the event in an attribute. */
  enabled(options?: { readonly eventName?: string | undefined }): boolean {
    return options?.eventName?.startsWith(AI_EVENTS) ?? true;
  }

  forceFlush(): Promise<void> {
    return this.#opened?.forceFlush() ?? Promise.resolve();
  }

  /** A provider's shutdown only flushes it, since it may serve another provider. */
  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  close(timeoutMillis: number): Promise<void> {
    const closing = this.#opened?.shutdown({ timeoutMillis }) ?? Promise.resolve();
    this.#opened = undefined;
    return closing;
  }
}

/** By name, for a bot may have another copy of this package. */
export function takesLogsForWeex(processor: unknown): boolean {
  const name = property(property(processor, 'constructor'), 'name');
  return name === 'WeexLogRecordProcessor' || name === 'RegisteredLogProcessor';
}
