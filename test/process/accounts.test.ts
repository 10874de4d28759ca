import { expect, test } from 'vitest';
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
