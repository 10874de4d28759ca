// @ts-check
const ours = require('opentelemetry-exporter-weex');
const emulators = require('opentelemetry-exporter-weex/emulator');
const { tryRoutes } = require('./routes.cjs');

const [, , tracePackage = ''] = process.argv;
tryRoutes(require(tracePackage), ours, emulators, 'commonjs').catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
