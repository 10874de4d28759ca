// @ts-check
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// `npm pack` builds it before this is used, and `test` is a package of its own.
const fromRoot = createRequire(join(import.meta.dirname, '..', '..', 'package.json'));

/** WEEX, and a collector that takes anything: where the bots that are started with `register` send. */
export async function startReceivers() {
  /** @type {typeof import('opentelemetry-exporter-weex/emulator')} */
  const { startWeexEmulator } = fromRoot('opentelemetry-exporter-weex/emulator');
  const weex = await startWeexEmulator();
  /** @type {Set<string>} */
  const collected = new Set();
  const collector = createServer((request, response) => {
    request.resume().on('end', () => {
      collected.add(request.url ?? '');
      response.end();
    });
  });
  await new Promise((resolve) => collector.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    /** @param {string} bot */
    environmentOf: (bot) => ({
      OTEL_TRACES_EXPORTER: 'otlp,weex',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/${bot}`,
      OTEL_EXPORTER_WEEX_ENDPOINT: weex.url,
      WEEX_API_KEY: weex.credentials.apiKey,
      WEEX_API_SECRET: weex.credentials.apiSecret,
      WEEX_API_PASSPHRASE: weex.credentials.apiPassphrase,
    }),
    /** @param {string} bot */
    hasCollected: (bot) => collected.has(`/${bot}/v1/traces`),
    /** @param {string} orderId */
    logsOf: (orderId) => weex.logs().filter((log) => log.orderId === orderId).length,
    close: async () => {
      collector.close();
      collector.closeAllConnections();
      await weex.close();
    },
  };
}
