import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../src/lib/version.js';

const ROOT = join(import.meta.dirname, '..');
const require = createRequire(join(import.meta.dirname, '..', 'package.json'));

/** The public names. Adding or taking one away is a decision: it shows here and in the CHANGELOG. */
const NAMES = [
  'ATTR_AI_CLIENT_ORDER_ID',
  'ATTR_AI_EXPLANATION',
  'ATTR_AI_INPUT',
  'ATTR_AI_MODEL',
  'ATTR_AI_ORDER_ID',
  'ATTR_AI_OUTPUT',
  'ATTR_AI_STAGE',
  'ATTR_AI_SYMBOL',
  'AiLogEntry',
  'AiLogStage',
  'AiStageSampler',
  'WeexAiLogger',
  'WeexApiError',
  'WeexConfigError',
  'WeexLogRecordProcessor',
  'WeexSpanExporter',
  'WeexSpanProcessor',
  'createDecisionLog',
  'createExecutionLog',
  'createRiskAssessmentLog',
  'createSignalAnalysisLog',
  'createStrategyLog',
  'serializeForAiLog',
  'startActiveStage',
  'startStage',
];

describe('the public names', () => {
  test('are these by require', () => {
    expect(Object.keys(require('opentelemetry-exporter-weex')).sort()).toEqual(NAMES);
  });

  test('are the same and the same objects by import', () => {
    const script = `
      import * as esm from 'opentelemetry-exporter-weex';
      import { createRequire } from 'node:module';
      const cjs = createRequire(import.meta.url)('opentelemetry-exporter-weex');
      const names = Object.keys(esm).sort();
      console.log(JSON.stringify({ names, same: names.every((name) => esm[name] === cjs[name]) }));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    expect(JSON.parse(String(out))).toEqual({ names: NAMES, same: true });
  });

  test('of the emulator are the same and the same objects both ways', () => {
    const script = `
      import * as esm from 'opentelemetry-exporter-weex/emulator';
      import { createRequire } from 'node:module';
      const cjs = createRequire(import.meta.url)('opentelemetry-exporter-weex/emulator');
      console.log(JSON.stringify({ names: Object.keys(esm), same: esm.startWeexEmulator === cjs.startWeexEmulator }));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT });
    expect(JSON.parse(String(out))).toEqual({ names: ['startWeexEmulator'], same: true });
  });

  test('load without undici, which is fetched when the first log is sent', () => {
    const script = `
      require('opentelemetry-exporter-weex');
      console.log(Object.keys(require.cache).filter((path) => path.includes('/undici/')).length);`;
    expect(String(execFileSync(process.execPath, ['-e', script], { cwd: ROOT })).trim()).toBe('0');
  });
});

test('the types of the public classes name nothing that only this package and its tests use', () => {
  const typesOf = (file: string): string => readFileSync(join(ROOT, 'dist', file), 'utf8');
  expect(typesOf('logger/weex-ai-logger.d.ts')).toContain('constructor(options?: WeexOptions);');
  expect(typesOf('logger/weex-ai-logger.d.ts')).not.toMatch(/constructor\(.*clock/i);
  expect(typesOf('otel/weex-span-exporter.d.ts')).not.toContain('shareLease');
  expect(typesOf('otel/account-handle.d.ts')).not.toContain('noteSelfCheck');
});

describe('the package', () => {
  const manifest: {
    version: string;
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
    optionalDependencies?: unknown;
  } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  test('tells WEEX its version in the user agent', () => {
    expect(VERSION).toBe(manifest.version);
  });

  test('depends on undici alone and has the API alone as its peer', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['undici']);
    expect(manifest.peerDependencies).toEqual({ '@opentelemetry/api': '^1.9.0' });
    expect(manifest.optionalDependencies).toBeUndefined();
  });
});
