// @ts-check
import mockotlpserver from '@elastic/mockotlpserver';

/**
 * Starts a real OTLP/HTTP receiver in this process: the other backend of an example. Every span that it gets
 * stands in `spans`, with the service that sent it and the scope that made it. One in a process: the package publishes what it receives on
 * channels that the whole process shares.
 */
export async function startOtlpReceiver() {
  /** @type {(import('@elastic/mockotlpserver').NormalizedSpan & { service: string, scope: string })[]} */
  const spans = [];
  const server = new mockotlpserver.MockOtlpServer({
    services: ['http'],
    httpHostname: '127.0.0.1',
    httpPort: 0,
    logLevel: 'error',
    onTrace(request) {
      for (const { resource, scopeSpans = [] } of mockotlpserver.normalizeTrace(request).resourceSpans ??
        []) {
        const service = String(resource?.attributes?.['service.name']);
        for (const { scope, spans: made = [] } of scopeSpans)
          for (const span of made) spans.push({ ...span, service, scope: String(scope?.name) });
      }
    },
  });
  await server.start();
  return {
    /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
    url: server.httpUrl.origin,
    spans,
    close: () => server.close(),
  };
}
