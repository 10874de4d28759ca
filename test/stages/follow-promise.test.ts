import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startActiveStage } from '../../src/stages/start-stage.js';
import { registerTracing } from '../helpers/tracing.js';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const { spans } = registerTracing();

beforeEach(() => {
  spans.ended.length = 0;
});

afterAll(() => {
  trace.disable();
  context.disable();
});

/** As the clients of AI providers return: `then` gives a plain promise, and there are members beside it. */
class ApiPromise<T> extends Promise<T> {
  readonly #answer: Promise<T>;

  constructor(answer: Promise<T>) {
    super((resolve) => resolve(answer));
    this.#answer = answer;
    super.then(undefined, () => {});
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  async withResponse(): Promise<{ data: T; status: number }> {
    return { data: await this.#answer, status: 200 };
  }
}

class Query implements PromiseLike<string> {
  runs = 0;
  activeSpan: unknown;

  // biome-ignore lint/suspicious/noThenProperty: a query builder is a thenable
  then<A = string, B = never>(
    onValue?: ((value: string) => A | PromiseLike<A>) | null,
    onReason?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.runs += 1;
    this.activeSpan = trace.getActiveSpan();
    return Promise.resolve(`run ${this.runs}`).then(onValue, onReason);
  }

  catch(): Promise<string> {
    return this.then();
  }
}

describe('what startActiveStage returns for a thenable', () => {
  it('is a promise of the same subclass', async () => {
    class Tracked<T> extends Promise<T> {}
    const returned = startActiveStage('x', { model: 'm' }, () => Tracked.resolve(5));
    expect(returned).toBeInstanceOf(Tracked);
    expect(await returned).toBe(5);
    expect(spans.ended).toHaveLength(1);
  });

  it('keeps the members of a promise whose then gives a plain one', async () => {
    const make = () => startActiveStage('x', { model: 'm' }, () => new ApiPromise(Promise.resolve('BUY')));
    expect(make()).toBeInstanceOf(ApiPromise);
    expect(await make()).toBe('BUY');
    expect(await make().withResponse()).toEqual({ data: 'BUY', status: 200 });
    expect(await make().finally(() => {})).toBe('BUY');
    expect('withResponse' in make()).toBe(true);
    await nextTurn();
    expect(spans.ended).toHaveLength(5);
  });

  it('leaves a failure to the member by which the caller goes on', async () => {
    const error = new Error('429');
    const returned = startActiveStage('x', { model: 'm' }, () => new ApiPromise(Promise.reject(error)));
    await expect(returned.withResponse()).rejects.toBe(error);
    await nextTurn();
    expect(spans.last().status.message).toBe('429');
  });

  it('has run a query builder once, in the stage’s context', async () => {
    const query = new Query();
    let stageSpan: unknown;
    const result = await startActiveStage('x', { model: 'm' }, (stage) => {
      stageSpan = stage;
      return query;
    });
    expect([result, query.runs]).toEqual(['run 1', 1]);
    expect(query.activeSpan).toBe(stageSpan);
    expect(spans.ended).toHaveLength(1);
  });

  it.each<[string, (onValue: (value: number) => void, onReason: (reason: unknown) => void) => void]>([
    ['calls back at once', (onValue) => onValue(5)],
    ['calls back later', (onValue) => void setImmediate(onValue, 5)],
    [
      'calls back twice',
      (onValue, onReason) => {
        onValue(5);
        onReason(new Error('and again'));
        onValue(6);
      },
    ],
  ])('settles like a bare one that %s', async (_, then) => {
    const returned = startActiveStage('x', { model: 'm' }, () => ({ then }));
    expect(await returned).toBe(5);
    expect(spans.ended).toHaveLength(1);
    expect(spans.last().status.message).toBeUndefined();
  });

  it('rejects like a bare one that throws or calls back with a reason', async () => {
    const error = new Error('refused');
    const thens = [
      (_: unknown, onReason: (reason: unknown) => void) => onReason(error),
      () => {
        throw error;
      },
    ];
    for (const then of thens) {
      const returned: unknown = startActiveStage('x', { model: 'm' }, () => ({ then }));
      await expect(Promise.resolve(returned)).rejects.toBe(error);
      expect(spans.last().status.message).toBe('refused');
    }
    expect(spans.ended).toHaveLength(2);
  });

  it('is the value itself when its then cannot be read', () => {
    const odd = Object.defineProperty({}, 'then', {
      get: () => {
        throw new Error('broken getter');
      },
    });
    expect(startActiveStage('x', { model: 'm' }, () => odd)).toBe(odd);
    expect(spans.ended).toHaveLength(1);
  });

  it('leaves a rejection that nobody handles unhandled, so that the process learns of it', async () => {
    const error = new Error('nobody awaits this');
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    try {
      const seen = once(process, 'unhandledRejection');
      startActiveStage('x', { model: 'm' }, async () => {
        throw error;
      });
      expect((await seen)[0]).toBe(error);
    } finally {
      for (const listener of before) process.on('unhandledRejection', listener);
    }
  });
});
