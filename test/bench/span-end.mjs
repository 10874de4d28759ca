// @ts-check
// The main thread's time in `span.end()`, against the least that any journal must do with the same bytes.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { median, micros, quantile, spread } from './figures.mjs';

const ROUNDS = 7;
const CREDENTIALS = {
  apiKey: 'bench-api-key-000',
  apiSecret: 'bench-api-secret-000',
  apiPassphrase: 'bench-passphrase',
};

/** @param {number} bytes */
function stage(bytes) {
  const prompt = 'BTCUSDT 64010.5, RSI(1h) 28, funding -0.011%, book bid-heavy. '
    .repeat(Math.ceil(bytes / 62))
    .slice(0, bytes);
  return {
    input: { symbol: 'BTCUSDT', price: 64010.5, rsi: 28, prompt },
    output: { action: 'buy', size: 0.01, stop: 63200, confidence: 0.72 },
    explanation:
      'RSI 28 on the 1h is oversold and funding is negative; risk 0.5 % of equity with a stop under 63200.',
  };
}

/** Waits for the timers and I/O of the last span, as a bot's own pace does. */
const breathe = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} bytes @returns {Promise<import('./bench.mjs').Row[]>} */
export async function measureStageEnd(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'weex-bench-'));
  const file = openSync(join(folder, 'baseline.jsonl'), 'a');
  const weex = new WeexSpanProcessor({
    ...CREDENTIALS,
    endpoint: 'http://127.0.0.1:1', // refused at once: what is measured is what the bot waits for
    journalDir: join(folder, 'journal'),
    account: `bench-${bytes}`,
  });
  const provider = new BasicTracerProvider({ spanProcessors: [weex] });
  const tracer = provider.getTracer('bench');
  const { input, output, explanation } = stage(bytes);
  const attributes = {
    'ai.stage': 'Decision Making',
    'ai.model': 'gpt-5-2026-08-06',
    'ai.input': JSON.stringify(input),
    'ai.output': JSON.stringify(output),
    'ai.explanation': explanation,
    'ai.order_id': '596471064624628269',
  };
  const payload = { stage: 'Decision Making', model: 'gpt-5-2026-08-06', input, output, explanation };
  const spans = bytes > 50_000 ? 200 : 2_000;
  const medians = [];
  const tails = [];
  const absolute = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = [];
    const base = [];
    for (let i = 0; i < spans; i++) {
      const span = tracer.startSpan('decision', { attributes });
      const t0 = performance.now();
      span.end();
      const t1 = performance.now();
      await breathe();
      const t2 = performance.now();
      writeSync(file, `${JSON.stringify(payload)}\n`);
      const t3 = performance.now();
      await breathe();
      ours.push((t1 - t0) * 1_000);
      base.push((t3 - t2) * 1_000);
    }
    if (round === 0) continue;
    medians.push(median(ours) / median(base));
    tails.push(quantile(ours, 0.99) / quantile(base, 0.99));
    absolute.push([median(ours), median(base)]);
  }
  await provider.shutdown();
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  const label = bytes > 50_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000} kB`;
  const detail = `${micros(median(absolute.map(([a]) => a ?? 0)))} against ${micros(median(absolute.map(([, b]) => b ?? 0)))}`;
  const rows = [
    {
      what: `span.end() of a ${label} stage, median`,
      budget: bytes > 50_000 ? 2.5 : 2,
      better: /** @type {const} */ ('lower'),
      ratio: median(medians),
      spread: spread(medians),
      detail,
    },
  ];
  if (bytes <= 50_000) {
    rows.push({
      what: `span.end() of a ${label} stage, p99`,
      budget: 3,
      better: 'lower',
      ratio: median(tails),
      spread: spread(tails),
      detail: '',
    });
  }
  return rows;
}

/** A span that is none of ours, through the processor: the extra cost against the SDK's own start and end. */
export async function measureOtherSpan() {
  const weex = new WeexSpanProcessor({
    ...CREDENTIALS,
    mode: 'record',
    journalDir: 'none',
    account: 'bench-other',
  });
  const bare = new BasicTracerProvider().getTracer('bench');
  const provider = new BasicTracerProvider({ spanProcessors: [weex] });
  const withUs = provider.getTracer('bench');
  const attributes = {
    'http.request.method': 'GET',
    'url.full': 'https://api.example/candles',
    'http.response.status_code': 200,
  };
  /** @param {import('@opentelemetry/api').Tracer} tracer */
  const run = (tracer) => {
    const begun = performance.now();
    for (let i = 0; i < 20_000; i++) tracer.startSpan('GET', { attributes }).end();
    return ((performance.now() - begun) * 1_000) / 20_000;
  };
  const ratios = [];
  const absolute = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const base = run(bare);
    const ours = run(withUs);
    if (round === 0) continue;
    ratios.push((ours - base) / base);
    absolute.push([ours, base]);
  }
  await provider.shutdown();
  return [
    {
      what: 'a span that is no stage: extra, against start and end',
      budget: 0.3,
      better: /** @type {const} */ ('lower'),
      ratio: median(ratios),
      spread: spread(ratios),
      detail: `${micros(median(absolute.map(([a]) => a ?? 0)))} against ${micros(median(absolute.map(([, b]) => b ?? 0)))}`,
    },
  ];
}
