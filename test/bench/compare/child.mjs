// @ts-check
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const here = (/** @type {string} */ file) => join(import.meta.dirname, file);

/** A folder that is removed afterwards. @template T @param {(folder: string) => Promise<T>} use */
export async function inFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'weex-compare-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function startSink() {
  const sink = fork(here('sink.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  /** @type {{ url: string, httpsUrl: string, certificate: string }} */
  const places = await new Promise((resolve) => sink.once('message', resolve));
  return {
    ...places,
    /** @param {'up' | 'down' | 'reset' | 'count'} command @returns {Promise<number>} */
    tell: (command) =>
      new Promise((resolve) => {
        sink.once('message', (count) => resolve(Number(count)));
        sink.send(command);
      }),
    stop: () => sink.disconnect(),
  };
}

/** @param {string} task @param {Record<string, unknown>} given */
export function startCandidate(task, given) {
  const child = fork(here('run-candidate.mjs'), [task, JSON.stringify(given)], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      OTEL_LOG_LEVEL: 'none',
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
      APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL: 'true',
    },
  });
  const results = child.stdio[3];
  if (results === null || results === undefined || !('read' in results)) throw new Error('no pipe');
  const lines = createInterface({ input: results })[Symbol.asyncIterator]();
  return {
    child,
    /** @returns {Promise<any>} the next result, or `undefined` when the process has ended */
    async next() {
      const { value, done } = await lines.next();
      return done ? undefined : JSON.parse(value);
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null)
        await new Promise((resolve) => child.once('close', resolve));
    },
  };
}

/** Runs a task to its end; its last result. @param {string} task @param {Record<string, unknown>} given */
export async function runCandidate(task, given) {
  const running = startCandidate(task, given);
  let last;
  for (let result = await running.next(); result !== undefined; result = await running.next()) last = result;
  await running.ended();
  if (last === undefined) throw new Error('the process ended without a result');
  return last;
}
