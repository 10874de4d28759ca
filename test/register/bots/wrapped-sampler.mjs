// The bot has wrapped its sampler, and leaves the processor to register.
import { createRequire } from 'node:module';
import { NodeSDK, node } from '@opentelemetry/sdk-node';

const { AiStageSampler } = createRequire(import.meta.url)('opentelemetry-exporter-weex');
new NodeSDK({ sampler: new AiStageSampler(new node.AlwaysOffSampler()) }).start();
await import('./trader.mjs');
