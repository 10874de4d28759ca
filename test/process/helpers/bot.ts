import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { WeexOptions } from '../../../src/config/settings.js';

export interface BotEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface BotOptions {
  readonly args?: readonly string[];
  /** Flags for Node. */
  readonly flags?: readonly string[];
  /** A command that starts Node, such as `unshare`. */
  readonly under?: readonly string[];
  readonly uid?: number;
}

const BOTS = join(import.meta.dirname, '..', 'bots');

/** Variables of the machine that runs the tests must not steer the bots. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|WEEX_|NODE_|VITEST|XDG_|HTTPS?_PROXY$)/i.test(name),
  ),
);

/** One bot in a process of its own, with a pipe on which it tells what has happened. */
export class Bot {
  readonly ended: Promise<BotEnd>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #reported = '';
  #output = '';
  #isOver = false;

  constructor(file: string, account: WeexOptions, options: BotOptions = {}) {
    const { args = [], flags = [], under = [], uid } = options;
    const [command = '', ...rest] = [
      ...under,
      process.execPath,
      ...flags,
      join(BOTS, file),
      JSON.stringify(account),
      ...args,
    ];
    this.#child = spawn(command, rest, {
      env: CLEAN,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    const { stdin, stdout, stderr, stdio } = this.#child;
    // A bot that is killed breaks the pipe; its end is told by `ended`.
    stdin?.on('error', () => {});
    const changed = (): void => {
      for (const watcher of [...this.#watchers]) watcher();
    };
    const collect = (chunk: Buffer): void => {
      this.#output += chunk;
      changed();
    };
    stdout?.on('data', collect);
    stderr?.on('data', collect);
    stdio[3]?.on('error', () => {});
    stdio[3]?.on('data', (chunk: Buffer) => {
      this.#reported += chunk;
      changed();
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#isOver = true;
        changed();
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything on stdout and stderr. */
  get output(): string {
    return this.#output;
  }

  /** Whole lines from the pipe; one that a death cut is not among them. */
  get reports(): string[] {
    return this.#reported
      .slice(0, this.#reported.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
  }

  /** The package's lines. */
  get lines(): string[] {
    return this.#output.split('\n').filter((line) => line.startsWith('opentelemetry-exporter-weex: '));
  }

  /** Resolves when it holds; rejects with the bot's output when the bot ends first, or after the time. */
  until(holds: (bot: Bot) => boolean, timeoutMillis = 15_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (error?: Error): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
        if (error === undefined) resolve();
        else reject(error);
      };
      const wrong = (what: string): void =>
        finish(
          new Error(`${what}; it reported ${this.reports.slice(-3).join(' | ')} and said:\n${this.#output}`),
        );
      const check = (): void => {
        if (holds(this)) finish();
        else if (this.#isOver) wrong('the bot ended before it came to what was awaited');
      };
      const timer = setTimeout(
        () => wrong(`the bot did not come to what was awaited in ${timeoutMillis} ms`),
        timeoutMillis,
      );
      this.#watchers.add(check);
      check();
    });
  }

  /** Resolves with the report once the bot has made one that starts so. */
  async reported(start: string, timeoutMillis?: number): Promise<string> {
    const find = (bot: Bot): string | undefined => bot.reports.find((line) => line.startsWith(start));
    await this.until((bot) => find(bot) !== undefined, timeoutMillis);
    return find(this) ?? '';
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<BotEnd> {
    this.#child.kill(signal);
    return this.ended;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
