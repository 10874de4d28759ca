// The bot has wrapped its sampler, and leaves the processor to register.
import { NodeSDK, node } from '@opentelemetry/sdk-node';
import { AiStageSampler } from 'opentelemetry-exporter-weex';

new NodeSDK({ sampler: new AiStageSampler(new node.AlwaysOffSampler()) }).start();
await import('./trader.mjs');
