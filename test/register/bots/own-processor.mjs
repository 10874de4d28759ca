// The bot has set up everything by itself, and register is loaded all the same.
import { createRequire } from 'node:module';
import { NodeSDK } from '@opentelemetry/sdk-node';

const { WeexSpanProcessor } = createRequire(import.meta.url)('opentelemetry-exporter-weex');
new NodeSDK({ spanProcessors: [new WeexSpanProcessor()] }).start();
await import('./trader.mjs');
