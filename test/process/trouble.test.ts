import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import type { Bot } from './helpers/bot.js';
import { settledBalance, timesTaken } from './helpers/deliveries.js';
import { type Setting, setting } from './helpers/setting.js';

const canMount = (() => {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!canMount) console.log('mounting is not permitted here: the full and the read-only disk are not tested');

const LOUD = /journal .* cannot be used: /;

/** The test's journal folder on a small disk of its own. */
async function onSmallDisk(context: Pick<TestContext, 'onTestFinished'>): Promise<Setting> {
  const all = await setting(context);
  const { journalDir } = all.account;
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=700', 'tmpfs', journalDir]);
  // Before the folder is removed, and after the bots have ended: hooks run in the opposite order.
  context.onTestFinished(() => void execFileSync('umount', ['--lazy', journalDir]));
  return all;
}

/** `expect.poll` is not for tests that run side by side. */
async function eventually(holds: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 10_000; !holds(); ) {
    if (performance.now() > deadline) throw new Error('what was awaited did not come within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function healthOf(bot: Bot): Promise<Record<string, unknown>> {
  const before = bot.reports.length;
  bot.say('health');
  await bot.until(({ reports }) => reports.slice(before).some((line) => line.startsWith('health ')));
  return JSON.parse(
    bot.reports
      .slice(before)
      .find((line) => line.startsWith('health '))
      ?.slice(7) ?? '',
  );
}

const loudLines = (bot: Bot): string[] => bot.lines.filter((line) => LOUD.test(line));

/** In trouble, everything still goes out; when it is over, the journal is used again and knows it all. */
async function sendsInTrouble({ weex }: Setting, bot: Bot): Promise<void> {
  bot.say('end trouble 200');
  await bot.reported('trouble-199');
  await eventually(() => timesTaken(weex).has('trouble-199') && timesTaken(weex).size >= 200);
  expect(await healthOf(bot)).toMatchObject({ journal: 'memory', ready: false, lost: 0 });
  expect(loudLines(bot)).toHaveLength(1);
}

async function recovers({ weex, account }: Setting, bot: Bot): Promise<void> {
  await bot.until(({ lines }) => lines.some((line) => line.includes('can be used again')), 10_000);
  bot.say('end after 5');
  await bot.reported('after-4');
  await eventually(() => timesTaken(weex).get('after-4') === 1);
  expect(await healthOf(bot)).toMatchObject({ journal: 'disk', ready: true, lost: 0 });
  const ended = Array.from({ length: 200 }, (_, i) => `trouble-${i}`);
  expect(await settledBalance(weex, account, ended)).toEqual({
    lost: [],
    left: [],
    twice: [],
    unexplained: [],
  });
  expect(loudLines(bot)).toHaveLength(1);
}

describe.concurrent('a journal that cannot be written', () => {
  test.skipIf(!canMount)(
    'full disk: one loud line, everything sent, and disk again after',
    async (context) => {
      const all = await onSmallDisk(context);
      const ballast = join(all.account.journalDir, 'ballast');
      const bot = await all.bot('obedient.mjs');
      bot.say('end before');
      await all.weex.waitForLogs(1);
      expect(() => writeFileSync(ballast, Buffer.alloc(1_048_576))).toThrow('ENOSPC');
      await sendsInTrouble(all, bot);
      rmSync(ballast);
      await recovers(all, bot);
    },
    30_000,
  );

  test.skipIf(!canMount)(
    'read-only disk: the same',
    async (context) => {
      const all = await onSmallDisk(context);
      const { journalDir } = all.account;
      mkdirSync(all.folder, { mode: 0o700 });
      execFileSync('mount', ['-o', 'remount,ro', journalDir]);
      const bot = await all.bot('obedient.mjs');
      await sendsInTrouble(all, bot);
      execFileSync('mount', ['-o', 'remount,rw', journalDir]);
      await recovers(all, bot);
    },
    30_000,
  );

  test('folder removed while the bot runs: the same', async (context) => {
    const all = await setting(context);
    const bot = await all.bot('obedient.mjs');
    bot.say('end before');
    await all.weex.waitForLogs(1);
    rmSync(all.folder, { recursive: true });
    // A file keeps the folder from being made anew.
    writeFileSync(all.folder, '');
    await bot.until(({ lines }) => lines.some((line) => LOUD.test(line)), 10_000);
    await sendsInTrouble(all, bot);
    rmSync(all.folder);
    await recovers(all, bot);
  }, 30_000);

  test('folder renamed and another in its place: entries go on to be safe', async (context) => {
    const all = await setting(context);
    const bot = await all.bot('obedient.mjs');
    bot.say('end before');
    await all.weex.waitForLogs(1);
    renameSync(all.folder, `${all.folder}-moved`);
    await bot.until(({ lines }) => lines.some((line) => LOUD.test(line)), 10_000);
    bot.say('end trouble 200');
    await bot.reported('trouble-199');
    await recovers(all, bot);
  }, 30_000);

  test('too many open files: one loud line, nothing lost, and all of it sent when there are files', async (context) => {
    const all = await setting(context);
    const bot = await all.bot('obedient.mjs', {
      args: ['without-files'],
      under: ['prlimit', '--nofile=64'],
    });
    bot.say('end trouble 200');
    await bot.reported('trouble-199');
    expect(await healthOf(bot)).toMatchObject({ journal: 'memory', ready: false, lost: 0, pending: 200 });
    expect(loudLines(bot)).toHaveLength(1);
    bot.say('give-files');
    await eventually(() => timesTaken(all.weex).size === 200);
    await recovers(all, bot);
  }, 30_000);
});
