import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Install } from './installs.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lastedMillis: number;
}

export interface BotOptions {
  readonly args?: readonly string[];
  /** Flags for Node. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A command that starts Node, such as `unshare`. */
  readonly under?: readonly string[];
}

export const IMPORT = ['--import', 'opentelemetry-exporter-weex/register'];
export const REQUIRE = ['--require', 'opentelemetry-exporter-weex/register'];

/** Variables of the machine that runs the tests must not steer the bots. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|WEEX_|NODE_OPTIONS$|VITEST|XDG_|HTTPS?_PROXY$)/i.test(name),
  ),
);

/** One bot in a process of its own. */
export class BotProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  readonly #watchers = new Set<() => void>();

  constructor(
    { dir }: Pick<Install, 'dir'>,
    bot: string,
    { args = [], flags = [], env = {}, under = [] }: BotOptions,
  ) {
    const startedAt = performance.now();
    const [command = process.execPath, ...rest] = [
      ...under,
      process.execPath,
      ...flags,
      join(dir, bot),
      ...args,
    ];
    this.#child = spawn(command, rest, { cwd: dir, env: { ...CLEAN, ...env }, stdio: 'pipe' });
    this.#child.stdout?.on('data', (chunk) => {
      this.#stdout += chunk;
      for (const check of this.#watchers) check();
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
      for (const check of this.#watchers) check();
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) =>
        resolve({
          code,
          signal,
          stdout: this.#stdout,
          stderr: this.#stderr,
          lastedMillis: performance.now() - startedAt,
        }),
      );
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when the bot has printed the text, or has ended. */
  async printed(text: string): Promise<void> {
    await Promise.race([
      this.ended,
      new Promise<void>((resolve) => {
        const check = (): void => {
          if (!this.#stdout.includes(text) && !this.#stderr.includes(text)) return;
          this.#watchers.delete(check);
          resolve();
        };
        this.#watchers.add(check);
        check();
      }),
    ]);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  say(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }
}

export const runBot = (install: Pick<Install, 'dir'>, bot: string, options: BotOptions): Promise<Ended> =>
  new BotProcess(install, bot, options).ended;

/** Our lines on stderr, without the prefix. */
export const linesOf = ({ stderr }: Ended): readonly string[] =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('opentelemetry-exporter-weex: '))
    .map((line) => line.slice('opentelemetry-exporter-weex: '.length));
