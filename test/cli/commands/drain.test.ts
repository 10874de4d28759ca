import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DECISION, tradingAccount } from './trading-account.js';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'dist/cli/main.js');
const FOR_EVER = Number.POSITIVE_INFINITY;

test('delivers what a bot left behind, and ends with 0 when nothing is left', async () => {
  const { weex, folder, leave, command, entries } = await tradingAccount();
  await leave(DECISION, DECISION, DECISION);
  expect(weex.logs()).toHaveLength(0);
  weex.clearFaults();
  const { status, out } = await command('drain');
  expect(out).toBe(`Journal: ${folder}\n3 delivered, 0 rejected, 0 left\n`);
  expect(status).toBe(0);
  expect(weex.logs()).toHaveLength(3);
  expect((await entries()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
  expect((await command('drain')).out).toContain('0 delivered, 0 rejected, 0 left');
});

test('what waits for the order of a client order id is left too, and goes when its window is over', async () => {
  const { weex, leave, json, command, entries } = await tradingAccount();
  vi.stubEnv('OTEL_EXPORTER_WEEX_LINK_WINDOW', '600000');
  await leave({ ...DECISION, 'ai.client_order_id': 'c-1' });
  weex.clearFaults();
  expect((await entries()).map(({ state }) => state)).toEqual(['waiting']);
  expect(await json('drain', '--timeout', '1')).toMatchObject({
    status: 1,
    value: { end: 'timeout', left: 1, delivered: 0 },
  });
  vi.stubEnv('OTEL_EXPORTER_WEEX_LINK_WINDOW', '0');
  expect((await command('drain')).out).toContain('1 delivered, 0 rejected, 0 left');
  expect((await entries()).map(({ state }) => state)).toEqual(['delivered']);
});

test('gives up after --timeout, with 1 and what is left', async () => {
  const { leave, json } = await tradingAccount();
  await leave(DECISION);
  expect(await json('drain', '--timeout', '300')).toMatchObject({
    status: 1,
    value: { end: 'timeout', left: 1, delivered: 0 },
  });
});

test('does not wait for ever on an account that WEEX refuses', async () => {
  const { weex, bot, command } = await tradingAccount();
  weex.script({ code: '40006', msg: 'Invalid ACCESS_KEY', times: FOR_EVER });
  await bot(DECISION);
  const { status, out } = await command('drain');
  expect(status).toBe(1);
  expect(out).toMatch(/1 left\nThe account is paused: .*Invalid ACCESS_KEY/);
});

test('missing credentials and wrong options are wrong usage', async () => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  expect((await command('drain', '--timeout', 'soon')).status).toBe(2);
  expect((await command('drain', '--timeout', '5', '--watch')).status).toBe(2);
  vi.stubEnv('WEEX_API_SECRET', undefined);
  const { status, err } = await command('drain', '--account', 'bot');
  expect(status).toBe(2);
  expect(err).toContain('apiSecret is missing');
});

test('an account without a journal is wrong usage, for nothing left would be a guess', async () => {
  const { weex, bot, command } = await tradingAccount();
  await bot(DECISION);
  expect((await command('drain', '--account', 'bto')).status).toBe(2);
  expect(weex.logs()).toHaveLength(1);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '--watch stays and delivers, and %s ends it with 0',
  async (signal) => {
    const { weex, journalDir, leave, entries } = await tradingAccount();
    await leave(DECISION);
    weex.clearFaults();
    const child = spawn(process.execPath, [MAIN, 'drain', '--watch', '--journal-dir', journalDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((resolve) => child.once('close', (code, by) => resolve([code, by])));
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    await weex.waitForLogs(1, { timeoutMillis: 10_000 });
    await expect.poll(async () => (await entries()).map(({ state }) => state)).toEqual(['delivered']);
    expect(child.exitCode).toBeNull();
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(out).toContain('1 delivered, 0 rejected, 0 left');
  },
);
