// @ts-check
// Packs this package, installs the tarball into an empty folder beside a real SDK, as a user would, and runs a
// small bot by the README's letter in ESM, in CommonJS and under `--import .../register`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const SDK = ['@opentelemetry/sdk-node@0.223', '@opentelemetry/api@1.9'];

const BODY = `
const sdk = new NodeSDK({ sampler: new AiStageSampler(new AlwaysOffSampler()), spanProcessors: [weex] });
sdk.start();
const run = async () => {
  await startActiveStage(AiLogStage.DECISION_MAKING, { model: 'm-1', input: { rsi: 28 } }, async (stage) => {
    stage.setOutput({ action: 'buy' }).setExplanation('RSI 28 is oversold.').setOrderId('596471064624628269');
  });
  await sdk.shutdown();
  const [log] = weexServer.logs();
  if (log?.orderId !== '596471064624628269') throw new Error('not delivered: ' + JSON.stringify(log));
  console.log('ok', JSON.stringify(weex.health()));
  await weexServer.close();
};
run().catch((error) => { console.error(error); process.exitCode = 1; });
`;
const ESM = `
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';
import { AiLogStage, AiStageSampler, startActiveStage, WeexSpanProcessor } from 'opentelemetry-exporter-weex';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
const { AlwaysOffSampler } = tracing;
const weexServer = await startWeexEmulator();
const weex = new WeexSpanProcessor({ ...weexServer.credentials, endpoint: weexServer.url, journalDir: 'journal-esm' });
${BODY}`;
const CJS = `
const { NodeSDK, tracing } = require('@opentelemetry/sdk-node');
const { AiLogStage, AiStageSampler, startActiveStage, WeexSpanProcessor } = require('opentelemetry-exporter-weex');
const { startWeexEmulator } = require('opentelemetry-exporter-weex/emulator');
const { AlwaysOffSampler } = tracing;
let weexServer, weex;
startWeexEmulator().then((server) => {
  weexServer = server;
  weex = new WeexSpanProcessor({ ...server.credentials, endpoint: server.url, journalDir: 'journal-cjs' });
  ${BODY}
});`;
const TYPES = `
import { WeexSpanExporter, WeexSpanProcessor, type WeexHealth } from 'opentelemetry-exporter-weex';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
const processor: SpanProcessor = new WeexSpanProcessor();
const exporter: SpanExporter = new WeexSpanExporter();
const health: WeexHealth = new WeexSpanProcessor().health();
console.log(processor, exporter, health.ready, startWeexEmulator);
`;

const folder = mkdtempSync(join(tmpdir(), 'weex-install-'));
// The SDK would otherwise wait for a metrics backend that is not there.
const BOT_ENV = { ...process.env, OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
const npm = (/** @type {string[]} */ ...args) =>
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
const node = (/** @type {string[]} */ ...args) =>
  execFileSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: BOT_ENV,
  }).trim();

/** @param {string} path @returns {number} */
const bytes = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0)
    : statSync(path).size;

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, stdio: 'inherit' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm('install', '--no-audit', '--no-fund', `./${tarball}`, ...SDK);
  mkdirSync(join(folder, 'journal'), { recursive: true });
  writeFileSync(join(folder, 'bot.mjs'), ESM);
  writeFileSync(join(folder, 'bot.cjs'), CJS);
  console.log('esm     ', node('bot.mjs'));
  console.log('commonjs', node('bot.cjs'));

  writeFileSync(join(folder, 'types.mts'), TYPES);
  writeFileSync(join(folder, 'types.cts'), TYPES);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const typeRoots = join(ROOT, 'node_modules/@types');
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--typeRoots',
    typeRoots,
    '--types',
    'node',
  ];
  execFileSync(process.execPath, [tsc, ...flags, 'types.mts', 'types.cts'], {
    cwd: folder,
    stdio: 'inherit',
  });
  console.log('types    ok');

  const copies = npm('ls', '@opentelemetry/api', '--all', '--parseable').trim().split('\n');
  if (new Set(copies).size !== 1) throw new Error(`more than one copy of the API: ${copies.join(', ')}`);
  const ours = bytes(join(folder, 'node_modules/opentelemetry-exporter-weex'));
  const undici = bytes(join(folder, 'node_modules/undici'));
  console.log(
    `size     ${((ours + undici) / 1e6).toFixed(2)} MB with undici (${(ours / 1e6).toFixed(2)} MB ours), 2 packages`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
