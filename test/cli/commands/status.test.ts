import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { DECISION, tradingAccount } from './trading-account.js';

const REJECT = { code: '40017', msg: 'Parameter model is wrong', when: { model: 'bad' } } as const;

test('shows what is delivered, rejected with the words of WEEX, and invalid with ours', async () => {
  const { weex, folder, bot, command, json } = await tradingAccount();
  weex.script(REJECT);
  await bot(
    DECISION,
    { ...DECISION, 'ai.model': 'bad', 'ai.stage': 'Cut \u001b[31mlosses\u202e' },
    { ...DECISION, 'ai.model': ' ' },
  );
  const { status, out } = await command('status');
  expect(status).toBe(1);
  expect(out).toContain(`Journal: ${folder}\n`);
  expect(out).toMatch(/delivered +1 +last receipt 20/);
  expect(out).toMatch(/rejected .*Cut losses .*40017 Parameter model is wrong/);
  expect(out).toMatch(/invalid .*model is missing/);
  for (const hidden of ['\u001b', '\u202e']) expect(out).not.toContain(hidden);
  expect((await json('status')).value).toMatchObject({
    folder,
    well: false,
    counts: { delivered: 1, rejected: 1, invalid: 1, pending: 0 },
    matters: [
      { state: 'rejected', weexCode: '40017' },
      { state: 'invalid', reason: 'model is missing' },
    ],
  });
});

test('status 0 when all is well; pending entries with their age are no alarm', async () => {
  const { leave, command } = await tradingAccount();
  await leave(DECISION);
  const { status, out } = await command('status');
  expect(out).toMatch(/pending +1 +the oldest was decided \d+ s ago/);
  expect(status).toBe(0);
});

test('tells since when and why the account is paused', async () => {
  const { weex, bot, command, json } = await tradingAccount();
  weex.script({ code: '40006', msg: 'Invalid ACCESS_KEY', times: Number.POSITIVE_INFINITY });
  await bot(DECISION);
  const { status, out } = await command('status');
  expect(out).toMatch(/PAUSED since 20[^ ]+: \d+ Invalid ACCESS_KEY/);
  expect(status).toBe(1);
  expect((await json('status')).value).toMatchObject({ paused: { weexCode: '40006' } });
});

test('--dismiss settles one entry, and only one that is set aside', async () => {
  const { weex, bot, command, json, entries } = await tradingAccount();
  weex.script(REJECT);
  await bot(DECISION, { ...DECISION, 'ai.model': 'bad' });
  const [delivered, rejected] = await entries();
  expect(await json('status', '--dismiss', rejected?.entry.id ?? '')).toMatchObject({
    status: 0,
    value: { counts: { settled: 1, rejected: 0 } },
  });
  const wrong = await command('status', '--dismiss', delivered?.entry.id ?? '');
  expect(wrong.status).toBe(2);
  expect(wrong.err).toContain('is delivered; only a rejected or invalid one can be dismissed');
  expect((await command('status', '--dismiss', 'nobody')).status).toBe(2);
});

test('needs no credentials: takes the only account, and asks when there are several', async () => {
  const { journalDir, folder, bot, command } = await tradingAccount();
  await bot(DECISION);
  for (const name of [
    'WEEX_API_KEY',
    'WEEX_API_SECRET',
    'WEEX_API_PASSPHRASE',
    'OTEL_EXPORTER_WEEX_ACCOUNT',
  ]) {
    vi.stubEnv(name, undefined);
  }
  expect(await command('status')).toMatchObject({ status: 0, out: expect.stringContaining(folder) });
  mkdirSync(join(journalDir, 'other'));
  const asked = await command('status');
  expect(asked.status).toBe(2);
  expect(asked.err).toContain('several accounts: name one by --account (bot, other)');
  expect(await command('status', '--account', 'bot')).toMatchObject({ status: 0 });
});

test('an account that has no journal is wrong usage, not an empty one that is well', async () => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  const { status, err } = await command('status', '--account', 'bto');
  expect(status).toBe(2);
  expect(err).toContain('there is no journal of account "bto"');
});
