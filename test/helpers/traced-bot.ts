import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, type Sampler, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  startWeexEmulator,
  type WeexEmulator,
  type WeexEmulatorOptions,
} from 'opentelemetry-exporter-weex/emulator';
import { onTestFinished } from 'vitest';
import type { WeexOptions } from '../../src/config/settings.js';

/** An emulator that ends with the test. */
export async function emulator(options: WeexEmulatorOptions = {}): Promise<WeexEmulator> {
  const weex = await startWeexEmulator(options);
  onTestFinished(() => weex.close());
  return weex;
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weex-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Options for an account at the emulator, with a journal that goes with the test. */
export const accountAt = (weex: WeexEmulator, options: WeexOptions = {}): WeexOptions => ({
  ...weex.credentials,
  endpoint: weex.url,
  journalDir: temporaryFolder(),
  rateLimit: 50,
  linkWindowMillis: 0,
  ...options,
});

/** A tracer with these processors; the provider is shut down with the test, whatever that says. */
export function tracerWith(
  processors: SpanProcessor[],
  sampler?: Sampler,
): { tracer: Tracer; provider: BasicTracerProvider } {
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  const provider = new BasicTracerProvider({
    spanProcessors: processors,
    ...(sampler === undefined ? {} : { sampler }),
  });
  onTestFinished(async () => {
    await provider.shutdown().catch(() => {});
    context.disable();
  });
  return { tracer: provider.getTracer('bot'), provider };
}

/** The attributes of a stage that WEEX would accept. */
export const STAGE = {
  'ai.stage': 'decision',
  'ai.model': 'gpt-5-2026-08-06',
  'ai.input': '{"symbol":"BTCUSDT","orders":[596471064624628269],"rsi":28.50}',
  'ai.output': '{"action":"buy","size":0.010}',
  'ai.explanation': 'RSI 28 is oversold and funding is negative.',
} as const;
