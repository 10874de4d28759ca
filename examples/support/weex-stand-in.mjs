// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';

/**
 * Starts a stand-in for WEEX, and a journal folder of its own, so that an example needs no account and leaves
 * nothing behind.
 *
 * @param {import('opentelemetry-exporter-weex/emulator').WeexEmulatorOptions} [options]
 */
export async function startWeexStandIn(options) {
  const emulator = await startWeexEmulator(options);
  const journalDir = await mkdtemp(join(tmpdir(), 'weex-example-'));
  return {
    emulator,
    /**
     * For the options of `WeexSpanProcessor` and `WeexAiLogger`. `mode` stands here because what comes from an
     * example must not depend on a variable of your shell.
     */
    settings: {
      endpoint: emulator.url,
      ...emulator.credentials,
      journalDir,
      mode: /** @type {const} */ ('live'),
    },
    /** The same, for a process that is set up by environment variables. */
    env: {
      WEEX_API_KEY: emulator.credentials.apiKey,
      WEEX_API_SECRET: emulator.credentials.apiSecret,
      WEEX_API_PASSPHRASE: emulator.credentials.apiPassphrase,
      OTEL_EXPORTER_WEEX_ENDPOINT: emulator.url,
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: journalDir,
      OTEL_EXPORTER_WEEX_MODE: 'live',
    },
    async close() {
      await emulator.close();
      await rm(journalDir, { recursive: true, force: true });
    },
  };
}
