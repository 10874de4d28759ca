import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WeexSpanProcessor } from '../../src/otel/weex-span-processor.js';
import { timesTaken } from './helpers/deliveries.js';
import { setting } from './helpers/setting.js';

const account = (name: string) => ({
  apiKey: `key-of-${name}-account`,
  apiSecret: `secret-of-${name}-account`,
  apiPassphrase: `passphrase-of-${name}-account`,
});

test('two accounts in one process and on one folder never lend each other their credentials', async (context) => {
  const accounts = [account('first'), account('second')];
  const { weex, account: common, bot } = await setting(context, { accounts, latencyMillis: 2 });
  // Named by hashes of their keys, as when nobody names them.
  const settings = accounts.map((credentials) => ({ ...common, ...credentials, account: undefined }));
  const [first, second] = settings;
  const start = () => bot('two-accounts.mjs', { args: [JSON.stringify(second)] }, first);
  const ended = new Set<string>();
  for (const wait of [20, 60, 250]) {
    const killed = await start();
    await killed.until(({ reports }) => reports.length > wait);
    await killed.kill();
    for (const id of killed.reports) if (id !== 'begins') ended.add(id);
  }
  await start();
  await expect
    .poll(() => [...ended].filter((id) => !timesTaken(weex).has(id)), { timeout: 15_000 })
    .toEqual([]);
  const logs = weex.logs();
  expect(new Set(logs.map((log) => log.account))).toEqual(new Set(accounts.map(({ apiKey }) => apiKey)));
  const wrong = logs.filter(
    (log) => !String(log.input['id']).startsWith(`${log.account?.slice('key-of-'.length)}-`),
  );
  expect(wrong).toEqual([]);
  expect(weex.stats().refused).toBe(0);
}, 30_000);

test('two keys under one name are refused, and a new key may follow an old one', async () => {
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-accounts-'));
  onTestFinished(() => rmSync(journalDir, { recursive: true, force: true }));
  const common = { journalDir, account: 'bot', endpoint: 'http://127.0.0.1:9' };
  const first = new WeexSpanProcessor({ ...common, ...account('first') });
  expect(() => new WeexSpanProcessor({ ...common, ...account('second') })).toThrow(
    /"bot" is open in this process with another key.*give each account a name of its own/,
  );
  await first.shutdown();
  await new WeexSpanProcessor({ ...common, ...account('second') }).shutdown();
});
