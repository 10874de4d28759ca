import type { Clock, Timer } from '../lib/clock';
import { createLinePacer, type LinePacer } from '../lib/line-pacer';
import type { Log } from '../lib/log';

const FIRST_RETRY_MILLIS = 1_000;
const LONGEST_RETRY_MILLIS = 5_000;
const LINES_AT_ONCE = 4;
/** After so much good time, the next trouble is a new one and is tried again soon. */
const HEALTHY_MILLIS = 60_000;

export interface DiskStateOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Uses the disk again and writes what was kept in memory. Calls `well` in the same step in which it finds
   * that nothing is left to write, or never. Must not reject.
   */
  tryAgain(well: () => void): Promise<void>;
  onDegraded(reason: string): void;
  onRestored(): void;
}

/**
 * Whether the disk can be used:
 *
 *   well --failed--> troubled --tryAgain: no--> troubled (after 1 s, 2 s, then every 5 s)
 *                    troubled --tryAgain: well-> well
 */
export class DiskState {
  readonly #options: DiskStateOptions;
  #trouble: string | undefined;
  #timer: Timer | undefined;
  #delayMillis = FIRST_RETRY_MILLIS;
  #restoredMonotonic = Number.NEGATIVE_INFINITY;
  #trying: Promise<void> | undefined;
  #stopped = false;
  /** A disk that comes and goes must not fill the bot's log. */
  readonly #lines: LinePacer;

  constructor(options: DiskStateOptions) {
    this.#options = options;
    const { log, clock } = options;
    this.#lines = createLinePacer({ log, clock, burst: LINES_AT_ONCE, noun: 'changes' });
  }

  /** Why the disk cannot be used now. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  failed(reason: string): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = reason;
    const { clock, folder, onDegraded } = this.#options;
    if (clock.monotonicMillis() - this.#restoredMonotonic >= HEALTHY_MILLIS) {
      this.#delayMillis = FIRST_RETRY_MILLIS;
    }
    this.#lines.offer(
      'error',
      `journal ${folder} cannot be used: ${reason}. AI logs are kept in memory only and still sent; ` +
        'a crash now would lose those not yet delivered. The disk is tried again every few seconds',
    );
    onDegraded(reason);
    this.#schedule();
  }

  /** Tries now and not when it is time. */
  async tryNow(): Promise<void> {
    if (this.#trouble === undefined) return;
    this.#trying ??= this.#try().finally(() => {
      this.#trying = undefined;
    });
    await this.#trying;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#lines.close();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = this.#options.clock.schedule(this.#delayMillis, () => void this.tryNow());
    this.#delayMillis = Math.min(this.#delayMillis * 2, LONGEST_RETRY_MILLIS);
  }

  async #try(): Promise<void> {
    this.#timer?.cancel();
    const { clock, folder, tryAgain, onRestored } = this.#options;
    await tryAgain(() => {
      this.#trouble = undefined;
    });
    if (this.#trouble !== undefined) return this.#schedule();
    this.#restoredMonotonic = clock.monotonicMillis();
    this.#lines.offer('info', `journal ${folder} can be used again; what was kept in memory is on disk`);
    onRestored();
  }
}
