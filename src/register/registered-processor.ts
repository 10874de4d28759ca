import { property } from '../host/foreign';
import type { SelfCheck } from '../host/self-check';
import type { WeexSpanProcessor } from '../otel/weex-span-processor';

type Hook<Name extends 'onStart' | 'onEnd'> = Parameters<WeexSpanProcessor[Name]>;

/**
 * The processor that lives as long as the process, whichever providers come and go.
 *
 * A provider's `shutdown` only flushes it, since it may serve another provider, and a bot may trade on
 * between a flush and the exit. It is opened when first needed; after `close` the next span opens it again.
 */
export class RegisteredProcessor {
  readonly #open: () => WeexSpanProcessor | undefined;
  #opened: WeexSpanProcessor | undefined;
  #failed = false;
  #check: SelfCheck | undefined;

  /** `open` tells of its own troubles, and gives `undefined` for them. */
  constructor(open: () => WeexSpanProcessor | undefined) {
    this.#open = open;
  }

  /** Opens it now, if it is not open. False when it cannot work; that is not tried twice. */
  open(): boolean {
    if (this.#opened === undefined && !this.#failed) {
      this.#opened = this.#open();
      this.#failed = this.#opened === undefined;
      if (this.#check) this.#opened?.noteSelfCheck(this.#check);
    }
    return this.#opened !== undefined;
  }

  /** Keeps what was found about the process in the journal, now or when it is opened. */
  note(check: SelfCheck): void {
    this.#check = check;
    this.#opened?.noteSelfCheck(check);
  }

  onStart(...args: Hook<'onStart'>): void {
    if (this.open()) this.#opened?.onStart(...args);
  }

  onEnd(...args: Hook<'onEnd'>): void {
    if (this.open()) this.#opened?.onEnd(...args);
  }

  forceFlush(...args: Parameters<WeexSpanProcessor['forceFlush']>): Promise<void> {
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

/** By name, for a bot may have another copy of this package. */
export function takesSpansForWeex(processor: unknown): boolean {
  const name = property(property(processor, 'constructor'), 'name');
  return name === 'WeexSpanProcessor' || name === 'RegisteredProcessor';
}
