import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WeexEmulator, WeexEmulatorOptions } from '../../src/emulator.js';
import { startWeexEmulator } from './built.js';
import { bodyWith, bodyWithOrder, upload, V2 } from './client.js';

const ROOT = join(import.meta.dirname, '..', '..');

async function start(options: WeexEmulatorOptions = {}): Promise<WeexEmulator> {
  const weex = await startWeexEmulator(options);
  onTestFinished(() => weex.close());
  return weex;
}

/** Uploads from a process of its own while this thread is blocked, and gives the answers' statuses. */
function uploadBlocking(weex: WeexEmulator, bodies: readonly string[]): number[] {
  const program = `
    const { createHmac } = require('node:crypto');
    const { url, credentials, bodies, path } = JSON.parse(process.argv[1]);
    (async () => {
      const statuses = [];
      for (const body of bodies) {
        const timestamp = String(Date.now());
        const headers = {
          'access-key': credentials.apiKey,
          'access-sign': createHmac('sha256', credentials.apiSecret).update(timestamp + 'POST' + path + body).digest('base64'),
          'access-timestamp': timestamp,
          'access-passphrase': credentials.apiPassphrase,
          'content-type': 'application/json',
        };
        statuses.push((await fetch(url + path, { method: 'POST', body, headers })).status);
      }
      process.stdout.write(JSON.stringify(statuses));
    })();`;
  const { url, credentials } = weex;
  const argument = JSON.stringify({ url, credentials, bodies, path: V2 });
  return JSON.parse(execFileSync(process.execPath, ['-e', program, argument], { encoding: 'utf8' }));
}

/** What a program prints and how it exits; `-e` in the root sees the package by its own name. */
function runProgram(program: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return execFileSync(process.execPath, [...args, '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 15_000,
  });
}

describe('a caller that blocks its thread', () => {
  test('is answered, and finds the log at once', async () => {
    const weex = await start();
    expect(uploadBlocking(weex, [bodyWithOrder('596471064624628269')])).toEqual([200]);
    expect(weex.logs().map(({ orderId }) => orderId)).toEqual(['596471064624628269']);
  });

  test('meets what it scripted just before', async () => {
    const weex = await start();
    weex.script(503, 429);
    expect(uploadBlocking(weex, [bodyWith(), bodyWith(), bodyWith()])).toEqual([503, 429, 200]);
    weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
    weex.clearFaults();
    expect(uploadBlocking(weex, [bodyWith()])).toEqual([200]);
  });
});

