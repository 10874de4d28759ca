// @ts-check
// Many traces under an SDK in code that keeps one per cent of them, with ids of which it keeps every hundredth.
import { createRequire } from 'node:module';
import { ROOT_CONTEXT, SamplingDecision } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { AiStageSampler, WeexSpanProcessor } from 'opentelemetry-exporter-weex';

const ratio = new TraceIdRatioBasedSampler(0.01);
const random = new RandomIdGenerator();
let traces = 0;

function generateTraceId() {
  traces += 1;
  for (;;) {
    const id = random.generateTraceId();
    const { decision } = ratio.shouldSample(ROOT_CONTEXT, id);
    if ((decision === SamplingDecision.RECORD_AND_SAMPLED) === (traces % 100 === 0)) return id;
  }
}

const weex = new WeexSpanProcessor();
const sdk = new NodeSDK({
  idGenerator: { generateTraceId, generateSpanId: () => random.generateSpanId() },
  sampler: new AiStageSampler(new ParentBasedSampler({ root: ratio })),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter()), weex],
  metricReaders: [],
  logRecordProcessors: [],
});
sdk.start();
createRequire(import.meta.url)('../../matrix/bots/many.cjs');
await Promise.allSettled([sdk.shutdown(), weex.shutdown()]);
