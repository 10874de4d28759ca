// @ts-check
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { AiStageSampler, WeexSpanProcessor } from 'opentelemetry-exporter-weex';

/**
 * One trace, two backends: Jaeger gets the share that the sampler picks, as before; WEEX gets every AI stage.
 *
 * @param {object} options
 * @param {import('opentelemetry-exporter-weex').WeexOptions} options.weex empty: everything from the environment
 * @param {number} options.ratio the share of traces for Jaeger, from 0 to 1
 */
export function startTelemetry({ weex, ratio }) {
  const weexProcessor = new WeexSpanProcessor(weex);
  const sdk = new NodeSDK({
    serviceName: 'dual-export-bot',
    sampler: new AiStageSampler(new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) })),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter()), // OTEL_EXPORTER_OTLP_ENDPOINT, else http://localhost:4318
      weexProcessor,
    ],
    metricReaders: [], // Jaeger takes traces only; the SDK would send it metrics and logs by itself
    logRecordProcessors: [],
  });
  sdk.start();
  return {
    weexProcessor,
    /**
     * Both to their end: `sdk.shutdown()` alone rejects as soon as one backend fails, and leaves the other at it.
     *
     * @returns {Promise<unknown>} what Jaeger failed with, if it did
     */
    async shutdown() {
      const [result] = await Promise.allSettled([sdk.shutdown(), weexProcessor.shutdown()]);
      return result.status === 'rejected' ? result.reason : undefined;
    },
  };
}
