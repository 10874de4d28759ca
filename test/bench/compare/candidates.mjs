// @ts-check
// Ways to get a stage from the bot to a server. Each is loaded in a process of its own and used as its README says.
import { createHmac } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CREDENTIALS, stageAttributes } from '../stages.mjs';

/** @typedef {ReturnType<typeof import('../stages.mjs').stagePayload>} Payload */
/**
 * @typedef {{
 *   end(payload: Payload, number: number): (() => unknown),
 *   flush(): Promise<unknown>,
 *   pending?(): number,
 * }} Opened `end` prepares and gives the call whose time the bot pays.
 */
/** @typedef {{ url: string, folder: string, ourSettings?: Record<string, unknown> }} Place */

/** @param {import('@opentelemetry/sdk-trace-base').SpanProcessor} processor @returns {Promise<Opened>} */
async function spans(processor) {
  const { BasicTracerProvider } = await import('@opentelemetry/sdk-trace-base');
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('bench');
  return {
    end(payload, number) {
      const span = tracer.startSpan('decision', { attributes: stageAttributes(payload, number) });
      return () => span.end();
    },
    flush: () => processor.forceFlush(),
  };
}

/** @param {import('@opentelemetry/sdk-trace-base').SpanExporter} exporter */
async function batched(exporter) {
  const { BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  return spans(new BatchSpanProcessor(exporter));
}

/** @type {Record<string, (place: Place) => Promise<Opened>>} */
export const CANDIDATES = {
  async 'this package'({ url, folder, ourSettings }) {
    const { WeexSpanProcessor } = await import('../../../dist/index.mjs');
    const weex = new WeexSpanProcessor({
      ...CREDENTIALS,
      endpoint: url,
      journalDir: folder,
      account: 'bench',
      rateLimit: 100_000,
      flushTimeoutMillis: 60_000,
      linkWindowMillis: 0,
      ...ourSettings,
    });
    return { ...(await spans(weex)), pending: () => weex.health().pending };
  },

  async 'OTLP/HTTP JSON + BatchSpanProcessor'({ url }) {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    return batched(new OTLPTraceExporter({ url: `${url}/v1/traces` }));
  },

  async 'OTLP/HTTP protobuf + BatchSpanProcessor'({ url }) {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
    return batched(new OTLPTraceExporter({ url: `${url}/v1/traces` }));
  },

  async 'Azure Monitor + disk store + BatchSpanProcessor'({ folder }) {
    // It turns every address into https.
    const url = process.env['SINK_HTTPS'];
    const where = process.env['AZURE_FOLDER'];
    if (where === undefined) throw new Error('not installed');
    const { AzureMonitorTraceExporter } = createRequire(join(where, 'x.js'))(
      '@azure/monitor-opentelemetry-exporter',
    );
    const key = '00000000-0000-4000-8000-000000000000';
    return batched(
      new AzureMonitorTraceExporter({
        connectionString: `InstrumentationKey=${key};IngestionEndpoint=${url}/;LiveEndpoint=${url}/`,
        storageDirectory: folder,
      }),
    );
  },

  /** As most public bots do it: one request, awaited, before the bot goes on. */
  async 'direct logger (fetch, sign, await)'({ url }) {
    const path = '/capi/v2/order/uploadAiLog';
    /** @param {Payload} payload */
    const send = async (payload) => {
      const body = JSON.stringify(payload);
      const timestamp = String(Date.now());
      const response = await fetch(url + path, {
        method: 'POST',
        headers: {
          'ACCESS-KEY': CREDENTIALS.apiKey,
          'ACCESS-SIGN': createHmac('sha256', CREDENTIALS.apiSecret)
            .update(`${timestamp}POST${path}${body}`)
            .digest('base64'),
          'ACCESS-TIMESTAMP': timestamp,
          'ACCESS-PASSPHRASE': CREDENTIALS.apiPassphrase,
          'Content-Type': 'application/json',
        },
        body,
      });
      await response.json().catch(() => undefined);
    };
    return { end: (payload) => () => send(payload).catch(() => {}), flush: async () => {} };
  },

  /** Nothing is ever sent: the least that a journal costs. */
  async 'bare limit: stringify + write to a file'({ folder }) {
    const file = openSync(join(folder, 'bare.jsonl'), 'a');
    return {
      end: (payload) => () => void writeSync(file, `${JSON.stringify(payload)}\n`),
      flush: async () => {},
    };
  },
};
