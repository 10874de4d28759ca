import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECISION, tradingAccount } from '../cli/commands/trading-account.js';

/** The data blocks of a page, by their names. */
function dataOf(html: string): Map<string, unknown> {
  const blocks = html.matchAll(/<script type="application\/json" id="data-([\w-]+)">([^<]*)<\/script>/g);
  return new Map([...blocks].map(([, name = '', json = '']) => [name, JSON.parse(json)]));
}

async function pageOf(account: Awaited<ReturnType<typeof tradingAccount>>, ...args: string[]) {
  const path = join(account.journalDir, 'page.html');
  const run = await account.command('report', '--html', path, ...args);
  const html = readFileSync(path, 'utf8');
  return { path, run, html, data: dataOf(html) };
}

test('writes one page that only its owner can read, and says where it is', async () => {
  const account = await tradingAccount();
  await account.bot(DECISION, DECISION);
  const { path, run } = await pageOf(account);
  expect(run).toMatchObject({ status: 0, err: '' });
  expect(run.out).toContain(`Journal: ${account.folder}\nPage:    ${path}\n2 entries.`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(account.journalDir).sort()).toEqual(['bot', 'page.html']);
  expect((await account.json('report', '--html', path)).value).toMatchObject({ path, total: 2, shown: 2 });
});

