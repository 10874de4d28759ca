import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const dist = (file: string): string => join(import.meta.dirname, 'dist', file);

export default defineConfig({
  resolve: {
    // Vite does not know that a package may import itself by name, as Node does.
    alias: [
      { find: /^opentelemetry-exporter-weex\/emulator$/, replacement: dist('emulator.mjs') },
      { find: /^opentelemetry-exporter-weex$/, replacement: dist('index.mjs') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    // Much of the suite waits for processes that it has started, so more files than cores go side by side.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    unstubEnvs: true,
    // The built package is loaded by Node itself, as a bot does it.
    server: { deps: { external: [/\/dist\//] } },
    coverage: { include: ['src/**/*.ts'], exclude: ['src/**/*.mts'], reporter: ['text-summary', 'text'] },
  },
});
