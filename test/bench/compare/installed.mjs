// @ts-check
// Installs each package into an empty folder, as a user would, to see what comes with it and what loading it takes.
// The folders stay in the system's temporary folder, so that a second run needs no network.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../figures.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const CACHE = join(tmpdir(), 'weex-bench-installs');
const API = '@opentelemetry/api@1.9';

/** @type {Record<string, { name: string, range: string }>} */
export const PACKAGES = {
  'this package': { name: 'opentelemetry-exporter-weex', range: '' },
  'OTLP/HTTP JSON + BatchSpanProcessor': {
    name: '@opentelemetry/exporter-trace-otlp-http',
    range: '@0.223.1',
  },
  'OTLP/HTTP protobuf + BatchSpanProcessor': {
    name: '@opentelemetry/exporter-trace-otlp-proto',
    range: '@0.223.1',
  },
  'Azure Monitor + disk store + BatchSpanProcessor': {
    name: '@azure/monitor-opentelemetry-exporter',
    // Its tag `latest` is a preview of 2020.
    range: '@1.0.0-beta.47',
  },
};

/** @param {string} folder @param {string[]} args */
const npm = (folder, ...args) =>
  execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000,
  });

/** The folder that holds the package's installation. Throws what npm says. @param {string} candidate */
export function installed(candidate) {
  const wanted = PACKAGES[candidate];
  if (wanted === undefined) throw new Error('nothing to install');
  const folder = join(CACHE, wanted.name.replace('/', '+') + wanted.range);
  const isOurs = wanted.range === '';
  if (isOurs) rmSync(folder, { recursive: true, force: true });
  if (existsSync(join(folder, 'node_modules', wanted.name))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const spec = isOurs
    ? join(
        folder,
        npm(ROOT, 'pack', '--ignore-scripts', '--pack-destination', folder).trim().split('\n').at(-1) ?? '',
      )
    : wanted.name + wanted.range;
  npm(folder, 'install', '--no-audit', '--no-fund', spec, API);
  return folder;
}

/** @param {string} folder @returns {number} */
const bytesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesOf(path) : statSync(path).size);
  }, 0);

/** @param {string} candidate @param {string} folder */
export function installation(candidate, folder) {
  const { name = '' } = PACKAGES[candidate] ?? {};
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const packages = Object.keys(lock.packages).filter(
    (path) => path !== '' && !path.endsWith('@opentelemetry/api'),
  );
  const megabytes =
    (bytesOf(join(folder, 'node_modules')) - bytesOf(join(folder, 'node_modules/@opentelemetry/api'))) / 1e6;
  const script = `const t = performance.now(); await import('${name}'); console.log(performance.now() - t);`;
  const millis = Array.from({ length: 7 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder })),
  );
  return {
    packages: packages.length,
    megabytes,
    importMillis: median(millis),
    leastImportMillis: Math.min(...millis),
  };
}
