import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';

/** WEEX by a name that has to be looked up, and the variables with which a bot reaches it. */
export async function startWeex() {
  const emulator = await startWeexEmulator({ rateLimit: false });
  const { apiKey, apiSecret, apiPassphrase } = emulator.credentials;
  return {
    emulator,
    port: new URL(emulator.url).port,
    env: {
      WEEX_API_KEY: apiKey,
      WEEX_API_SECRET: apiSecret,
      WEEX_API_PASSPHRASE: apiPassphrase,
      OTEL_EXPORTER_WEEX_ENDPOINT: emulator.url.replace('127.0.0.1', 'localhost'),
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: 'none',
      OTEL_EXPORTER_WEEX_RATE_LIMIT: '1000',
      // A flush takes no longer than it must; a busy machine may need this.
      OTEL_EXPORTER_WEEX_FLUSH_TIMEOUT: '30000',
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '30000',
    },
  };
}
