// @ts-check
import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, without blocking the servers of this process.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeoutMillis?: number }} options
 * @returns {Promise<{ stdout: string, stderr: string }>}
 * @throws Error with what the command printed, when its exit status is not 0
 */
export function run(command, args, { cwd, env = process.env, timeoutMillis = 60_000 }) {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMillis,
      killSignal: 'SIGKILL',
    });
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ stdout, stderr });
      else
        reject(
          new Error(`${[command, ...args].join(' ')}: ended with ${code ?? signal}\n${stdout}${stderr}`),
        );
    });
  });
}
