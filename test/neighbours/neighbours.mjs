// @ts-check
// Does a decision reach WEEX beside vendors that set up OpenTelemetry by themselves, in either order? From the
// packed tarball, with the vendors' packages from the registry. With a text: only scenarios whose name has it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../matrix/run.mjs';
import { SCENARIOS } from './scenarios.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const fromRoot = createRequire(join(ROOT, 'package.json'));

/** Variables of the machine must not steer the bots. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|WEEX_|SENTRY_|LANGFUSE_|XDG_|NODE_OPTIONS$|HTTPS?_PROXY$)/i.test(name),
  ),
);

/** @type {Map<string, Promise<string>>} */
const installed = new Map();

/**
 * @param {string} folder
 * @param {string} tarball
 * @param {readonly string[]} packages
 */
function installation(folder, tarball, packages) {
  const key = packages.join(' ');
  const known = installed.get(key);
  if (known !== undefined) return known;
  const bot = join(folder, `bot-${installed.size}`);
  const installing = (async () => {
    mkdirSync(bot, { recursive: true });
    writeFileSync(join(bot, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--no-audit', '--no-fund', ...packages, tarball];
    await run('npm', args, { cwd: bot, timeoutMillis: 300_000 });
    cpSync(join(import.meta.dirname, 'bots'), join(bot, 'bots'), { recursive: true });
    return bot;
  })();
  installed.set(key, installing);
  return installing;
}

/**
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {string} orderId
 * @param {string} bot
 * @param {Awaited<ReturnType<typeof import('opentelemetry-exporter-weex/emulator').startWeexEmulator>>} weex
 * @returns {Promise<string>} what is not as expected; empty when all is
 */
async function difference(scenario, orderId, bot, weex) {
  const preloads = scenario.preloads.flatMap((name) => [
    '--import',
    name === 'weex' ? 'opentelemetry-exporter-weex/register' : `./bots/${name}`,
  ]);
  const { stdout, stderr } = await run(process.execPath, [...preloads, 'bots/decide.mjs', orderId], {
    cwd: bot,
    env: {
      ...CLEAN,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_WEEX_ENDPOINT: weex.url,
      OTEL_EXPORTER_WEEX_JOURNAL_DIR: 'none',
      OTEL_EXPORTER_WEEX_LINK_WINDOW: '0',
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '15000',
      WEEX_API_KEY: weex.credentials.apiKey,
      WEEX_API_SECRET: weex.credentials.apiSecret,
      WEEX_API_PASSPHRASE: weex.credentials.apiPassphrase,
      ...scenario.env,
    },
  });
  const logs = weex.logs().filter((log) => log.orderId === orderId);
  const input = JSON.stringify(logs[0]?.input ?? '');
  const problems = [
    logs.length === scenario.logs ? '' : `expected ${scenario.logs} logs, got ${logs.length}`,
    scenario.logs === 0 || input.includes('secret_42') ? '' : `input was changed: ${input}`,
    scenario.says === undefined || scenario.says.test(stderr) ? '' : `did not say ${scenario.says}`,
    scenario.prints === undefined || scenario.prints.test(stdout) ? '' : `did not print ${scenario.prints}`,
  ].filter((problem) => problem !== '');
  return problems.length === 0 ? '' : `${problems.join('; ')}\n${stdout}${stderr}`;
}

const folder = mkdtempSync(join(tmpdir(), 'weex-neighbours-'));
const part = process.argv[2] ?? '';
let failures = 0;
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no tarball');
  /** @type {typeof import('opentelemetry-exporter-weex/emulator')} */
  const { startWeexEmulator } = fromRoot('opentelemetry-exporter-weex/emulator');
  const weex = await startWeexEmulator();
  for (const [index, scenario] of SCENARIOS.entries()) {
    if (!scenario.name.includes(part)) continue;
    const bot = await installation(folder, join(folder, tarball), scenario.packages);
    const wrong = await difference(scenario, String(7_001 + index), bot, weex);
    console.log(`${wrong === '' ? 'ok    ' : 'FAILED'}  ${scenario.logs} logs  ${scenario.name}`);
    if (wrong === '') continue;
    failures += 1;
    console.error(wrong);
  }
  await weex.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${failures} failures`);
if (failures > 0) process.exitCode = 1;
