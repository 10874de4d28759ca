import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { DEFAULT_ACCOUNT } from './account';
import type { WeexEmulator } from './emulator';
import { EmulatorHandle } from './emulator-handle';
import { type EmulatorSettings, resolveOptions, type WeexEmulatorOptions } from './options';
import type { FromThread, ThreadStart } from './thread/protocol';
import { syncCaller } from './thread/sync-call';

/**
 * Starts a stand-in for WEEX's AI-log endpoint, for tests, demos and CI: it checks signatures, the 30 s window,
 * the passphrase, the body's rules and the rate limit, answers as v2 and v3 do, and fails as it is told to.
 * Nothing that is sent to it reaches WEEX.
 *
 * ```ts
 * const weex = await startWeexEmulator();
 * const processor = new WeexSpanProcessor({ ...weex.credentials, endpoint: weex.url });
 * weex.script(503, 'reset-after-body');
 * // ... the bot under test ...
 * const [log] = await weex.waitForLogs(1);
 * await weex.close();
 * ```
 *
 * @throws TypeError for options that cannot work, with every problem; Error when the address cannot be
 * listened on
 */
export async function startWeexEmulator(options: WeexEmulatorOptions = {}): Promise<WeexEmulator> {
  const settings = resolveOptions(options);
  const script = join(__dirname, 'thread', 'thread.js');
  if (!existsSync(script)) {
    throw new Error(
      `the emulator runs in a thread of its own and needs its file: expected ${script}, found nothing. ` +
        'Do not bundle opentelemetry-exporter-weex/emulator; let Node load it from node_modules',
    );
  }
  const { port1: callPort, port2: threadPort } = new MessageChannel();
  const answered = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const start: ThreadStart = { settings, callPort: threadPort, answered };
  const worker = new Worker(script, {
    name: 'weex-emulator',
    workerData: start,
    transferList: [threadPort],
    // Or a `--import` or `--require` of the program, by flag or by NODE_OPTIONS, would run again in the thread.
    env: {},
    execArgv: [],
  });
  try {
    const url = await listening(worker, settings);
    const credentials = settings.accounts[0] ?? DEFAULT_ACCOUNT;
    return new EmulatorHandle({
      url,
      credentials,
      worker,
      callPort,
      call: syncCaller(callPort, new Int32Array(answered)),
    });
  } catch (error) {
    callPort.close();
    await worker.terminate();
    throw error;
  }
}

function listening(worker: Worker, settings: EmulatorSettings): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (message: FromThread) => {
      if (message.kind === 'listening') resolve(message.url);
      else reject(startError(message, settings));
    });
  });
}

function startError(message: FromThread, { host, port }: EmulatorSettings): Error {
  if (message.kind !== 'failed') return new Error(`the emulator did not start: ${message.kind}`);
  const hint =
    message.code === 'EADDRINUSE'
      ? '; another program has the port: choose another, or 0 for a free one'
      : '';
  return new Error(`the emulator cannot listen on ${host} port ${port}: ${message.message}${hint}`);
}
