import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    unstubEnvs: true,
    coverage: { include: ['src/**/*.ts'], exclude: ['src/**/*.mts'], reporter: ['text-summary', 'text'] },
  },
});
