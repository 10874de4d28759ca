// @ts-check
// A bot for hours: cycles of a parent span, two stages and a tool call, at a steady pace, and what it costs this process.
//   node bot.mjs '<options of the processor>' <stages a second>
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { WeexSpanProcessor } from '../../dist/index.mjs';
import { stageAttributes, stagePayload } from '../bench/stages.mjs';

const [options = '{}', perSecond = '500'] = process.argv.slice(2);
const STAGES_A_CYCLE = 2;
const REPORT_MILLIS = 5_000;
/** Part of every delay that Node reports. */
const RESOLUTION_MILLIS = 5;

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const weex = new WeexSpanProcessor(JSON.parse(options));
const provider = new BasicTracerProvider({ spanProcessors: [weex] });
const tracer = provider.getTracer('soak');
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MILLIS });
delay.enable();

let ended = 0;
function cycle() {
  const root = tracer.startSpan('cycle');
  context.with(trace.setSpan(context.active(), root), () => {
    for (let i = 0; i < STAGES_A_CYCLE; i++) {
      const { 'ai.order_id': orderId, ...attributes } = stageAttributes(stagePayload(ended), ended);
      const span = tracer.startSpan('stage', { attributes });
      // Every tenth cycle trades.
      if (i === 1 && ended % 20 === 1) span.setAttribute('ai.order_id', orderId ?? '');
      span.end();
      ended += 1;
    }
    tracer.startSpan('tool', { attributes: { 'http.request.method': 'GET' } }).end();
  });
  root.end();
}

const openFiles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);

function report() {
  global.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { delivered, pending, waiting, lost, rejected, invalid } = weex.health();
  const megabytes = { resident: rss / 1_048_576, used: (heapUsed + external) / 1_048_576 };
  process.send?.({
    ...{ ended, delivered, pending, waiting, lost, rejected, invalid, ...megabytes, files: openFiles() },
    delayMean: delay.mean / 1e6 - RESOLUTION_MILLIS,
    delayP99: delay.percentile(99) / 1e6 - RESOLUTION_MILLIS,
  });
  delay.reset();
}

const begun = performance.now();
const pace = setInterval(() => {
  const due = ((performance.now() - begun) / 1_000) * Number(perSecond);
  while (ended + STAGES_A_CYCLE <= due) cycle();
}, 10);
const reports = setInterval(report, REPORT_MILLIS);

process.on('message', async (order) => {
  if (order === 'stop') {
    clearInterval(pace);
    delay.disable();
  }
  if (order === 'end') {
    clearInterval(reports);
    report();
    await provider.shutdown();
    process.exit();
  }
});
