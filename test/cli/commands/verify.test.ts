import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECISION, tradingAccount } from './trading-account.js';

/** The files of an account, archived ones too. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => join(folder, file));

test('an untouched journal is intact, and its head is found again later', async () => {
  const { folder, bot, command, json } = await tradingAccount();
  await bot(DECISION, DECISION);
  const { status, value } = await json('verify');
  expect(status).toBe(0);
  expect(value).toMatchObject({ folder, intact: true, problems: [] });
  const head = String(value['head']);
  await bot(DECISION);
  expect(await command('verify', '--head', head.toUpperCase())).toMatchObject({
    status: 0,
    out: expect.stringMatching(/The given head is in the journal\.\nIntact\.\nHead: [0-9a-f]{64}\n/),
  });
});

test('names the file and the line that was changed', async () => {
  const { folder, bot, command, json } = await tradingAccount();
  await bot(DECISION);
  const [file = ''] = filesOf(folder);
  const text = readFileSync(file, 'utf8');
  const line = text.slice(0, text.indexOf('oversold')).split('\n').length;
  writeFileSync(file, text.replace('oversold', 'overbold'));
  const { status, out } = await command('verify');
  expect(status).toBe(1);
  expect(out).toMatch(new RegExp(`NOT INTACT: \\S+, line ${line}: `));
  expect((await json('verify')).value).toMatchObject({ intact: false, problems: [{ line }] });
});

test('a head that is not in the journal is told, and one that is none is wrong usage', async () => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  const missing = await command('verify', '--head', 'a'.repeat(64));
  expect(missing.status).toBe(1);
  expect(missing.out).toContain('NOT INTACT: no line has the head aaaa');
  expect((await command('verify', '--head', 'abc')).status).toBe(2);
});

test('several heads have to be there all, and a file that is no bundle is wrong usage', async () => {
  const { folder, bot, command, json } = await tradingAccount();
  await bot(DECISION);
  await bot(DECISION);
  const { heads } = (await json('verify')).value as { heads: { hash: string }[] };
  const typed = heads.flatMap(({ hash }) => ['--head', hash]);
  expect(typed).toHaveLength(4);
  expect((await command('verify', ...typed)).out).toContain('All 2 heads are in the journal.\nIntact.');
  expect((await command('verify', ...typed, '--head', 'b'.repeat(64))).status).toBe(1);
  const [file = ''] = filesOf(folder);
  const wrong = await command('verify', '--bundle', file);
  expect(wrong.status).toBe(2);
  expect(wrong.err).toContain('expected the JSON file that weex-ai-log evidence wrote');
  expect((await command('verify', '--bundle', '/nowhere')).err).toContain(
    '--bundle /nowhere: it is gone (ENOENT)',
  );
});
