// @ts-check
// How long a report of 10,000 entries takes to write, and to open in a real browser.
//   npm run bench:report            entries of 2 kB
//   npm run bench:report -- 20000   entries of 20 kB
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { chromium } from 'playwright-core';
import { startWeexEmulator } from '../../dist/emulator.mjs';
import { WeexSpanProcessor } from '../../dist/index.mjs';

const ENTRIES = 10_000;
const BUDGET_MILLIS = 2_000;
const RUNS = 5;
const bytes = Number(process.argv[2] ?? 2_000);
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browserPath = PLACES.find((place) => existsSync(place)) ?? '';
if (browserPath === '') throw new Error(`no Chromium in ${PLACES.join(', ')}: apt-get install chromium`);

const folder = mkdtempSync(join(tmpdir(), 'weex-bench-report-'));
const weex = await startWeexEmulator({ rateLimit: false, keepLogs: 'count' });
try {
  await trade();
  const file = join(folder, 'report.html');
  const began = performance.now();
  const main = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
  const args = [main, 'report', '--html', file, '--journal-dir', folder, '--account', 'bench'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const wrote = performance.now() - began;
  console.log(
    `${ENTRIES} entries of ${bytes} bytes: written in ${seconds(wrote)}, ${(statSync(file).size / 1e6).toFixed(1)} MB`,
  );
  const { usable, whole } = await opened(pathToFileURL(file).href);
  console.log(
    `${usable < BUDGET_MILLIS ? 'pass' : 'FAIL'}  trades, plots and filters are there after ${seconds(usable)} (budget ${seconds(BUDGET_MILLIS)}), the last byte is read after ${seconds(whole)}`,
  );
} finally {
  await weex.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Four stages to an order, through a real pipeline to an emulator. */
async function trade() {
  const processor = new WeexSpanProcessor({
    ...weex.credentials,
    endpoint: weex.url,
    journalDir: folder,
    account: 'bench',
    linkWindowMillis: 0,
    rateLimit: 100_000,
    flushTimeoutMillis: 120_000,
  });
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('bench');
  const stages = ['Strategy Generation', 'Risk Assessment', 'Decision Making', 'Execution'];
  const prompt = 'Decide about BTCUSDT. '.repeat(Math.ceil(bytes / 22)).slice(0, Math.max(0, bytes - 400));
  for (let entry = 0; entry < ENTRIES; entry += 1) {
    const stage = stages[entry % stages.length] ?? '';
    const attributes = {
      'ai.stage': stage,
      'ai.model': 'gpt-5-2026-08-06',
      'ai.symbol': 'BTCUSDT',
      'ai.order_id': String(596_471_064_624_628_269n + BigInt(Math.floor(entry / stages.length))),
      'ai.input': JSON.stringify({ prompt, entry }),
      'ai.output': '{"action":"BUY","size":0.01}',
      'ai.explanation': 'The oversold signal is confirmed by rising open interest. '.repeat(4),
    };
    tracer.startSpan(stage, { attributes }).end();
  }
  await processor.shutdown();
}

/**
 * The median of some openings, each in a browser context of its own: until the script has run and a frame is drawn,
 * and until the whole file is read.
 *
 * @param {string} url
 */
async function opened(url) {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
  /** @type {{ usable: number, whole: number }[]} */
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(`
      new MutationObserver((changes, observer) => {
        if (document.querySelector('.trade') === null) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { globalThis.usableAt = performance.now(); }));
      }).observe(document, { childList: true, subtree: true });
    `);
    await page.goto(url);
    await page.waitForFunction('globalThis.usableAt !== undefined');
    const usable = Number(await page.evaluate('globalThis.usableAt'));
    const whole = Number(await page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd'));
    runs.push({ usable, whole });
    await context.close();
  }
  await browser.close();
  /** @param {'usable' | 'whole'} what */
  const median = (what) => runs.map((run) => run[what]).sort((one, other) => one - other)[RUNS >> 1] ?? 0;
  return { usable: median('usable'), whole: median('whole') };
}

/** @param {number} millis */
function seconds(millis) {
  return `${(millis / 1_000).toFixed(2)} s`;
}
