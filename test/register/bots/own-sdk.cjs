// The bot sets up its own NodeSDK, as it did before it knew of us.
const { NodeSDK } = require('@opentelemetry/sdk-node');

const sdk = new NodeSDK({ instrumentations: [] });
sdk.start();
require('./trader.cjs');
process.once('beforeExit', () => sdk.shutdown());