test('lets nothing run or look but what its hashes name, and refers to nothing outside', async () => {
  const account = await tradingAccount();
  await account.bot(DECISION);
  const { html } = await pageOf(account);
  const hash = (text: string | undefined): string =>
    `'sha256-${createHash('sha256')
      .update(text ?? '')
      .digest('base64')}'`;
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.split('; ');
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text);
  const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text]) => text);
  expect(scripts).toHaveLength(1);
  expect(styles).toHaveLength(1);
  expect(policy).toEqual([
    "default-src 'none'",
    `script-src ${hash(scripts[0])}`,
    `style-src ${hash(styles[0])}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(scripts[0]).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/,
  );
  expect(html.replace("'http://www.w3.org/2000/svg'", '')).not.toMatch(
    /\ssrc=|<link|@import|url\(|https?:|\sstyle=|\son\w+=/,
  );
});

test('keeps what entries hold inside its data, and gives it back unchanged', async () => {
  const account = await tradingAccount();
  const hostile = '</script><script>alert(1)</script><!--<script> "\\"';
  const input = JSON.stringify({ hostile, more: '\u2028 \u0000 \ud83d\ude00' });
  await account.bot({ ...DECISION, 'ai.explanation': hostile, 'ai.input': input });
  const { html, data } = await pageOf(account);
  expect(html.match(/<script/g)).toHaveLength(html.match(/<\/script>/g)?.length ?? 0);
  expect(html).not.toContain('<script>alert(1)');
  expect(html).not.toContain('<!--');
  expect(data.get('entries-0')).toMatchObject([{ explanation: hostile }]);
  expect(data.get('content-0')).toMatchObject({ input: { text: input, cut: 0 } });
});

test('has input and output digit by digit, and marks what it cuts of long ones', async () => {
  const account = await tradingAccount();
  const long = JSON.stringify({ text: 'y'.repeat(10_000) });
  await account.bot(DECISION, { ...DECISION, 'ai.output': long });
  const { data } = await pageOf(account);
  expect(data.get('content-0')).toMatchObject({
    input: { text: DECISION['ai.input'], cut: 0 },
    output: { text: DECISION['ai.output'], cut: 0 },
    receipt: { code: '00000' },
    tries: [],
  });
  expect(data.get('content-1')).toMatchObject({
    output: { text: long.slice(0, 4_000), cut: long.length - 4_000 },
  });
});

test('lists the newest when there are more than asked for, and says so', async () => {
  const account = await tradingAccount();
  const names = ['one', 'two', 'three', 'four', 'five'];
  await account.bot(...names.map((name) => ({ ...DECISION, 'ai.explanation': name })));
  const { run, data } = await pageOf(account, '--limit', '2');
  expect(run.out).toContain('The newest 2 of 5 entries.');
  expect(data.get('facts')).toMatchObject({ total: 5, shown: 2, withContent: 2 });
  expect(data.get('entries-0')).toMatchObject([{ explanation: 'four' }, { explanation: 'five' }]);
  expect([...data.keys()].filter((name) => name.startsWith('content'))).toEqual(['content-0', 'content-1']);
});

test('takes only the time asked for', async () => {
  const account = await tradingAccount();
  await account.bot(DECISION);
  const { data } = await pageOf(account, '--since', '2020-01-01', '--until', '2020-01-02T00:00:00Z');
  expect(data.get('facts')).toMatchObject({
    total: 0,
    shown: 0,
    since: Date.UTC(2020, 0, 1),
    until: Date.UTC(2020, 0, 2),
  });
  expect((await pageOf(account, '--since', '2020-01-01')).data.get('facts')).toMatchObject({ total: 1 });
});

test('shows an order of the exchange’s list that has no log', async () => {
  const account = await tradingAccount();
  await account.bot({ ...DECISION, 'ai.order_id': '596471064624628269' });
  const orders = join(account.journalDir, 'orders.json');
  writeFileSync(orders, '{"data":[{"order_id":596471064624628269},{"order_id":596471064624628271}]}');
  const { data } = await pageOf(account, '--orders', orders);
  expect(data.get('facts')).toMatchObject({ coverage: { orders: 2, unlogged: 1, isListed: true } });
  expect(data.get('trades')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        entries: [],
        orders: [expect.objectContaining({ id: '596471064624628271', status: 'gaps' })],
      }),
    ]),
  );
});

test('holds no credential and says when the account is paused', async () => {
  const account = await tradingAccount();
  account.weex.script({ code: '40006', msg: 'Invalid ACCESS_KEY', times: Number.POSITIVE_INFINITY });
  await account.bot(DECISION);
  const { html, data } = await pageOf(account);
  expect(data.get('facts')).toMatchObject({
    pauses: [{ reason: expect.stringContaining('Invalid ACCESS_KEY') }],
  });
  expect(data.get('facts')).not.toMatchObject({ pauses: [{ until: expect.anything() }] });
  expect(data.get('entries-0')).toMatchObject([{ state: 'pending', tries: [[expect.any(Number), 'hold']] }]);
  for (const secret of Object.values(account.weex.credentials)) expect(html).not.toContain(secret);
});

test('asks for what is missing or wrong before it reads anything', async () => {
  const account = await tradingAccount();
  await account.bot(DECISION);
  const { journalDir, command } = account;
  const path = join(journalDir, 'page.html');
  const wrong = async (...args: string[]): Promise<string> => {
    const { status, err } = await command('report', ...args);
    expect(status).toBe(2);
    return err;
  };
  expect(await wrong()).toContain('expected --html FILE');
  expect(await wrong('--html', join(journalDir, 'none', 'page.html'))).toContain(
    'expected a folder to write into',
  );
  expect(await wrong('--html', journalDir)).toContain('is a folder');
  expect(await wrong('--html', path, '--limit', '0')).toContain('from 1 to 100000, got "0"');
  expect(await wrong('--html', path, '--since', 'yesterday')).toContain(
    'expected --since to be a time such as',
  );
  expect(await wrong('--html', path, '--orders', path)).toContain('cannot be read');
});

test('leaves the page of before in its place when the journal cannot be read', async () => {
  const account = await tradingAccount();
  await account.bot(DECISION);
  const { path, html } = await pageOf(account);
  // Has the name of a segment, and cannot be read as a file by anybody.
  mkdirSync(join(account.folder, '20990101T000000000Z-unreadable01-0001.unreadable01.jsonl'));
  const { status, err } = await account.command('report', '--html', path);
  expect(status).toBe(1);
  expect(err).toContain('weex-ai-log report: EISDIR');
  expect(readFileSync(path, 'utf8')).toBe(html);
  expect(readdirSync(account.journalDir).sort()).toEqual(['bot', 'page.html']);
});
