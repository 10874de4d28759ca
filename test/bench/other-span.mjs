// @ts-check
// A span that is none of ours, through the processor: what is added to the SDK's own start and end.
//   node test/bench/other-span.mjs <spans a round> <rounds>
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { median, micros, report, spread } from './figures.mjs';
import { CREDENTIALS } from './stages.mjs';

const [spans = 20_000, rounds = 15] = process.argv.slice(2).map(Number);
const weex = new WeexSpanProcessor({ ...CREDENTIALS, mode: 'record', journalDir: 'none', account: 'bench' });
const bare = new BasicTracerProvider().getTracer('bench');
const provider = new BasicTracerProvider({ spanProcessors: [weex] });
const withUs = provider.getTracer('bench');
const attributes = {
  'http.request.method': 'GET',
  'url.full': 'https://api.example/candles',
  'http.response.status_code': 200,
};

/** @param {import('@opentelemetry/api').Tracer} tracer */
function microsEach(tracer) {
  const begun = performance.now();
  for (let i = 0; i < spans; i++) tracer.startSpan('GET', { attributes }).end();
  return ((performance.now() - begun) * 1_000) / spans;
}

const ratios = [];
const ours = [];
const bases = [];
for (let round = 0; round <= rounds; round++) {
  const base = microsEach(bare);
  const mine = microsEach(withUs);
  if (round === 0) continue;
  ratios.push((mine - base) / base);
  ours.push(mine);
  bases.push(base);
}
await provider.shutdown();
report([
  {
    what: 'a span that is no stage: extra, against its start and end',
    value: median(ratios),
    unit: 'x',
    budget: 0.3,
    spread: spread(ratios),
    detail: `${micros(median(ours))} against ${micros(median(bases))}`,
  },
]);
