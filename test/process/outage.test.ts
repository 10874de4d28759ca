import { expect, test } from 'vitest';
import { settledBalance } from './helpers/deliveries.js';
import { setting } from './helpers/setting.js';

const BACKLOG = 20_000;

test('after an outage the backlog drains, and a new decision does not wait for it', async (context) => {
  const { weex, account, bot } = await setting(context);
  weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
  const living = await bot('obedient.mjs', {}, { ...account, rateLimit: 4_000 });
  living.say(`pile backlog ${BACKLOG}`);
  await living.reported('piled backlog');
  expect(weex.stats().accepted).toBe(0);
  weex.clearFaults();
  await weex.waitForLogs(100, { timeoutMillis: 10_000 });
  const endedMillis = Date.now();
  living.say('end fresh');
  await expect
    .poll(() => weex.logs().find(({ input }) => input['id'] === 'fresh-0'), { timeout: 10_000 })
    .toBeDefined();
  const logs = weex.logs();
  const fresh = logs.find(({ input }) => input['id'] === 'fresh-0');
  expect((fresh?.receivedAt ?? Number.POSITIVE_INFINITY) - endedMillis).toBeLessThan(5_000);
  expect(fresh?.number).toBeLessThan(BACKLOG / 2);
  const ended = ['fresh-0', ...Array.from({ length: BACKLOG }, (_, i) => `backlog-${i}`)];
  await weex.waitForLogs(BACKLOG + 1, { timeoutMillis: 30_000 });
  expect(await settledBalance(weex, account, ended)).toEqual({
    lost: [],
    left: [],
    twice: [],
    unexplained: [],
  });
}, 60_000);
