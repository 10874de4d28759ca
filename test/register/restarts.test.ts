import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BotProcess, type Ended, IMPORT } from './helpers/bot-process.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { startSilentServer } from './helpers/receivers.js';
import { startWeex } from './helpers/weex.js';

/** What pm2 waits between SIGINT and SIGKILL. */
const PM2_KILL_MILLIS = 1_600;

let bots: Install;
beforeAll(() => {
  bots = install(API, SDK);
});
afterAll(() => bots.remove());

/** As pm2 ends a process. */
async function stop(bot: BotProcess): Promise<Ended> {
  bot.kill('SIGINT');
  const kill = setTimeout(() => bot.kill('SIGKILL'), PM2_KILL_MILLIS);
  const ended = await bot.ended;
  clearTimeout(kill);
  return ended;
}

const decided = ({ stdout }: Ended): readonly string[] =>
  [...stdout.matchAll(/^decided (\d+)\.$/gm)].map(([, id]) => String(id));

test('a bot that pm2 ends and starts again, three times while WEEX does not answer, loses nothing', async () => {
  const [weex, silent] = await Promise.all([startWeex(), startSilentServer()]);
  const env = {
    ...weex.env,
    OTEL_TRACES_EXPORTER: 'weex',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_WEEX_JOURNAL_DIR: join(bots.dir, 'journal'),
    // The folder stays although the endpoint changes.
    OTEL_EXPORTER_WEEX_ACCOUNT: 'grid',
    OTEL_EXPORTER_WEEX_RATE_LIMIT: '200',
    OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '1500',
  };
  const start = (firstId: number, temper: string, endpoint: string): BotProcess =>
    new BotProcess(bots, 'endless.cjs', {
      args: [String(firstId), temper],
      flags: IMPORT,
      env: { ...env, OTEL_EXPORTER_WEEX_ENDPOINT: endpoint },
    });
  const expected: string[] = [];
  for (const [life, temper] of ['obedient', 'stubborn', 'obedient'].entries()) {
    const bot = start((life + 1) * 10_000, temper, silent.url);
    await bot.printed(`decided ${(life + 1) * 10_000 + 20}.`);
    expected.push(...decided(await stop(bot)));
  }
  expect(expected.length).toBeGreaterThan(60);
  const last = start(40_000, 'obedient', weex.env.OTEL_EXPORTER_WEEX_ENDPOINT);
  await last.printed('decided 40020.');
  expected.push(...decided(await stop(last)));

  const next = start(50_000, 'obedient', weex.env.OTEL_EXPORTER_WEEX_ENDPOINT);
  const missing = (): readonly string[] => {
    const arrived = new Set(weex.orderIds());
    return expected.filter((id) => !arrived.has(id));
  };
  // It goes on deciding, so that there is always one more log to wait for; what is lost never comes.
  while (missing().length > 0) await weex.waitForLogs(weex.orderIds().length + 1);
  await stop(next);
  await Promise.all([weex.close(), silent.close()]);
}, 90_000);
