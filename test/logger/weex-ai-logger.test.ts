import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { WeexOptions } from '../../src/config/settings.js';
import type { SyncTransport } from '../../src/delivery/transport.js';
import { AiLogEntry } from '../../src/entry/ai-log-entry.js';
import { WeexApiError } from '../../src/errors.js';
import type { WeexReceipt } from '../../src/journal/journal.js';
import type { Clock, Timer } from '../../src/lib/clock.js';
import type { EntryChannel } from '../../src/logger/entry-channel.js';
import { WeexAiLogger } from '../../src/logger/weex-ai-logger.js';
import type { EntryOutcome } from '../../src/pipeline/entry-outcome.js';
import { runNode } from '../helpers/run-node.js';

const TIMEOUT_MILLIS = 10_000;

const entryOf = (model: string): AiLogEntry =>
  new AiLogEntry({ stage: 'Execution', model, input: { a: 1 }, output: { b: 2 }, explanation: 'why' });

const receiptOf = (entryId: string): WeexReceipt => ({
  entryId,
  code: '00000',
  msg: 'success',
  acceptedAt: 1,
  attempts: 1,
  possibleDuplicate: false,
});

class ManualClock implements Clock {
  #now = 0;
  #timers = new Map<object, { readonly at: number; readonly work: () => void }>();
  wallMillis = (): number => this.#now;
  monotonicMillis = (): number => this.#now;
  random = (): number => 0;
  get timers(): number {
    return this.#timers.size;
  }
  schedule(delayMillis: number, work: () => void): Timer {
    const key = {};
    this.#timers.set(key, { at: this.#now + delayMillis, work });
    return { cancel: () => void this.#timers.delete(key) };
  }
  advance(millis: number): void {
    this.#now += millis;
    for (const [key, { at, work }] of this.#timers) {
      if (at > this.#now) continue;
      this.#timers.delete(key);
      work();
    }
  }
}

/** Takes entries and settles them when and as the test says. */
class FakeChannel implements EntryChannel {
  readonly timeoutMillis = TIMEOUT_MILLIS;
  readonly route = {
    endpoint: 'http://localhost:1',
    proxy: { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined },
    ca: [],
  };
  readonly models: string[] = [];
  readonly transports: SyncTransport[] = [];
  releases = 0;
  syncOutcome: EntryOutcome = { kind: 'pending' };
  /** How the next entries end at once; without it they stay open. */
  atOnce: ((model: string) => EntryOutcome) | undefined;
  #settle = new Map<string, (outcome: EntryOutcome) => void>();

  submit(entry: AiLogEntry): { entryId: string; settled: Promise<EntryOutcome> } {
    this.models.push(entry.model);
    const entryId = `id-${entry.model}`;
    if (this.atOnce) return { entryId, settled: Promise.resolve(this.atOnce(entry.model)) };
    return { entryId, settled: new Promise((resolve) => this.#settle.set(entry.model, resolve)) };
  }
  submitSync(entry: AiLogEntry, transport: SyncTransport, timeoutMillis: number) {
    expect(timeoutMillis).toBe(TIMEOUT_MILLIS);
    this.models.push(entry.model);
    this.transports.push(transport);
    return { entryId: `id-${entry.model}`, outcome: this.syncOutcome };
  }
  async release(): Promise<void> {
    this.releases += 1;
  }
  settle(model: string, outcome: EntryOutcome): void {
    this.#settle.get(model)?.(outcome);
  }
  accept(model: string): void {
    this.settle(model, { kind: 'accepted', receipt: receiptOf(`id-${model}`) });
  }
}

function makeLogger() {
  const channel = new FakeChannel();
  const clock = new ManualClock();
  const logger = new WeexAiLogger({}, () => channel, clock);
  return { logger, channel, clock };
}

const rejection = { httpStatus: 400, weexCode: '40020', reason: 'parameter error' };
const outcomes: readonly [EntryOutcome, object][] = [
  [
    { kind: 'rejected', rejection },
    { code: 'REJECTED', disposition: 'reject', httpStatus: 400, weexCode: '40020' },
  ],
  [
    { kind: 'invalid', reason: 'no model' },
    { code: 'REJECTED', disposition: 'reject', httpStatus: undefined },
  ],
  [
    { kind: 'skipped', reason: 'filter' },
    { code: 'REJECTED', disposition: 'reject' },
  ],
  [
    { kind: 'paused', refusal: { reason: 'key', weexCode: '40006', httpStatus: 400 } },
    { code: 'PAUSED', disposition: 'hold' },
  ],
  [{ kind: 'pending' }, { code: 'PENDING', disposition: 'retry' }],
  [{ kind: 'lost' }, { code: 'LOST', disposition: 'retry' }],
];

const errorOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('WeexAiLogger', () => {
  it('opens the pipeline of its options', () => {
    const seen: WeexOptions[] = [];
    const open = (options: WeexOptions) => {
      seen.push(options);
      return new FakeChannel();
    };
    new WeexAiLogger({ account: 'a' }, open);
    new WeexAiLogger(undefined, open);
    expect(seen).toEqual([{ account: 'a' }, {}]);
  });
});

describe('uploadLog', () => {
  it('has handed the entry over when it returns, and resolves with the receipt', async () => {
    const { logger, channel, clock } = makeLogger();
    const upload = logger.uploadLog(entryOf('a'));
    expect(channel.models).toEqual(['a']);
    channel.accept('a');
    expect(await upload).toEqual(receiptOf('id-a'));
    expect(clock.timers).toBe(0);
  });

  it.each(outcomes)('rejects for %j', async (outcome, expected) => {
    const { logger, channel } = makeLogger();
    channel.atOnce = () => outcome;
    const error = await logger.uploadLog(entryOf('a')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WeexApiError);
    expect(error).toMatchObject({ ...expected, entryId: 'id-a' });
  });

  it('rejects with PENDING when the time is up, and not before', async () => {
    const { logger, channel, clock } = makeLogger();
    const upload = logger.uploadLog(entryOf('a'));
    let ended = false;
    upload.catch(() => {
      ended = true;
    });
    clock.advance(TIMEOUT_MILLIS - 1);
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    clock.advance(1);
    await expect(upload).rejects.toMatchObject({ code: 'PENDING', disposition: 'retry', entryId: 'id-a' });
    channel.accept('a');
  });

  it('resolves in a mode that sends nothing, with a receipt that says so', async () => {
    const { logger, channel } = makeLogger();
    channel.atOnce = () => ({ kind: 'recorded' });
    expect(await logger.uploadLog(entryOf('a'))).toMatchObject({
      entryId: 'id-a',
      code: 'RECORDED',
      attempts: 0,
    });
  });

  it.each([null, undefined, 'text', 5, {}, [], { stage: 'a', model: 'b' }])('refuses %j', async (item) => {
    const { logger, channel } = makeLogger();
    await expect(Reflect.apply(logger.uploadLog, logger, [item])).rejects.toMatchObject({ code: 'REJECTED' });
    expect(channel.models).toEqual([]);
  });

  it('takes an entry of another copy of the package', async () => {
    const { logger, channel } = makeLogger();
    channel.atOnce = () => ({ kind: 'recorded' });
    const foreign = { ...entryOf('foreign') };
    await Reflect.apply(logger.uploadLog, logger, [foreign]);
    expect(channel.models).toEqual(['foreign']);
  });

  it('rejects after the logger was closed, which releases its pipeline once', async () => {
    const { logger, channel } = makeLogger();
    await Promise.all([logger.close(), logger.close()]);
    expect(channel.releases).toBe(1);
    await expect(logger.uploadLog(entryOf('a'))).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(logger.uploadLogs([entryOf('a')])).rejects.toMatchObject({ code: 'CLOSED' });
    expect(() => logger.uploadLogSync(entryOf('a'))).toThrow(WeexApiError);
    expect(channel.models).toEqual([]);
  });
});

describe('uploadLogSync', () => {
  it('returns the receipt, by one transport for all calls', () => {
    const { logger, channel } = makeLogger();
    channel.syncOutcome = { kind: 'accepted', receipt: receiptOf('x') };
    expect(logger.uploadLogSync(entryOf('a'))).toEqual(receiptOf('x'));
    logger.uploadLogSync(entryOf('b'));
    expect(new Set(channel.transports).size).toBe(1);
  });

  it.each(outcomes)('throws for %j', (outcome, expected) => {
    const { logger, channel } = makeLogger();
    channel.syncOutcome = outcome;
    const error = errorOf(() => logger.uploadLogSync(entryOf('a')));
    expect(error).toBeInstanceOf(WeexApiError);
    expect(error).toMatchObject({ ...expected, entryId: 'id-a' });
  });

  it('refuses what is no entry', () => {
    const { logger } = makeLogger();
    expect(errorOf(() => Reflect.apply(logger.uploadLogSync, logger, [{}]))).toMatchObject({
      code: 'REJECTED',
    });
  });
});

describe('uploadLogs', () => {
  const accepted = (model: string): EntryOutcome => ({ kind: 'accepted', receipt: receiptOf(`id-${model}`) });

  it('uploads all of an iterable or async iterable and counts', async () => {
    async function* later() {
      yield* [entryOf('a'), entryOf('b')];
    }
    for (const source of [[entryOf('a'), entryOf('b')], new Set([entryOf('a'), entryOf('b')]), later()]) {
      const { logger, channel } = makeLogger();
      channel.atOnce = accepted;
      expect(await logger.uploadLogs(source)).toEqual({ delivered: 2, failed: 0 });
      expect(channel.models).toEqual(['a', 'b']);
    }
  });

  it('fails a bad item alone, and tells of each item', async () => {
    const { logger, channel } = makeLogger();
    channel.atOnce = (model) => (model === 'bad' ? { kind: 'rejected', rejection } : accepted(model));
    const bad = entryOf('bad');
    const items = [entryOf('a'), null, bad, 'text', entryOf('b')];
    const receipts: string[] = [];
    const errors: unknown[] = [];
    const counts = await Reflect.apply(logger.uploadLogs, logger, [
      items,
      {
        onReceipt: (receipt: WeexReceipt) => receipts.push(receipt.entryId),
        onError: (error: WeexApiError, item: unknown) => errors.push([error.code, item]),
      },
    ]);
    expect(counts).toEqual({ delivered: 2, failed: 3 });
    expect(receipts).toEqual(['id-a', 'id-b']);
    expect(errors).toHaveLength(3);
    expect(errors).toEqual(
      expect.arrayContaining([
        ['REJECTED', null],
        ['REJECTED', bad],
        ['REJECTED', 'text'],
      ]),
    );
  });

  it('is not stopped by hooks that throw or reject, and tells once', async () => {
    const { logger, channel } = makeLogger();
    channel.atOnce = (model) => (model === 'b' ? { kind: 'rejected', rejection } : accepted(model));
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const counts = await logger.uploadLogs([entryOf('a'), entryOf('b'), entryOf('c')], {
        onReceipt: () => {
          throw new TypeError('secret details');
        },
        onError: () => Promise.reject(new RangeError('secret details')),
      });
      expect(counts).toEqual({ delivered: 2, failed: 1 });
      await vi.waitFor(() => expect(written).toHaveBeenCalledTimes(2));
      const lines = written.mock.calls.map(([line]) => line);
      expect(lines).toEqual([
        expect.stringContaining('onReceipt threw (TypeError)'),
        expect.stringContaining('onError threw (RangeError)'),
      ]);
    } finally {
      written.mockRestore();
    }
  });

  it('takes no more than there is room for, and closes an endless source when the logger is closed', async () => {
    const { logger, channel } = makeLogger();
    let returned = false;
    function* endless() {
      try {
        for (let n = 0; ; n += 1) yield entryOf(`m${n}`);
      } finally {
        returned = true;
      }
    }
    const upload = logger.uploadLogs(endless());
    await vi.waitFor(() => expect(channel.models).toHaveLength(100));
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    expect(channel.models).toHaveLength(100);
    for (const model of ['m0', 'm1', 'm2']) channel.accept(model);
    await vi.waitFor(() => expect(channel.models).toHaveLength(103));
    await logger.close();
    for (const model of channel.models) channel.accept(model);
    expect(await upload).toEqual({ delivered: 103, failed: 0 });
    expect(returned).toBe(true);
  });

  it('lets the bot run on while entries end at once', async () => {
    const { logger, channel } = makeLogger();
    channel.atOnce = accepted;
    let turns = 0;
    const ticking = (): void => {
      turns += 1;
      tick = setImmediate(ticking);
    };
    let tick = setImmediate(ticking);
    await logger.uploadLogs(Array.from({ length: 2_000 }, (_, n) => entryOf(String(n))));
    clearImmediate(tick);
    expect(turns).toBeGreaterThan(50);
  });

  it('gives up with PENDING only when nothing has ended for the time-out, and goes on', async () => {
    const { logger, channel, clock } = makeLogger();
    const codes: string[] = [];
    const upload = logger.uploadLogs(
      Array.from({ length: 102 }, (_, n) => entryOf(`m${n}`)),
      { onError: (error) => codes.push(`${error.code} ${error.entryId}`) },
    );
    await vi.waitFor(() => expect(channel.models).toHaveLength(100));
    clock.advance(TIMEOUT_MILLIS - 1);
    channel.accept('m0');
    await vi.waitFor(() => expect(channel.models).toHaveLength(101));
    clock.advance(TIMEOUT_MILLIS - 1);
    expect(codes).toEqual([]);
    clock.advance(1);
    expect(codes).toHaveLength(100);
    expect(codes[0]).toBe('PENDING id-m1');
    await vi.waitFor(() => expect(channel.models).toHaveLength(102));
    channel.accept('m101');
    expect(await upload).toEqual({ delivered: 2, failed: 100 });
    expect(clock.timers).toBe(0);
  });

  it('rejects with what the source throws, after those under way have ended', async () => {
    const { logger, channel } = makeLogger();
    function* broken() {
      yield entryOf('a');
      throw new RangeError('source');
    }
    const receipts: string[] = [];
    const upload = logger.uploadLogs(broken(), { onReceipt: (receipt) => receipts.push(receipt.entryId) });
    upload.catch(() => {});
    await vi.waitFor(() => expect(channel.models).toEqual(['a']));
    channel.accept('a');
    await expect(upload).rejects.toThrow(RangeError);
    expect(receipts).toEqual(['id-a']);
  });
});

describe('a process that uploads', () => {
  const load = JSON.stringify(join(import.meta.dirname, '../../dist/logger/weex-ai-logger.js'));
  const entry = JSON.stringify({ stage: 'a', model: 'b', input: {}, output: {}, explanation: 'c' });
  const program = (timeoutMillis: number, use: string) => `
    const { WeexAiLogger } = require(${load});
    const channel = {
      timeoutMillis: ${timeoutMillis}, route: {}, release: async () => {},
      submit: () => ({ entryId: 'x', settled: ${use.includes('reject') ? "Promise.resolve({ kind: 'pending' })" : 'new Promise(() => {})'} }),
    };
    const logger = new WeexAiLogger({}, () => channel);
    const entry = ${entry};
    ${use}`;

  it.each([
    ['one', 'logger.uploadLog(entry).catch((error) => console.log(error.code));', 'PENDING\n'],
    ['a batch', 'logger.uploadLogs([entry]).then(({ failed }) => console.log(failed));', '1\n'],
  ])('lives until the answer to %s, with nothing else to do', async (_what, use, expected) => {
    expect(await runNode(['-e', program(50, use)])).toMatchObject({
      status: 0,
      stdout: expected,
      stderr: '',
    });
  });

  it('does not end by a rejection that it did not await', async () => {
    const use = "logger.uploadLog(entry /* rejects */); setTimeout(() => console.log('alive'), 20);";
    expect(await runNode(['-e', program(50, use)])).toMatchObject({
      status: 0,
      stdout: 'alive\n',
      stderr: '',
    });
  });
});
