// Sentry as its pages have it, preloaded; nothing answers at that address.
import * as Sentry from '@sentry/node';

const openTelemetrySpanProcessors = [];
if (process.env['NEIGHBOUR_OURS'] === 'in Sentry') {
  const { WeexSpanProcessor } = await import('opentelemetry-exporter-weex');
  const weex = new WeexSpanProcessor();
  openTelemetrySpanProcessors.push(weex);
  process.once('beforeExit', () => weex.shutdown());
}

Sentry.init({
  ...(openTelemetrySpanProcessors.length > 0 ? { openTelemetrySpanProcessors } : {}),
  dsn: 'http://key@127.0.0.1:9/1',
  shutdownTimeout: 100,
  ...JSON.parse(process.env['NEIGHBOUR_OPTIONS'] ?? '{}'),
});
