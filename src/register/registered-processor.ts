import { property } from '../host/foreign';
import type { SelfCheck } from '../host/self-check';
import type { WeexSpanProcessor } from '../otel/weex-span-processor';
import { LongLived } from './long-lived';

type Hook<Name extends 'onStart' | 'onEnd'> = Parameters<WeexSpanProcessor[Name]>;

/** Takes spans for as long as the process lives. */
export class RegisteredProcessor extends LongLived<WeexSpanProcessor> {
  #check: SelfCheck | undefined;

  /** Opens it now, if it is not open. False when it cannot work; that is not tried twice. */
  open(): boolean {
    return this.ready() !== undefined;
  }

  /** Keeps what was found about the process in the journal, now or when it is opened. */
  note(check: SelfCheck): void {
    this.#check = check;
    this.opened?.noteSelfCheck(check);
  }

  protected override onOpened(opened: WeexSpanProcessor): void {
    if (this.#check) opened.noteSelfCheck(this.#check);
  }

  onStart(...args: Hook<'onStart'>): void {
    this.ready()?.onStart(...args);
  }

  onEnd(...args: Hook<'onEnd'>): void {
    this.ready()?.onEnd(...args);
  }
}

/** By name, for a bot may have another copy of this package. */
export function takesSpansForWeex(processor: unknown): boolean {
  const name = property(property(processor, 'constructor'), 'name');
  return name === 'WeexSpanProcessor' || name === 'RegisteredProcessor';
}
