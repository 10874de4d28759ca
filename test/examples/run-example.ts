import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface ExampleRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the example left in its temporary and its home folder. */
  readonly leftovers: string[];
}

export interface StartedExample {
  readonly child: ChildProcess;
  /** What stands on stderr so far. */
  stderr(): string;
  ended(): Promise<ExampleRun>;
}

/** Starts an example in a world of its own: only the variables given, an empty home and temporary folder. */
export function startExample(
  script: string,
  args: string[] = [],
  env: Record<string, string> = {},
): StartedExample {
  const world = mkdtempSync(join(tmpdir(), 'ex-'));
  const child = spawn(process.execPath, [join(ROOT, 'examples', script), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: world, TMPDIR: world, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  return {
    child,
    stderr: () => stderr,
    async ended() {
      await closed;
      const leftovers = readdirSync(world, { recursive: true, encoding: 'utf8' });
      rmSync(world, { recursive: true, force: true });
      return { exitCode: child.exitCode, stdout, stderr, leftovers };
    },
  };
}

export const runExample = (
  script: string,
  args?: string[],
  env?: Record<string, string>,
): Promise<ExampleRun> => startExample(script, args, env).ended();

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
