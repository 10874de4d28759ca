// @ts-check
const { trace } = require('@opentelemetry/api');

/**
 * Makes many traces, each with one decision, and prints for each whether a sampler that keeps this ratio of the
 * traces, of the SDK in use, keeps it.
 */
const [, , tracePackage = '', count = '0', ratio = '0'] = process.argv;
const sampler = new (require(tracePackage).TraceIdRatioBasedSampler)(Number(ratio));
const tracer = trace.getTracer('bot');

for (let cycle = 1; cycle <= Number(count); cycle += 1) {
  tracer.startActiveSpan('cycle', (root) => {
    const { traceId } = root.spanContext();
    tracer.startActiveSpan('decide', (stage) => {
      // Late, so that a sampler cannot know what the span will be.
      stage.setAttributes({
        'ai.stage': 'Decision Making',
        'ai.model': 'm-1',
        'ai.input': JSON.stringify({ traceId }),
        'ai.output': '{"action":"hold"}',
        'ai.explanation': 'Nothing to do.',
        'ai.order_id': 'none',
      });
      tracer.startSpan('ask the market').end();
      stage.end();
    });
    root.end();
    const { decision } = sampler.shouldSample(undefined, traceId);
    console.log(JSON.stringify({ traceId, isKept: decision === 2 }));
  });
}
