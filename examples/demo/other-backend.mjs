// @ts-check
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { startOtlpReceiver } from '../support/otlp-receiver.mjs';

/**
 * @typedef {object} OtherBackend
 * @property {string} name
 * @property {import('@opentelemetry/sdk-trace-base').SpanExporter} exporter
 * @property {() => { received: Set<string> | undefined, flushed: number, failed: number }} result `received`:
 *   span ids, when the receiver is ours and can be asked
 * @property {() => Promise<void>} close
 */

/**
 * The bot's usual tracing backend: the one that `OTEL_EXPORTER_OTLP_ENDPOINT` names, else a real OTLP receiver
 * in this process.
 *
 * @returns {Promise<OtherBackend>}
 */
export async function openOtherBackend() {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
  const named = OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || OTEL_EXPORTER_OTLP_ENDPOINT;
  if (named) {
    const counted = countSpans(new OTLPTraceExporter({ timeoutMillis: 3_000 }));
    return {
      name: named,
      exporter: counted.exporter,
      result: () => ({ received: undefined, ...counted.counts }),
      close: async () => {},
    };
  }
  const receiver = await startOtlpReceiver();
  const counted = countSpans(new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` }));
  return {
    name: 'an OTLP receiver in this process',
    exporter: counted.exporter,
    result: () => ({ received: new Set(receiver.spans.map(({ spanId }) => spanId)), ...counted.counts }),
    close: receiver.close,
  };
}

/**
 * The same exporter, with a count of the spans that it got through: a BatchSpanProcessor tells nobody.
 *
 * @param {import('@opentelemetry/sdk-trace-base').SpanExporter} inner
 */
function countSpans(inner) {
  const counts = { flushed: 0, failed: 0 };
  /** @type {import('@opentelemetry/sdk-trace-base').SpanExporter} */
  const exporter = {
    export(spans, done) {
      inner.export(spans, (result) => {
        if (result.code === 0) counts.flushed += spans.length;
        else counts.failed += spans.length;
        done(result);
      });
    },
    forceFlush: async () => inner.forceFlush?.(),
    shutdown: () => inner.shutdown(),
  };
  return { exporter, counts };
}
