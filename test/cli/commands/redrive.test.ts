import { expect, test, vi } from 'vitest';
import { listFiles, readLines } from '../../../src/journal/read-journal.js';
import { DECISION, tradingAccount } from './trading-account.js';

const REJECT = { code: '40017', msg: 'Parameter is wrong', when: { model: 'gtp-5' } } as const;
const WRONG = { ...DECISION, 'ai.model': 'gtp-5' };

test('sends a rejected entry again with the mended model, input and output untouched', async () => {
  const { weex, bot, json, entries } = await tradingAccount();
  weex.script(REJECT);
  await bot(DECISION, WRONG);
  const old = (await entries()).find(({ state }) => state === 'rejected');
  const { status, value } = await json('redrive', '--reason', 'a typing error', '--set', 'model=gpt-5');
  expect(status).toBe(0);
  expect(value).toMatchObject({
    accepted: true,
    entries: [
      { id: old?.entry.id, outcome: 'accepted', changes: [{ field: 'model', from: 'gtp-5', to: 'gpt-5' }] },
    ],
  });
  const sent = weex.logs().at(-1);
  expect(sent?.raw).toBe(old?.entry.payload.replace('gtp-5', 'gpt-5'));
  expect(sent?.raw).toContain('[596471064624628269]');
  const [, before, after] = await entries();
  expect(before).toMatchObject({ state: 'settled', reason: 'a typing error' });
  expect(after).toMatchObject({ state: 'delivered', entry: { endedMillis: old?.entry.endedMillis } });
  expect(after?.entry.id).not.toBe(old?.entry.id);
});

test('the journal keeps reason, old and new value, and which entry was sent instead', async () => {
  const { weex, folder, bot, json } = await tradingAccount();
  weex.script(REJECT);
  await bot(WRONG);
  await json('redrive', '--reason', 'why not', '--set', 'orderId=596471064624628269', ...(await idsOf(json)));
  const records = [];
  for (const file of listFiles(folder)) {
    for await (const { record } of readLines(folder, file))
      if (record?.kind === 'settled') records.push(record);
  }
  expect(records.map(({ fields }) => fields)).toMatchObject([
    {
      reason: 'why not',
      redrivenAs: expect.stringMatching(/./),
      changes: [{ field: 'orderId', to: '596471064624628269' }],
    },
  ]);
  expect(weex.logs().at(-1)?.orderId).toBe('596471064624628269');
});

async function idsOf(json: (...args: string[]) => Promise<{ value: Record<string, unknown> }>) {
  const { matters } = (await json('status')).value;
  return Array.isArray(matters) ? matters.map(({ id }) => String(id)) : [];
}

test('an invalid entry goes when what it lacks is given, and not before', async () => {
  const { weex, bot, json } = await tradingAccount();
  await bot({ ...DECISION, 'ai.model': ' ' });
  const without = await json('redrive', '--reason', 'again');
  expect(without).toMatchObject({ status: 1, value: { entries: [{ outcome: 'impossible' }] } });
  expect(weex.logs()).toHaveLength(0);
  expect(await json('redrive', '--reason', 'again', '--set', 'model=gpt-5')).toMatchObject({ status: 0 });
  expect(weex.logs()).toMatchObject([{ model: 'gpt-5' }]);
});

test('an entry of mode record is never sent, mended or not', async () => {
  const { weex, bot, json } = await tradingAccount();
  vi.stubEnv('OTEL_EXPORTER_WEEX_MODE', 'record');
  await bot({ ...DECISION, 'ai.model': ' ' });
  vi.stubEnv('OTEL_EXPORTER_WEEX_MODE', undefined);
  expect(await json('redrive', '--reason', 'again', '--set', 'model=gpt-5')).toMatchObject({
    status: 1,
    value: { entries: [{ outcome: 'impossible', words: 'it is of mode record, which is never sent' }] },
  });
  expect(weex.logs()).toHaveLength(0);
});

test('what WEEX rejects again is set aside again, with status 1', async () => {
  const { weex, bot, command, json } = await tradingAccount();
  weex.script({ ...REJECT, times: 2 });
  await bot(WRONG);
  const { status, out } = await command('redrive', '--reason', 'again');
  expect(status).toBe(1);
  expect(out).toMatch(/rejected +40017 Parameter is wrong/);
  expect((await json('status')).value).toMatchObject({ counts: { rejected: 1, settled: 1 } });
});

test.each([
  { args: [], problem: 'expected --reason' },
  { args: ['--reason', 'x', '--set', 'input={}'], problem: 'input cannot be edited' },
  { args: ['--reason', 'x', '--set', 'output={}'], problem: 'output cannot be edited' },
  { args: ['--reason', 'x', '--set', 'colour=red'], problem: 'expected --set to be model|stage' },
  { args: ['--reason', 'x', '--set', 'orderId=1'], problem: 'give one ID' },
  { args: ['nobody', '--reason', 'x'], problem: 'there is no entry nobody' },
])('wrong usage: $problem', async ({ args, problem }) => {
  const { weex, bot, command } = await tradingAccount();
  await bot(DECISION);
  const { status, err } = await command('redrive', ...args);
  expect(status).toBe(2);
  expect(err).toContain(problem);
  expect(weex.logs()).toHaveLength(1);
});
