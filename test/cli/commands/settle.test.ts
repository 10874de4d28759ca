import { expect, test } from 'vitest';
import { WeexSpanProcessor } from '../../../src/otel/weex-span-processor.js';
import { startTracing } from '../../helpers/tracing.js';
import { DECISION, tradingAccount } from './trading-account.js';

test('closes rejected, invalid and left entries for good, with the reason, and sends nothing', async () => {
  const { weex, bot, leave, command, json, entries } = await tradingAccount();
  weex.script({ code: '40017', msg: 'wrong', when: { model: 'bad' } });
  await bot({ ...DECISION, 'ai.model': 'bad' }, { ...DECISION, 'ai.model': '' }, DECISION);
  await leave(DECISION);
  const requests = weex.stats().requests;
  expect(await json('settle', '--reason', 'the season is over')).toMatchObject({
    status: 0,
    value: { settled: 3, left: 0 },
  });
  expect((await entries()).map(({ state, reason }) => [state, reason])).toEqual([
    ['settled', 'the season is over'],
    ['settled', 'the season is over'],
    ['delivered', undefined],
    ['settled', 'the season is over'],
  ]);
  expect(await command('status')).toMatchObject({ status: 0 });
  weex.clearFaults();
  expect(await json('drain')).toMatchObject({ status: 0, value: { delivered: 0 } });
  expect(weex.stats().requests).toBe(requests);
});

test('leaves alone what a live process still sends, and says so', async () => {
  const { weex, journalDir, command, entries } = await tradingAccount();
  weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
  const processor = new WeexSpanProcessor({ journalDir, account: 'bot' });
  const { tracer } = startTracing({ processors: [processor] });
  tracer.startSpan('decision', { attributes: DECISION }).end();
  const { status, out } = await command('settle', '--reason', 'over');
  expect(status).toBe(1);
  expect(out).toContain('1 are still open: a process that runs holds them');
  expect((await entries()).map(({ state }) => state)).toEqual(['pending']);
  await processor.shutdown({ timeoutMillis: 100 });
});

test('a reason is required', async () => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  expect((await command('settle')).status).toBe(2);
});
