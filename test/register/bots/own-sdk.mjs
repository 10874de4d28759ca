// The bot sets up its own NodeSDK, as it did before it knew of us.
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ instrumentations: [] });
sdk.start();
await import('./trader.mjs');
process.once('beforeExit', () => sdk.shutdown());
