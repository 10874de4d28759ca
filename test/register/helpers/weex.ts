import { createRequire } from 'node:module';
import { join } from 'node:path';

// As it was built: it runs a thread, and a thread needs a file of JavaScript.
const fromRoot = createRequire(join(import.meta.dirname, '..', '..', '..', 'package.json'));
const { startWeexEmulator }: typeof import('../../../src/emulator.js') = fromRoot(
  'opentelemetry-exporter-weex/emulator',
);

/** WEEX, and the variables with which a bot reaches it. */
export async function startWeex() {
  const emulator = await startWeexEmulator();
  const { apiKey, apiSecret, apiPassphrase } = emulator.credentials;
  return {
    /** Of every log so far, sorted. */
    orderIds: (): readonly string[] =>
      emulator
        .logs()
        .map((log) => String(log.orderId))
        .sort(),
    /** Of every log so far. */
    inputs: (): readonly unknown[] => emulator.logs().map((log) => log.input),
    waitForLogs: (count: number) => emulator.waitForLogs(count),
    close: () => emulator.close(),
    env: {
      WEEX_API_KEY: apiKey,
      WEEX_API_SECRET: apiSecret,
      WEEX_API_PASSPHRASE: apiPassphrase,
      OTEL_EXPORTER_WEEX_ENDPOINT: emulator.url,
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: 'none',
      OTEL_EXPORTER_WEEX_LINK_WINDOW: '0',
      // A flush takes no longer than it must; a busy machine may need this.
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '15000',
    },
  };
}
