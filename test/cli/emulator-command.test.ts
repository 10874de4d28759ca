import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { upload } from '../emulator/client.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'dist/cli/main.js');

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Both resolve when the process has ended. */
  readonly out: Promise<string>;
  readonly err: Promise<string>;
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** Resolves with stdout once it holds `lines` lines. */
  firstLines(lines: number): Promise<string[]>;
}

function startCommand(...args: string[]): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const ended = new Promise<{ status: number | null; signal: string | null }>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal }));
  });
  return {
    child,
    out: ended.then(() => text.out),
    err: ended.then(() => text.err),
    ended,
    firstLines: (lines) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = text.out.split('\n').slice(0, -1);
          if (found.length >= lines) resolve(found);
        };
        child.stdout.on('data', look);
        child.once('close', () => reject(new Error(`ended early: ${text.err}`)));
        look();
      }),
  };
}

/** The variables that a shell has after it read the lines. */
function sourced(lines: readonly string[], names: readonly string[]): string[] {
  const script = `${lines.join('\n')}\nfor name in ${names.join(' ')}; do printenv "$name"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { PATH: process.env['PATH'] } })
    .trim()
    .split('\n');
}

describe('weex-ai-log emulator', () => {
  test('prints lines for a shell that point a bot at it, and stops on SIGTERM with status 0', async () => {
    const running = startCommand('emulator', '--account', "o'brien bot", '--journal-dir', '/tmp/a b');
    const lines = await running.firstLines(6);
    const [url = '', apiKey = '', apiSecret = '', apiPassphrase = '', account, journalDir] = sourced(lines, [
      'OTEL_EXPORTER_WEEX_ENDPOINT',
      'WEEX_API_KEY',
      'WEEX_API_SECRET',
      'WEEX_API_PASSPHRASE',
      'OTEL_EXPORTER_WEEX_ACCOUNT',
      'OTEL_EXPORTER_WEEX_JOURNAL_DIR',
    ]);
    expect([account, journalDir]).toEqual(["o'brien bot", '/tmp/a b']);
    expect((await upload({ url, credentials: { apiKey, apiSecret, apiPassphrase } })).status).toBe(200);

    running.child.kill('SIGTERM');
    expect(await running.ended).toEqual({ status: 0, signal: null });
    expect(await running.err).toContain(`Logs as they arrive: ${url}/`);
    expect(await running.err).toContain('Logs taken: 1. Refused: 0. Faults met: 0.');
  });

  test('prints one line of JSON with --json, and stops on SIGINT', async () => {
    const running = startCommand('emulator', '--json');
    const [line = ''] = await running.firstLines(1);
    const { url, credentials, environment } = JSON.parse(line);
    expect(environment.OTEL_EXPORTER_WEEX_ENDPOINT).toBe(url);
    expect((await upload({ url, credentials })).status).toBe(200);

    running.child.kill('SIGINT');
    expect(await running.ended).toEqual({ status: 0, signal: null });
    expect([await running.out, await running.err]).toEqual([`${line}\n`, '']);
  });

  test('listens on the port it is told, and ends with 1 when that is taken', async () => {
    const first = startCommand('emulator', '--json');
    const [line = ''] = await first.firstLines(1);
    const { port } = new URL(JSON.parse(line).url);
    const second = startCommand('emulator', '--port', port);
    expect(await second.ended).toEqual({ status: 1, signal: null });
    expect(await second.err).toContain(
      `weex-ai-log emulator: the emulator cannot listen on 127.0.0.1 port ${port}`,
    );
  });

  for (const port of ['x', '-1', '65536', '1.5', '']) {
    test(`ends with 2 for --port=${port}`, async () => {
      const running = startCommand('emulator', `--port=${port}`);
      expect(await running.ended).toEqual({ status: 2, signal: null });
      expect(await running.err).toContain(`expected --port to be a number from 0 to 65535, got "${port}"`);
    });
  }
});

test('weex-ai-log --version prints the version of the package', async () => {
  const running = startCommand('--version');
  expect(await running.ended).toEqual({ status: 0, signal: null });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(await running.out).toBe(`${version}\n`);
});

test('weex-ai-log without a command ends with 2, with the help on stderr', async () => {
  const running = startCommand();
  expect(await running.ended).toEqual({ status: 2, signal: null });
  expect(await running.out).toBe('');
  expect(await running.err).toContain('  emulator  ');
});

test('the built program can be run as a file', () => {
  expect(readFileSync(MAIN, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
});
