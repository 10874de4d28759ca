// @ts-check
// The main thread's time in `span.end()`, against the least that any journal must do with the same bytes: turn by
// turn in one run, and at a bot's pace, so that neither has the processor's caches to itself.
//   node test/bench/span-end.mjs <bytes> <spans a round> <rounds>
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { median, micros, quantile, report, spread } from './figures.mjs';
import { breathe, CREDENTIALS, madeStages } from './stages.mjs';

const [bytes = 2_000, spans = 2_000, rounds = 7] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'weex-bench-'));
const file = openSync(join(folder, 'baseline.jsonl'), 'a');
const weex = new WeexSpanProcessor({
  ...CREDENTIALS,
  endpoint: 'http://127.0.0.1:1', // refused at once: what is measured is what the bot waits for
  journalDir: join(folder, 'journal'),
  account: 'bench',
});
const provider = new BasicTracerProvider({ spanProcessors: [weex] });
const tracer = provider.getTracer('bench');
const made = madeStages(bytes);
const medians = [];
const tails = [];
const ends = [];
const bases = [];
let number = 0;
for (let round = 0; round <= rounds; round++) {
  const ours = [];
  const base = [];
  for (let i = 0; i < spans; i++) {
    const { payload, attributes } = made(number);
    const span = tracer.startSpan('decision', { attributes: { ...attributes } });
    number += 1;
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
  // The first round warms up both.
  if (round === 0) continue;
  medians.push(median(ours) / median(base));
  tails.push(quantile(ours, 0.99) / quantile(base, 0.99));
  ends.push(median(ours));
  bases.push(median(base));
}
await provider.shutdown();
closeSync(file);
rmSync(folder, { recursive: true, force: true });

const isSmall = bytes <= 50_000;
report([
  {
    what: `span.end() of a ${bytes / 1_000} kB stage, median, against stringify + write`,
    value: median(medians),
    unit: 'x',
    budget: isSmall ? 2 : 2.5,
    spread: spread(medians),
    detail: `${micros(median(ends))} against ${micros(median(bases))}`,
  },
  {
    what: `the same, 99th percentile`,
    value: median(tails),
    unit: 'x',
    budget: isSmall ? 3 : undefined,
    spread: spread(tails),
  },
]);
