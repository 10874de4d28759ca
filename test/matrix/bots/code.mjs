// @ts-check
import { createRequire } from 'node:module';
import * as ours from 'opentelemetry-exporter-weex';
import * as emulators from 'opentelemetry-exporter-weex/emulator';
import { tryRoutes } from './routes.cjs';

const required = createRequire(import.meta.url)('opentelemetry-exporter-weex');
if (required.WeexSpanProcessor !== ours.WeexSpanProcessor)
  throw new Error('import and require gave two copies');
const [, , tracePackage = ''] = process.argv;
await tryRoutes(await import(tracePackage), ours, emulators, 'esm');
