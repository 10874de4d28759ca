/** What a processor of ours can do, whichever signal it takes. */
interface Closable {
  forceFlush(options?: { readonly timeoutMillis?: number | undefined }): Promise<void>;
  shutdown(options?: { readonly timeoutMillis?: number | undefined }): Promise<void>;
}

/**
 * A processor that lives as long as the process, whichever providers come and go.
 *
 * A provider's `shutdown` only flushes it, since it may serve another provider, and a bot may trade on
 * between a flush and the exit. It is opened when first needed; after `close` the next need opens it again.
 */
export abstract class LongLived<T extends Closable> {
  readonly #open: () => T | undefined;
  #opened: T | undefined;
  #failed = false;

  /** `open` tells of its own troubles, and gives `undefined` for them. */
  constructor(open: () => T | undefined) {
    this.#open = open;
  }

  /** What is open now. */
  protected get opened(): T | undefined {
    return this.#opened;
  }

  /** Opens it now, if it is not open. `undefined` when it cannot work; that is not tried twice. */
  protected ready(): T | undefined {
    if (this.#opened === undefined && !this.#failed) {
      this.#opened = this.#open();
      this.#failed = this.#opened === undefined;
      if (this.#opened !== undefined) this.onOpened(this.#opened);
    }
    return this.#opened;
  }

  protected onOpened(_opened: T): void {}

  forceFlush(...args: Parameters<Closable['forceFlush']>): Promise<void> {
    return this.#opened?.forceFlush(...args) ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  /** Flushes and closes it, within the time given: what is under way then is broken off, and stays journaled. */
  close(timeoutMillis: number): Promise<void> {
    const closing = this.#opened?.shutdown({ timeoutMillis }) ?? Promise.resolve();
    this.#opened = undefined;
    return closing;
  }
}
