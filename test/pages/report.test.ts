import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInChromium, faultsOfEveryAppearance, tabStops, violationsIn } from './chromium.js';
import {
  HOSTILE,
  manyEntries,
  ORDERS,
  type TradedAccount,
  tradedAccount,
  writeReportOf,
} from './traded-account.js';

describeInChromium('the report in a browser', (open) => {
  let account: TradedAccount;
  let url = '';
  beforeAll(async () => {
    account = await tradedAccount();
    url = await account.report('report.html');
  }, 60_000);
  afterAll(() => account?.close());

  test('opens without a complaint and asks the network for nothing but itself', async () => {
    const { page, complaints, requests } = await open(url);
    await page.locator('.trade').first().waitFor();
    expect(complaints).toEqual([]);
    expect(requests).toEqual([url]);
    expect(await page.title()).toBe('AI logs of bot');
  });

  test('shows each trade with its stages, models, explanations and time to receipt', async () => {
    const { page } = await open(url);
    const trade = page.locator('.trade', { hasText: ORDERS.complete });
    expect(await trade.locator('.stage').allTextContents()).toEqual([
      'Strategy Generation',
      'Risk Assessment',
      'Decision Making',
      'Execution',
    ]);
    expect(await trade.locator('.model').nth(2).textContent()).toBe('gpt-5-2026-08-06');
    expect(await trade.locator('.explanation').first().textContent()).toBe(
      'Strategy Generation of BTCUSDT: the signal is confirmed.',
    );
    for (const wait of await trade.locator('.wait').allTextContents()) expect(wait).toMatch(/^[\d.]+ m?s$/);
    expect(await trade.locator('.chip').allTextContents()).toEqual([
      'Complete',
      'Delivered',
      'Delivered',
      'Delivered',
      'Delivered',
    ]);
    expect(await trade.getByText('1 failed try').count()).toBe(1);
  });

  test('says which stage is missing, what WEEX refused, and what contradicts an order', async () => {
    const { page } = await open(url);
    const of = (order: string) => page.locator('.trade', { hasText: order });
    expect(await of(ORDERS.withoutRisk).locator('.trade-head').textContent()).toContain(
      'Risk Assessment missing',
    );
    expect(await of(ORDERS.withoutRisk).locator('.absent').textContent()).toBe(
      'Risk AssessmentNo log of this stage.',
    );
    expect(await of(ORDERS.rejected).locator('.why').textContent()).toContain(
      '40017 Parameter model is wrong',
    );
    expect(await of(ORDERS.held).locator('.against').textContent()).toContain('says to do nothing');
    expect(await page.locator('#attention li').allTextContents()).toEqual(
      expect.arrayContaining([
        expect.stringContaining('1 log was rejected by WEEX'),
        expect.stringContaining('1 log lacks something'),
        expect.stringContaining('1 trade is contradicted by a log'),
      ]),
    );
    expect(await page.locator('#coverage').textContent()).toMatch(/Complete3Stage missing2/);
    expect(await page.locator('.trade h3', { hasText: 'Hold' }).textContent()).toContain('SOLUSDT');
  });

  test('unfolds input and output as they were sent, long numbers digit by digit', async () => {
    const { page, complaints } = await open(url);
    const trade = page.locator('.trade', { hasText: ORDERS.complete });
    await trade.locator('summary').first().click();
    expect(await trade.locator('pre').first().textContent()).toContain('596471064624628269');
    expect(await trade.locator('pre').nth(1).textContent()).toContain('"size": 0.010');
    expect(await trade.locator('.facts').textContent()).toContain('00000 success');
    expect(complaints).toEqual([]);
  });

  test('filters by order, stage, state, model and text, and clears', async () => {
    const { page } = await open(url);
    const found = page.locator('#found');
    const all = await found.textContent();
    await page.getByLabel('Order id').fill(ORDERS.rejected.slice(-4));
    await expect.poll(() => found.textContent()).toContain('1 trade, 4 of');
    await page.getByLabel('State').selectOption('rejected');
    await expect.poll(() => found.textContent()).toContain('1 trade, 1 of');
    expect(await page.locator('.line.matched .stage').allTextContents()).toEqual(['Execution']);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    expect(await found.textContent()).toBe(all);
    await page.getByLabel('Stage').selectOption('Signal Analysis');
    expect(await found.textContent()).toContain('1 trade, 1 of');
    await page.getByLabel('Model').selectOption('bad');
    expect(await found.textContent()).toContain('0 trades, 0 of');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByLabel('Text').fill('think of xrpusdt at RISK');
    await expect.poll(() => found.textContent()).toContain('1 trade, 1 of');
    // The page's own names for what it holds are no text of an entry.
    await page.getByLabel('Text').fill('"cut":');
    await expect.poll(() => found.textContent()).toContain('0 trades, 0 of');
    await page.getByLabel('Text').fill('"size":0.010');
    await expect.poll(() => found.textContent()).toContain('6 trades, 16 of 22');
  });

  test('filters by time, and by a step that is picked in a plot with the keyboard', async () => {
    const { page } = await open(url);
    const found = page.locator('#found');
    await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00:00');
    expect(await found.textContent()).toContain('0 trades');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    const plot = page.getByRole('slider').first();
    await plot.focus();
    await page.keyboard.press('Home');
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/\d\d:\d\d/);
    expect(await page.locator('.readout').first().textContent()).toMatch(/\d\d:\d\d/);
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('From').inputValue()).not.toBe('');
    expect(await page.locator(':focus').getAttribute('role')).toBe('slider');
  });

  test('leads from what needs attention to the trades in question', async () => {
    const { page } = await open(url);
    await page.getByRole('button', { name: /rejected by WEEX/ }).click();
    expect(await page.locator('.trade').count()).toBe(1);
    expect(await page.locator(':focus').getAttribute('id')).toBe('trades-part');
  });

  test('is reached in whole by the keyboard', async () => {
    const { page } = await open(url);
    const stops = await tabStops(page, 120);
    const attention = await page.locator('#attention button').count();
    expect(stops[0]).toBe('a Skip to the trades');
    expect(stops.filter((stop) => stop.startsWith('svg'))).toHaveLength(
      await page.getByRole('slider').count(),
    );
    expect(stops.filter((stop) => stop.startsWith('button Show:'))).toHaveLength(attention);
    for (const name of ['text', 'order', 'stage', 'state', 'model', 'from', 'to']) {
      expect(stops.some((stop) => stop.endsWith(` filter-${name}`))).toBe(true);
    }
    expect(stops.filter((stop) => stop.startsWith('summary'))).toHaveLength(
      await page.locator('summary').count(),
    );
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('pre').first().waitFor();
  });

  test('shows hostile content as text, with what is hidden in it made visible', async () => {
    const { page, complaints } = await open(url);
    const trade = page.locator('.trade', { hasText: ORDERS.hostile });
    const shown = HOSTILE.replace('\u202e', 'U+202E').replace('\u202c', 'U+202C');
    expect(await trade.locator('.explanation').first().textContent()).toBe(shown);
    expect(await trade.locator('.model').first().textContent()).toBe(shown);
    for (const summary of await trade.locator('summary').all()) await summary.click();
    expect(await trade.locator('pre').first().textContent()).toContain('<img src=x onerror=alert(1)>');
    await expect.poll(() => trade.getByText('more characters are in the journal').count()).toBe(4);
    await page.getByLabel('Text').fill('</script><script>alert(2)</script>');
    await expect.poll(() => page.locator('#found').textContent()).toContain('1 trade, 4 of');
    expect(await page.locator('img, iframe, body script:not([type]) ~ script:not([type])').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('passes axe and needs no sideways scrolling, light and dark, 360 and 1,920 px wide', async () => {
    const { page } = await open(url);
    await page.locator('summary').first().click();
    await page.locator('pre').first().waitFor();
    expect(await faultsOfEveryAppearance(page)).toEqual([]);
  });

  test('of an empty journal says so, and what comes next', async () => {
    const journalDir = mkdtempSync(join(tmpdir(), 'weex-pages-'));
    try {
      await manyEntries(journalDir, 0);
      const { page, complaints } = await open(
        await writeReportOf(journalDir, join(journalDir, 'empty.html')),
      );
      expect(await page.locator('#empty').textContent()).toContain('no AI log in this journal yet');
      expect(await page.locator('#all').isVisible()).toBe(false);
      expect(await violationsIn(page)).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      rmSync(journalDir, { recursive: true, force: true });
    }
  });

  test('of 10,000 entries builds a screenful at first, and the rest as the reader goes down', async () => {
    const journalDir = mkdtempSync(join(tmpdir(), 'weex-pages-'));
    try {
      await manyEntries(journalDir, 10_040);
      const { page, complaints } = await open(await writeReportOf(journalDir, join(journalDir, 'many.html')));
      expect(await page.locator('#cut').textContent()).toContain('the newest 10,000 of 10,040 entries');
      expect(await page.locator('#found').textContent()).toBe('2,500 trades, 10,000 entries');
      const first = await page.locator('.trade').count();
      expect(first).toBeLessThanOrEqual(90);
      await page.locator('#more').scrollIntoViewIfNeeded();
      await expect.poll(() => page.locator('.trade').count()).toBeGreaterThan(first);
      expect(complaints).toEqual([]);
    } finally {
      rmSync(journalDir, { recursive: true, force: true });
    }
  });
});
