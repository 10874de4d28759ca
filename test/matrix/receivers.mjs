// @ts-check
import { createServer } from 'node:http';

/** @typedef {{ traceId: string, spanId: string, parentSpanId?: string }} CollectedSpan */

/**
 * WEEX, and a collector that takes anything: where a bot that is started with `register` sends.
 *
 * @param {import('./tools.mjs').StartWeex} startWeexEmulator
 */
export async function startReceivers(startWeexEmulator) {
  const weex = await startWeexEmulator({ rateLimit: false });
  let requests = 0;
  /** @type {CollectedSpan[]} what came as JSON */
  const spans = [];
  const collector = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    requests += 1;
    if (request.headers['content-type'] === 'application/json') {
      for (const { scopeSpans } of JSON.parse(text).resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.end();
  });
  await new Promise((resolve) => collector.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  return {
    environment: {
      OTEL_TRACES_EXPORTER: 'otlp,weex',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}`,
      OTEL_EXPORTER_WEEX_ENDPOINT: weex.url,
      OTEL_EXPORTER_WEEX_RATE_LIMIT: '1000',
      // A flush takes no longer than it must; a busy machine may need these.
      OTEL_EXPORTER_OTLP_TIMEOUT: '60000',
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '60000',
      WEEX_API_KEY: weex.credentials.apiKey,
      WEEX_API_SECRET: weex.credentials.apiSecret,
      WEEX_API_PASSPHRASE: weex.credentials.apiPassphrase,
    },
    logs: () => weex.logs(),
    requests: () => requests,
    spans: () => spans,
    close: async () => {
      collector.close();
      collector.closeAllConnections();
      await weex.close();
    },
  };
}
