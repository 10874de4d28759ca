import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { BundleHead, BundleTail, Story } from '../../../src/evidence/bundle.js';
import { openJournal } from '../../journal/open-journal.js';
import { DECISION, tradingAccount } from './trading-account.js';

const A = '596471064624628269';
const B = '596471064624628270';

type Bundle = BundleHead & BundleTail & { readonly entries: readonly Story[] };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const withOrder = (orderId: string, ...stages: readonly Readonly<Record<string, string>>[]) =>
  stages.map((stage) => ({ ...stage, 'ai.order_id': orderId }));

async function account() {
  const trading = await tradingAccount();
  const base = join(trading.journalDir, 'bundle');
  const evidence = async (...args: string[]) => {
    const run = await trading.command('evidence', '--out', `${base}.json`, ...args);
    expect(run.err).toBe('');
    const json = readFileSync(`${base}.json`, 'utf8');
    const bundle: Bundle = JSON.parse(json);
    return { ...run, json, html: readFileSync(`${base}.html`, 'utf8'), bundle };
  };
  return { ...trading, base, evidence };
}

describe('the story of an order', () => {
  test('has the exact text that WEEX got, its hash, the failed attempt and the answer', async () => {
    const { bot, evidence, weex, base, folder } = await account();
    weex.script(503);
    await bot(...withOrder(A, DECISION), ...withOrder(B, DECISION));
    const { bundle, out, status } = await evidence('--order', A);
    expect(status).toBe(0);
    expect(out).toContain(`Journal: ${folder}\n1 log of 1 order\nData: ${base}.json\nPage: ${base}.html\n`);
    expect(bundle.orders).toMatchObject([
      { orderId: A, status: 'complete', logs: [{ entryId: bundle.entries[0]?.id, by: 'own' }] },
    ]);
    const [story] = bundle.entries;
    const sent = weex.logs().find(({ orderId }) => orderId === A);
    expect(story?.body.text).toBe(sent?.raw);
    expect(story).toMatchObject({
      stage: 'Decision Making',
      model: 'gpt-5-2026-08-06',
      state: 'delivered',
      orderId: A,
      orderBy: 'own',
      timeliness: 'in-time',
      body: { sha256: sha256(sent?.raw ?? ''), bytes: Buffer.byteLength(sent?.raw ?? '') },
      answer: { code: '00000', msg: 'success', possibleDuplicate: false },
    });
    const failed = weex.requests().filter(({ status: of }) => of === 503);
    const all = (await evidence()).bundle.entries.flatMap(({ attempts }) => attempts);
    expect(all).toMatchObject(failed.map(() => ({ httpStatus: 503, disposition: 'retry' })));
    expect(statSync(`${base}.json`).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  test('has the lines of the journal, each with the hash that the next line of its file states', async () => {
    const { bot, evidence, folder } = await account();
    await bot(...withOrder(A, DECISION));
    const { bundle } = await evidence();
    const records = bundle.entries[0]?.records ?? [];
    expect(records.map(({ kind }) => kind)).toEqual(['entry', 'sending', 'accepted']);
    const lines = readdirSync(join(folder, 'archive')).flatMap((file) =>
      file.endsWith('.jsonl') ? readFileSync(join(folder, 'archive', file), 'utf8').split('\n') : [],
    );
    for (const { line = '', sha256: hash } of records) {
      expect(sha256(line)).toBe(hash);
      const at = lines.indexOf(line);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(lines[at + 1]).toContain(`"prev":"${hash}"`);
    }
    expect(bundle.writers).toEqual([
      {
        file: records[0]?.file,
        at: expect.any(String),
        version: expect.any(String),
        node: process.version,
        mode: 'live',
      },
    ]);
  });

  test('has what WEEX rejected, and what a person sent again instead', async () => {
    const { bot, command, evidence, weex } = await account();
    weex.script({ code: '40017', msg: 'Parameter model is wrong', when: { model: 'bad' } });
    await bot(...withOrder(A, { ...DECISION, 'ai.model': 'bad' }));
    await command('redrive', '--reason', 'the name was wrong', '--set', 'model=gpt-5-2026-08-06');
    const { bundle, html } = await evidence('--order', A);
    const [before, after] = bundle.entries;
    expect(before).toMatchObject({
      state: 'settled',
      model: 'bad',
      rejection: { weexCode: '40017', reason: 'Parameter model is wrong' },
      redriven: {
        as: after?.id,
        reason: 'the name was wrong',
        changes: [{ field: 'model', from: 'bad', to: 'gpt-5-2026-08-06' }],
      },
    });
    expect(after).toMatchObject({ state: 'delivered', model: 'gpt-5-2026-08-06' });
    expect(html).toContain(`sent again as entry ${after?.id}: the name was wrong`);
  });

  test('says when the bot named the order after the log was sent', async () => {
    const { bot, evidence, folder, entries } = await account();
    await bot(DECISION);
    const [sent] = await entries();
    const { journal } = openJournal(folder);
    journal.note('late-order', { entryId: sent?.entry.id, orderId: A });
    await journal.close();
    const { bundle, html } = await evidence('--order', A);
    expect(bundle.orders).toMatchObject([{ logs: [{ by: 'late' }] }]);
    expect(bundle.entries).toMatchObject([
      { id: sent?.entry.id, records: expect.arrayContaining([expect.objectContaining({ kind: 'note' })]) },
    ]);
    expect(bundle.entries[0]?.orderId).toBeUndefined();
    expect(html).toContain('named by the bot after it was sent');
  });
});

describe('the account', () => {
  test('shows pauses with their reason and what WEEX said', async () => {
    const { bot, evidence, weex } = await account();
    weex.script({ code: '40753', msg: 'API permission disabled' });
    await bot(DECISION);
    weex.clearFaults();
    await bot(DECISION);
    const { bundle, html } = await evidence();
    expect(bundle.outages).toMatchObject([
      { kind: 'paused', words: { '40753 API permission disabled': expect.any(Number) } },
    ]);
    expect(html).toContain('Refused: the account was paused');
  });

  test('shows when WEEX could not be reached, and until when', async () => {
    const { bot, command, weex, evidence } = await account();
    weex.script({ status: 503, times: Number.POSITIVE_INFINITY });
    await bot(DECISION, DECISION, DECISION);
    weex.clearFaults();
    await command('drain');
    const { bundle, html } = await evidence();
    expect(bundle.outages).toMatchObject([{ kind: 'unreachable', until: expect.any(String) }]);
    expect(bundle.outages[0]?.failedAttempts).toBeGreaterThanOrEqual(3);
    expect(Object.keys(bundle.outages[0]?.words ?? {})[0]).toContain('503');
    expect(html).toContain('Not reachable');
  });

  test('tells by how much the clock of WEEX differs', async () => {
    const { bot, evidence, weex } = await account();
    weex.script({ fault: 'clock-skew', skewMillis: 20_000 });
    await bot(DECISION);
    const { bundle } = await evidence();
    expect(bundle.clock?.answers).toBe(1);
    expect(bundle.clock?.medianMillis).toBeGreaterThan(10_000);
    expect(bundle.entries[0]?.answer?.clockDifferenceMillis).toBe(bundle.clock?.medianMillis);
  });

  test('has the chain and a head that verify finds again; a changed line is told', async () => {
    const { bot, evidence, command, folder, base } = await account();
    await bot(DECISION);
    const { bundle, out, json } = await evidence();
    expect(bundle.chain).toMatchObject({ intact: true, problems: [] });
    const head = bundle.chain.head ?? '';
    expect(out).toContain(`SHA-256 of the data: ${sha256(json)}\n`);
    writeFileSync(`${base}-1.json`, json);
    await bot(DECISION);
    expect((await command('verify', '--head', head)).out).toContain('The given head is in the journal.');
    await bot(DECISION);
    const whole = await command('verify', '--bundle', `${base}-1.json`);
    expect(whole.out).toContain(`SHA-256 of the bundle: ${sha256(json)}\n`);
    expect(whole.status).toBe(0);
    const [file = ''] = readdirSync(join(folder, 'archive'));
    const path = join(folder, 'archive', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace('oversold', 'overbold'));
    const changed = await evidence();
    expect(changed.out).toContain('The hash chain is NOT intact');
    expect(changed.bundle.chain).toMatchObject({ intact: false, problems: [{ line: 2 }] });
    expect(changed.html).toContain('changed or damaged');
    rmSync(path);
    const gone = await command('verify', '--bundle', `${base}-1.json`);
    expect(gone).toMatchObject({ status: 1, out: expect.stringContaining(`no line has the head ${head}`) });
  });

  test('takes decisions of a time only', async () => {
    const { bot, evidence } = await account();
    await bot(DECISION);
    const { bundle } = await evidence();
    const decided = bundle.entries[0]?.decided ?? '';
    expect((await evidence('--since', decided)).bundle.entries).toHaveLength(1);
    const none = await evidence('--until', decided);
    expect(none.bundle.entries).toEqual([]);
    expect(none.html).toContain('No log is in this selection.');
  });

  test('says what it proves and what not, and how to check it', async () => {
    const { bot, evidence } = await account();
    await bot(DECISION);
    const { bundle, html } = await evidence();
    expect(bundle.claims.doesNotShow.join(' ')).toContain('whoever can write the files can make them anew');
    expect(html).toContain('that WEEX has a log is shown by WEEX only');
    expect(bundle.howToCheck.join(' ')).toContain(`weex-ai-log verify --head ${bundle.chain.head}`);
    expect(html).toContain('weex-ai-log verify --bundle &#39;bundle.json&#39;');
    expect(bundle.howToCheck[0]).toContain("jq -j '.entries[0].body.text' 'bundle.json' | sha256sum");
  });
});

describe('the page', () => {
  const HOSTILE = '</pre></article><script>alert(1)</script><img src=x onerror="alert(2)">\u202eevil\u0007';

  test('shows model output as text, runs nothing and loads nothing', async () => {
    const { bot, evidence } = await account();
    await bot({
      ...DECISION,
      'ai.stage': `Stage ${HOSTILE}`,
      'ai.model': `model ${HOSTILE}`,
      'ai.output': JSON.stringify({ text: HOSTILE }),
      'ai.explanation': `Because ${HOSTILE}`,
      'ai.symbol': HOSTILE,
    });
    const { html } = await evidence();
    expect(html).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'">/,
    );
    expect(html).not.toMatch(/<script|<img|<iframe|<link|<object|javascript:|\son\w+="/i);
    for (const hidden of ['\u202e', '\u0007']) expect(html).not.toContain(hidden);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('<span class="hidden-character">U+202E</span>evil');
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`'sha256-${hash}'`);
    expect(html.match(/<article /g)).toHaveLength(html.match(/<\/article>/g)?.length ?? 0);
  });

  test('tells the story with its times and hashes', async () => {
    const { bot, evidence } = await account();
    await bot(...withOrder(A, DECISION));
    const { html, bundle } = await evidence('--order', A);
    const [story] = bundle.entries;
    for (const text of [
      A,
      'accepted in its minute',
      'RSI 28 is oversold.',
      story?.decided,
      story?.answer?.received,
    ]) {
      expect(html).toContain(text);
    }
    expect(html).toContain(story?.body.sha256);
    expect(html).toContain(bundle.chain.head);
    expect(html).toContain(`href="#log-${story?.id}"`);
    expect(html).toContain(`id="log-${story?.id}"`);
  });
});

describe('what must not be in it', () => {
  test('no key, secret or passphrase, even when the bot put them on spans', async () => {
    const { bot, evidence, weex } = await account();
    const { apiKey, apiSecret, apiPassphrase } = weex.credentials;
    const all = `${apiKey} ${apiSecret} ${apiPassphrase}`;
    await bot({
      ...DECISION,
      'ai.input': JSON.stringify({
        prompt: `my keys: ${all}`,
        key: apiKey,
        nested: JSON.stringify({ apiSecret }),
      }),
      'ai.output': JSON.stringify({ [apiSecret]: apiPassphrase }),
      'ai.explanation': `because of ${all}`,
      'ai.stage': `Stage ${apiSecret}`,
      'ai.symbol': apiKey,
    });
    const { json, html, out, bundle } = await evidence();
    expect(bundle.entries[0]?.body.text).toContain('[masked]');
    for (const secret of [apiKey, apiSecret, apiPassphrase]) {
      expect(secret.length).toBeGreaterThanOrEqual(12);
      for (const text of [json, html, out]) expect(text).not.toContain(secret);
    }
  });

  test('content is withheld that holds a credential which the journal did not know as one', async () => {
    const { bot, evidence } = await account();
    await bot(
      { ...DECISION, 'ai.explanation': 'the next passphrase is correct-horse-battery' },
      { ...DECISION, 'ai.explanation': 'nothing of it' },
    );
    vi.stubEnv('WEEX_API_PASSPHRASE', 'correct-horse-battery');
    const { json, html, bundle } = await evidence();
    expect(json + html).not.toContain('correct-horse');
    expect(bundle.entries.map(({ body }) => body.withheld)).toEqual([
      "it holds one of this account's credentials",
      undefined,
    ]);
    expect(html).toContain('The content is left out, for it holds one of this account&#39;s credentials.');
  });

  test('--redact leaves hashes in place of content', async () => {
    const { bot, evidence, command, weex } = await account();
    weex.script({ code: '40017', msg: 'wrong', when: { model: 'bad' } });
    await bot(...withOrder(A, DECISION), ...withOrder(B, { ...DECISION, 'ai.model': 'bad' }));
    await command(
      'redrive',
      '--reason',
      'mended',
      '--set',
      'model=good',
      '--set',
      'explanation=My new words.',
    );
    const { json, html, bundle } = await evidence('--redact');
    for (const content of ['oversold', 'BTCUSDT', 'buy', 'My new words']) {
      expect(json + html).not.toContain(content);
    }
    const [story] = bundle.entries;
    expect(story?.body).toEqual({
      sha256: sha256(weex.logs()[0]?.raw ?? ''),
      bytes: expect.any(Number),
      hashes: {
        input: sha256(DECISION['ai.input']),
        output: sha256(DECISION['ai.output']),
        explanation: sha256(JSON.stringify(DECISION['ai.explanation'])),
      },
    });
    expect(story?.records.map(({ line }) => line)).toEqual(story?.records.map(() => undefined));
    expect(story?.records[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bundle.redacted).toBe(true);
  });
});

test.each([
  [[], 'expected --out FILE'],
  [['--out', '/nowhere/at/all'], 'expected --out to be in a folder that is there: /nowhere/at is none'],
  [['--out', 'x', '--order', 'abc'], 'expected --order to be the digits of an order id'],
  [['--out', 'x', '--since', 'soon'], 'expected --since to be a time such as'],
])('%s is wrong usage', async (args, problem) => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  const { status, err } = await command('evidence', ...args);
  expect(status).toBe(2);
  expect(err).toContain(problem);
});

test('an order that no log names is wrong usage, and nothing is written', async () => {
  const { bot, command, base, journalDir } = await account();
  await bot(DECISION);
  const { status, err } = await command('evidence', '--out', base, '--order', A);
  expect(status).toBe(2);
  expect(err).toContain(`names order ${A}`);
  expect(readdirSync(journalDir)).toEqual(['bot']);
});
