// Langfuse's processor, which masks on the span itself, in a set-up of the bot's own.
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';

const exported = new tracing.InMemorySpanExporter();
const langfuse = new LangfuseSpanProcessor({
  exporter: exported,
  exportMode: 'immediate',
  mediaUploadEnabled: false,
  shouldExportSpan: () => true,
  mask: ({ data }) => String(data).replace(/secret_\d+/g, '***'),
});
const place = process.env['NEIGHBOUR_PLACE'];
/** @type {import('@opentelemetry/sdk-node').tracing.SpanProcessor[]} */
const ours = [];
if (place !== 'register') {
  const { WeexSpanProcessor } = await import('opentelemetry-exporter-weex');
  ours.push(new WeexSpanProcessor());
}
const spanProcessors = place === 'before' ? [...ours, langfuse] : [langfuse, ...ours];
const sdk = new NodeSDK({ spanProcessors, instrumentations: [] });
sdk.start();
process.once('beforeExit', async () => {
  await langfuse.forceFlush();
  const [span] = exported.getFinishedSpans();
  console.log('langfuse has', span?.attributes['langfuse.observation.input']);
  await sdk.shutdown();
});
