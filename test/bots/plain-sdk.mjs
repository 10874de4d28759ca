// @ts-check
// Starts the SDK that a bot has installed, without us: what its other backend gets then is what it has to get with us.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { NodeSDK } = createRequire(join(process.cwd(), 'bot.mjs'))('@opentelemetry/sdk-node');
const sdk = new NodeSDK();
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