describe('logs()', () => {
  test('holds every log whose answer was received, whatever runs at the same time', async () => {
    const weex = await start({ rateLimit: false });
    let missing = 0;
    const send = async (lane: number): Promise<void> => {
      for (let i = 1; i <= 50; i += 1) {
        const orderId = `${lane}${String(i).padStart(3, '0')}`;
        await upload(weex, bodyWithOrder(orderId));
        if (!weex.logs().some((log) => log.orderId === orderId)) missing += 1;
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(send));
    expect(missing).toBe(0);
    expect(weex.logs().map(({ number }) => number)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  test('gives an array of its own each time', async () => {
    const weex = await start();
    await upload(weex);
    weex.logs().length = 0;
    expect(weex.logs()).toHaveLength(1);
    expect(await weex.logs()).toHaveLength(1);
  });

  test('keeps the newest when there are more than keepLogs; counts go on', async () => {
    const weex = await start({ keepLogs: 2 });
    for (const orderId of ['1', '2', '3']) {
      await upload(weex, bodyWithOrder(orderId));
      weex.logs();
    }
    expect(weex.logs().map(({ number, orderId }) => [number, orderId])).toEqual([
      [2, '2'],
      [3, '3'],
    ]);
    expect(weex.requests().map(({ number }) => number)).toEqual([2, 3]);
    expect(weex.stats().accepted).toBe(3);
  });

  test('is empty in count mode, which still checks and counts', async () => {
    const weex = await start({ keepLogs: 'count' });
    await upload(weex);
    await upload(weex, '{');
    expect([weex.logs(), weex.requests()]).toEqual([[], []]);
    expect(weex.stats()).toMatchObject({
      requests: 2,
      accepted: 1,
      refused: 1,
      faults: 0,
      answers: { '200 00000': 1, '400 40017': 1 },
    });
    expect(await weex.waitForLogs(1)).toEqual([]);
  });
});

describe('waitForLogs()', () => {
  test('resolves when enough logs were taken', async () => {
    const weex = await start();
    const waiting = weex.waitForLogs(2);
    await upload(weex, bodyWithOrder('1'));
    await upload(weex, bodyWithOrder('2'));
    expect((await waiting).map(({ orderId }) => orderId)).toEqual(['1', '2']);
    expect(await weex.waitForLogs(1)).toHaveLength(2);
  });

  test('rejects with what came instead', async () => {
    const weex = await start();
    weex.script(503);
    await upload(weex);
    await upload(weex);
    await upload(weex, '{');
    await expect(weex.waitForLogs(2, { timeoutMillis: 20 })).rejects.toThrow(
      'expected 2 logs within 20 ms; 1 came, in 3 requests (1 x 503, 1 x 200 00000, 1 x 400 40017)',
    );
  });

  test('works while the caller’s timers are fake', async () => {
    const weex = await start();
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await expect(weex.waitForLogs(1, { timeoutMillis: 20 })).rejects.toThrow('0 came, in 0 requests');
  });

  test('rejects when the emulator is closed meanwhile', async () => {
    const weex = await start();
    const waiting = expect(weex.waitForLogs(1)).rejects.toThrow('the emulator was closed');
    await weex.close();
    await waiting;
  });
});

describe('reset()', () => {
  test('forgets logs, requests, counts and faults', async () => {
    const weex = await start();
    await upload(weex);
    weex.script(503);
    weex.reset();
    expect([weex.logs(), weex.requests(), weex.stats().requests]).toEqual([[], [], 0]);
    await upload(weex, bodyWithOrder('8'));
    expect(weex.logs().map(({ number, orderId }) => [number, orderId])).toEqual([[1, '8']]);
  });
});

describe('close()', () => {
  test('frees the port, keeps the logs readable, and may be called again', async () => {
    const weex = await startWeexEmulator();
    await upload(weex, bodyWithOrder('3'));
    await Promise.all([weex.close(), weex.close()]);
    await weex.close();
    expect(weex.logs().map(({ orderId }) => orderId)).toEqual(['3']);
    expect(weex.requests()).toHaveLength(1);
    expect(weex.stats().accepted).toBe(1);
    expect(() => weex.script(503)).toThrow('script() needs a running emulator; this one was closed');
    expect(() => weex.reset()).toThrow('this one was closed');

    const again = await start({ port: Number(new URL(weex.url).port) });
    expect(again.url).toBe(weex.url);
  });

  test('ends answers that are still due', async () => {
    const weex = await startWeexEmulator();
    weex.script('no-answer', { fault: 'slow', delayMillis: 600_000 });
    const failed = Promise.allSettled([upload(weex), upload(weex)]);
    await weex.waitForLogs(1);
    await weex.close();
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('a process', () => {
  test('ends by itself after close()', () => {
    const out = runProgram(`
      const { startWeexEmulator } = require('opentelemetry-exporter-weex/emulator');
      startWeexEmulator().then(async (weex) => {
        await weex.close();
        process.stdout.write('closed');
      });`);
    expect(out).toBe('closed');
  });

  test('is kept alive by a running emulator, and not kept from process.exit()', async () => {
    const child = spawn(
      process.execPath,
      [
        '-e',
        `require('opentelemetry-exporter-weex/emulator').startWeexEmulator().then((weex) => {
          process.stdout.write('started');
          process.stdin.once('data', () => process.exit(7)).unref();
        });`,
      ],
      { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    // stdin is unref'd there, so the emulator alone holds the process: it has not exited a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(child.exitCode).toBeNull();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.write('go');
    expect(await exited).toBe(7);
  });

  test('has its --import and --require run once, not again in the thread', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weex-emulator-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [mjs, cjs] = [join(folder, 'import.mjs'), join(folder, 'require.cjs')];
    writeFileSync(mjs, "process._rawDebug('ran');");
    writeFileSync(cjs, "process._rawDebug('ran');");
    const program = `require('opentelemetry-exporter-weex/emulator').startWeexEmulator().then((weex) => weex.close());`;
    const run = (args: readonly string[], env: NodeJS.ProcessEnv): string =>
      execFileSync('sh', ['-c', '"$@" 2>&1', 'sh', process.execPath, ...args, '-e', program], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
    expect(run(['--import', mjs, '--require', cjs], {}).trim()).toBe('ran\nran');
    expect(run([], { NODE_OPTIONS: `--import ${mjs} --require ${cjs}` }).trim()).toBe('ran\nran');
  });

  test('has one instance by import and by require', () => {
    const out = runProgram(
      `import { createRequire } from 'node:module';
      import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
      const required = createRequire(process.cwd() + '/x.js')('opentelemetry-exporter-weex/emulator');
      process.stdout.write(String(required.startWeexEmulator === startWeexEmulator) + Object.keys(required));`,
      ['--input-type=module'],
    );
    expect(out).toBe('truestartWeexEmulator');
  });
});

describe('startWeexEmulator()', () => {
  test('listens on loopback only, on a free port', async () => {
    const weex = await start();
    expect(weex.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('has the same credentials at every start, ready for the exporter’s options', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.credentials).toEqual(second.credentials);
    expect(Object.keys(first.credentials).sort()).toEqual(['apiKey', 'apiPassphrase', 'apiSecret']);
    expect(first.url).not.toBe(second.url);
  });

  test('listens on IPv6 when told', async (context) => {
    const weex = await startWeexEmulator({ host: '::1' }).catch(() => context.skip());
    onTestFinished(() => weex.close());
    expect(weex.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await upload(weex)).status).toBe(200);
  });

  test('rejects a port that is taken, with a hint', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(startWeexEmulator({ port })).rejects.toThrow(
      new RegExp(`cannot listen on 127.0.0.1 port ${port}: .*choose another, or 0 for a free one`),
    );
  });

  const wrong: readonly (readonly [options: WeexEmulatorOptions, words: RegExp])[] = [
    [{ port: 70_000 }, /expected port to be a whole number from 0 to 65535, got 70000/],
    [{ host: '' }, /expected host to be an address/],
    [{ accounts: [] }, /expected at least one account/],
    [
      { accounts: [{ apiKey: 'a', apiSecret: '', apiPassphrase: 'c' }] },
      /expected apiSecret of account 1 to be text/,
    ],
    [
      {
        accounts: [
          { apiKey: 'a', apiSecret: 'b', apiPassphrase: 'c' },
          { apiKey: 'a', apiSecret: 'd', apiPassphrase: 'e' },
        ],
      },
      /account 2 has the apiKey of another/,
    ],
    [{ latencyMillis: -1 }, /expected latencyMillis to be a whole number/],
    [
      { rateLimit: { requests: 0, windowMillis: 1 } },
      /expected rateLimit.requests to be a whole number from 1/,
    ],
    [{ maxBodyBytes: 0 }, /expected maxBodyBytes/],
    [{ keepLogs: -1 }, /expected keepLogs/],
    [{ faults: [200] }, /fault 1: status 200 needs a body/],
    [{ port: 1.5, seed: -1 }, /port.*; .*seed/],
  ];
  for (const [options, words] of wrong) {
    test(`rejects ${JSON.stringify(options)}`, async () => {
      await expect(startWeexEmulator(options)).rejects.toThrow(words);
    });
  }

  test('never tells a secret in a refusal', async () => {
    const accounts = [{ apiKey: 'a', apiSecret: ' shh ', apiPassphrase: '' }];
    await expect(startWeexEmulator({ accounts })).rejects.not.toThrow('shh');
  });
});
