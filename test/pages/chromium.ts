import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished, test } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const path = PLACES.find((place) => existsSync(place));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that is looked at: what went wrong in it, and what it asked the network for. */
export interface WatchedPage {
  readonly page: Page;
  /** Console messages, exceptions and dialogs. There should be none. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

export type OpenPage = (url: string, options?: BrowserContextOptions) => Promise<WatchedPage>;

/**
 * Tests in a real browser, one for the file. Where there is none they are skipped, and the title says so; with
 * REQUIRE_CHROMIUM=1 that is a failure.
 */
export function describeInChromium(title: string, tests: (open: OpenPage) => void): void {
  if (path === undefined) {
    const missing = `no Chromium in ${PLACES.join(', ')}: apt-get install chromium`;
    if (process.env['REQUIRE_CHROMIUM'] !== '1') {
      describe.skip(`${title} (skipped: ${missing})`, () => tests(() => Promise.reject(new Error(missing))));
      return;
    }
    test(title, () => {
      throw new Error(missing);
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: path, args: ARGS });
    }, 60_000);
    afterAll(() => browser?.close());
    tests((url, options) => openPage(browser, url, options));
  });
}

async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

/** What axe finds against WCAG A and AA and its good practices: rule, place and what is wrong. */
export async function violationsIn(page: Page): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(AXE);
  const found: unknown = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ': ' + failureSummary)))`,
  );
  if (!Array.isArray(found)) throw new Error('axe gave no list');
  return found.map(String);
}

/** What stands out to the right: nobody should have to scroll sideways, and nothing should be cut off. */
async function standingOut(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(`(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const out = [...document.body.querySelectorAll('*:not(.unseen)')].filter((one) =>
      one.checkVisibility() && one.getBoundingClientRect().right > clientWidth + 0.5);
    return [...out.map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 60)),
      ...(scrollWidth > clientWidth ? ['the page itself'] : [])];
  })()`);
  if (!Array.isArray(found)) throw new Error('expected a list');
  return found.map(String);
}

/** What the keyboard reaches from here on, in order, until it leaves the page. */
export async function tabStops(page: Page, most: number): Promise<string[]> {
  const stops: string[] = [];
  while (stops.length < most) {
    await page.keyboard.press('Tab');
    const stop = String(
      await page.evaluate(`(() => {
        const { activeElement: at, body } = document;
        if (at === body) return '';
        return at.tagName.toLowerCase() + ' ' + (at.id || at.getAttribute('aria-label') || at.textContent.slice(0, 60));
      })()`),
    );
    if (stop === '') break;
    stops.push(stop);
  }
  return stops;
}

/** What axe and the eye for widths find, in light and dark, on a phone and on a wide screen. */
export async function faultsOfEveryAppearance(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 360],
    ['dark', 1920],
    ['light', 1920],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const found = [...(await violationsIn(page)), ...(await standingOut(page))];
    faults.push(...found.map((fault) => `${colorScheme}, ${width} px: ${fault}`));
  }
  return faults;
}
