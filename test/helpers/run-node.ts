import { execFile } from 'node:child_process';

export interface NodeRun {
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly millis: number;
}

/** Runs Node to its end without blocking this thread, so that servers in this process go on. */
export function runNode(args: readonly string[], env: Record<string, string> = {}): Promise<NodeRun> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const { PATH = '' } = process.env;
    execFile(
      process.execPath,
      [...args],
      { env: { PATH, ...env }, timeout: 15_000 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : (error.code ?? error.signal ?? null);
        resolve({ status, stdout, stderr, millis: performance.now() - begin });
      },
    );
  });
}
