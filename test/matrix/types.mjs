// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** @param {string} tracePackage */
const source = (tracePackage) => `
import { AiStageSampler, startActiveStage, WeexSpanExporter, WeexSpanProcessor } from 'opentelemetry-exporter-weex';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import type { Sampler, SpanExporter, SpanProcessor } from '${tracePackage}';
export const processor = (): SpanProcessor => new WeexSpanProcessor();
export const exporter = (): SpanExporter => new WeexSpanExporter();
export const sampler = (delegate: Sampler): Sampler => new AiStageSampler(delegate);
export const five = (): number => startActiveStage('Decision Making', { model: 'm' }, () => 5);
export const address = async (): Promise<string> => (await startWeexEmulator()).url;
`;

/**
 * Our declarations and those of the SDK against each other and in themselves, from ESM and from CommonJS.
 *
 * @param {string} folder
 * @param {string} tracePackage
 */
export async function checkTypes(folder, tracePackage) {
  const files = ['types.mts', 'types.cts'];
  for (const file of files) writeFileSync(join(folder, file), source(tracePackage));
  const flags = [
    ...['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'],
    ...['--module', 'nodenext', '--target', 'es2022', '--types', 'node'],
    ...['--typeRoots', join(MODULES, '@types')],
  ];
  await run(process.execPath, [join(MODULES, 'typescript/bin/tsc'), ...flags, ...files], {
    cwd: folder,
    timeoutMillis: 120_000,
  });
}
