// The bot has set up everything by itself, and register is loaded all the same.
import { NodeSDK } from '@opentelemetry/sdk-node';
import { WeexSpanProcessor } from 'opentelemetry-exporter-weex';

new NodeSDK({ spanProcessors: [new WeexSpanProcessor()] }).start();
await import('./trader.mjs');
