import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WeexEmulator } from '../../src/emulator.js';
import { startWeexEmulator } from '../emulator/built.js';
import { bodyWith, bodyWithOrder, upload } from '../emulator/client.js';
import { describeInChromium, faultsOfEveryAppearance, tabStops, violationsIn } from './chromium.js';
import { HOSTILE } from './traded-account.js';

describeInChromium('the emulator’s page in a browser', (open) => {
  let weex: WeexEmulator;
  beforeAll(async () => {
    weex = await startWeexEmulator();
  });
  beforeEach(() => weex.reset());
  afterAll(() => weex?.close());

  test('says at first that there is nothing, and where to point a bot', async () => {
    const { page, complaints, requests } = await open(weex.url);
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('#no-logs').textContent()).toContain(`OTEL_EXPORTER_WEEX_ENDPOINT=${weex.url}`);
    expect(await violationsIn(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.every((one) => one.startsWith(weex.url))).toBe(true);
  });

  test('shows logs as they arrive, grouped by order, with their plot', async () => {
    const { page, complaints } = await open(weex.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await upload(weex, bodyWithOrder('596471064624628269'));
    await upload(weex, bodyWithOrder('596471064624628269'));
    await upload(weex, bodyWithOrder('596471064624628271'));
    await upload(weex);
    await page.locator('#orders .order').nth(1).waitFor();
    const order = page.locator('.order', { hasText: '596471064624628269' });
    await expect.poll(() => order.locator('.log').count()).toBe(2);
    await expect.poll(() => page.locator('#unlinked .log').count()).toBe(1);
    await expect.poll(() => page.locator('#arrivals .legend').textContent()).toBe('Taken4');
    await order.locator('summary').first().click();
    await order.locator('pre').waitFor();
    expect(complaints).toEqual([]);
  });

  test('shows hostile content as text', async () => {
    await upload(weex, bodyWith({ stage: HOSTILE, model: HOSTILE, explanation: HOSTILE }));
    const { page, complaints } = await open(weex.url);
    const shown = HOSTILE.replace('\u202e', 'U+202E').replace('\u202c', 'U+202C');
    await page.locator('.explanation').waitFor();
    for (const part of ['.stage', '.model', '.explanation']) {
      expect(await page.locator(part).textContent()).toBe(shown);
    }
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is reached in whole by the keyboard', async () => {
    await upload(weex, bodyWithOrder('596471064624628269'));
    const { page } = await open(weex.url);
    await page.locator('.log').waitFor();
    expect(await tabStops(page, 20)).toEqual([
      'a Skip to the logs',
      'svg Arrivals in the last five minutes',
      'summary Input',
      'summary Output',
    ]);
  });

  test('passes axe and needs no sideways scrolling, light and dark, 360 and 1,920 px wide', async () => {
    weex.script({ status: 503, times: 1 });
    await upload(weex);
    await upload(weex, '{');
    await upload(weex, bodyWithOrder('596471064624628269'));
    const { page } = await open(weex.url);
    await page.locator('.log').first().waitFor();
    await page.locator('summary').first().click();
    await page.locator('pre').waitFor();
    expect(await faultsOfEveryAppearance(page)).toEqual([]);
  });
});
