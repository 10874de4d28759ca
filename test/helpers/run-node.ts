import { execFile } from 'node:child_process';

export interface NodeRun {
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node to its end without blocking this thread, so that servers in this process go on. */
export function runNode(args: readonly string[], env: Record<string, string> = {}): Promise<NodeRun> {
  return new Promise((resolve) => {
    const { PATH = '' } = process.env;
    execFile(
      process.execPath,
      [...args],
      { env: { PATH, ...env }, timeout: 18_000 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : (error.code ?? error.signal ?? null);
        resolve({ status, stdout, stderr });
      },
    );
  });
}
