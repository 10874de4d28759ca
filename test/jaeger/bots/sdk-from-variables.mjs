// @ts-check
// What one writes without this package to start the SDK by its own variables: `--import ./sdk-from-variables.mjs`.
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK();
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
