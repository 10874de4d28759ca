import { readProcessEnv } from '../config/process-env';
import type { WeexOptions } from '../config/settings';
import type { SyncTransport } from '../delivery/transport';
import type { AiLogEntry } from '../entry/ai-log-entry';
import type { WeexReceipt } from '../journal/journal';
import { type Clock, systemClock, type Timer } from '../lib/clock';
import { holdProcess } from '../lib/hold-process';
import { createProcessLog } from '../lib/log';
import { once } from '../lib/once';
import { type OnceLog, sayOnce } from '../lib/say-once';
import type { EntryOutcome } from '../pipeline/entry-outcome';
import { type BatchCounts, type BatchHooks, type Underway, uploadBatch } from './batch-upload';
import type { EntryChannel, OpenEntryChannel } from './entry-channel';
import { openEntryChannel } from './open-entry-channel';
import { createSyncTransport } from './sync-transport';
import { takeEntry } from './take-entry';
import { closedError, notAnEntryError, resultOf, type UploadResult } from './upload-result';

/**
 * Logs AI decisions without spans: every entry is journaled first and goes to WEEX by the same uploader as
 * those of spans.
 *
 * In the modes `record` and `off` nothing is sent; `record` answers with a receipt whose code is `RECORDED`.
 */
export class WeexAiLogger {
  readonly #channel: EntryChannel;
  readonly #clock: Clock;
  readonly #log: OnceLog;
  readonly #release: () => Promise<void>;
  #transport: SyncTransport | undefined;
  #closed = false;

  /**
   * @param options settings; what is left out comes from the environment
   * @throws WeexConfigError listing all settings that cannot work and all credentials that are missing
   */
  constructor(options?: WeexOptions);
  /** For tests. @internal */
  constructor(options?: WeexOptions, open?: OpenEntryChannel, clock?: Clock);
  constructor(
    options: WeexOptions = {},
    open: OpenEntryChannel = openEntryChannel,
    clock: Clock = systemClock,
  ) {
    this.#channel = open(options);
    this.#clock = clock;
    this.#log = sayOnce(createProcessLog(readProcessEnv()));
    this.#release = once(() => this.#channel.release());
  }

  /**
   * Journals the entry before it returns, and resolves with WEEX's receipt.
   *
   * Rejects with a `WeexApiError` whose `code` is `REJECTED` when WEEX or a rule of yours refuses the entry,
   * `PAUSED` when WEEX refuses the account (the entry is kept, and sent when it accepts again), `PENDING` when
   * `timeoutMillis` pass without an answer (delivery goes on behind it), `CLOSED` after `close()`, and `LOST`
   * when neither disk nor memory took it. A rejection that nobody handles does not end the process.
   */
  uploadLog(entry: AiLogEntry): Promise<WeexReceipt> {
    const receipt = this.#upload(entry);
    // Logging must not end a bot that did not await it; who awaits gets the error all the same.
    receipt.catch(() => {});
    return receipt;
  }

  /**
   * Uploads all that an iterable or async iterable gives, and resolves with how many got a receipt and how
   * many did not. Takes the next only when there is room, so the source may be endless; a bad item fails
   * alone. What hooks throw is told once and changes nothing. Rejects only with what the source itself throws.
   *
   * `PENDING` counts as failed here when nothing of the batch has ended for `timeoutMillis`.
   */
  async uploadLogs(
    entries: Iterable<AiLogEntry> | AsyncIterable<AiLogEntry>,
    hooks: BatchHooks = {},
  ): Promise<BatchCounts> {
    if (this.#closed) throw closedError();
    return await uploadBatch(entries, hooks, {
      begin: (item) => this.#begin(item),
      isClosed: () => this.#closed,
      schedule: (giveUp) => this.#schedule(giveUp),
      tell: (name, hook) => this.#tell(name, hook),
    });
  }

  /**
   * The same as `uploadLog` for code that cannot await: blocks its thread for at most `timeoutMillis`, and
   * throws what `uploadLog` rejects with.
   */
  uploadLogSync(entry: AiLogEntry): WeexReceipt {
    if (this.#closed) throw closedError();
    const taken = takeEntry(entry);
    if (taken === undefined) throw notAnEntryError(entry);
    this.#transport ??= createSyncTransport(this.#channel.route);
    const { entryId, outcome } = this.#channel.submitSync(
      taken,
      this.#transport,
      this.#channel.timeoutMillis,
    );
    return receiptOf(this.#result(entryId, outcome));
  }

  /** Takes nothing more, waits for the flush of what was taken, and frees what the logger holds. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#transport?.close();
    await this.#release();
  }

  async #upload(entry: AiLogEntry): Promise<WeexReceipt> {
    if (this.#closed) throw closedError();
    const { settled, givenUp } = this.#begin(entry);
    const letGo = holdProcess();
    let timer: Timer | undefined;
    const late = new Promise<UploadResult>((resolve) => {
      timer = this.#schedule(() => resolve(givenUp()));
    });
    try {
      return receiptOf(await Promise.race([settled, late]));
    } finally {
      timer?.cancel();
      letGo();
    }
  }

  #begin(item: unknown): Underway {
    const taken = takeEntry(item);
    if (taken === undefined) {
      const result: UploadResult = { kind: 'error', error: notAnEntryError(item) };
      return { settled: Promise.resolve(result), givenUp: () => result };
    }
    const { entryId, settled } = this.#channel.submit(taken);
    return {
      settled: settled.then((outcome) => this.#result(entryId, outcome)),
      givenUp: () => this.#result(entryId, { kind: 'pending' }),
    };
  }

  #result(entryId: string, outcome: EntryOutcome): UploadResult {
    const { timeoutMillis } = this.#channel;
    return resultOf(outcome, { entryId, timeoutMillis, wallMillis: this.#clock.wallMillis() });
  }

  #schedule(work: () => void): Timer {
    return this.#clock.schedule(this.#channel.timeoutMillis, work);
  }

  #tell(name: keyof BatchHooks, hook: () => unknown): void {
    const complain = (error: unknown): void => {
      // The name only: a message may hold anything that the bot was working on.
      const what = error instanceof Error ? error.name : typeof error;
      this.#log.warn(name, `${name} threw (${what}); the upload goes on. Told once.`);
    };
    try {
      const returned = hook();
      if (returned instanceof Promise) returned.catch(complain);
    } catch (error) {
      complain(error);
    }
  }
}

function receiptOf(result: UploadResult): WeexReceipt {
  if (result.kind === 'error') throw result.error;
  return result.receipt;
}
