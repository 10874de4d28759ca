import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BotProcess, type Ended, IMPORT } from './helpers/bot-process.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { startSilentServer } from './helpers/receivers.js';
import { startWeex } from './helpers/weex.js';

/** Starts the bot, lets the test do something to it once it is ready, and waits for its end. */
async function ending(bot: BotProcess, act: (bot: BotProcess) => void | Promise<void>): Promise<Ended> {
  await bot.printed('ready');
  await act(bot);
  return bot.ended;
}

const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;

/** The bot's own process below `unshare`, which passes no signal on. */
const onlyChildOf = (pid: number): number =>
  Number(execFileSync('cat', [`/proc/${pid}/task/${pid}/children`], { encoding: 'utf8' }).trim());

describe('a bot that is preloaded with register', () => {
  let bots: Install;

  beforeAll(() => {
    bots = install(API, SDK, 'signal-exit');
  });
  afterAll(() => bots.remove());

  const QUIET = { OTEL_TRACES_EXPORTER: 'weex', OTEL_METRICS_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };

  /** The same bot twice: alone, and with us and a WEEX that answers. */
  async function withAndWithout(way: string, act: (bot: BotProcess) => void | Promise<void> = () => {}) {
    const weex = await startWeex();
    try {
      const [alone, withUs] = await Promise.all([
        ending(new BotProcess(bots, 'exits.cjs', { args: [way] }), act),
        ending(
          new BotProcess(bots, 'exits.cjs', { args: [way], flags: IMPORT, env: { ...weex.env, ...QUIET } }),
          act,
        ),
      ]);
      return { alone, withUs, orderIds: weex.orderIds() };
    } finally {
      await weex.close();
    }
  }

  test.each<{ way: string; signal: NodeJS.Signals; ends: Pick<Ended, 'code' | 'signal'>; says?: string }>([
    { way: 'no listener', signal: 'SIGTERM', ends: { code: null, signal: 'SIGTERM' } },
    { way: 'no listener', signal: 'SIGINT', ends: { code: null, signal: 'SIGINT' } },
    { way: 'own listener', signal: 'SIGTERM', ends: { code: 7, signal: null }, says: 'tidied' },
    { way: 'own listener', signal: 'SIGINT', ends: { code: 8, signal: null }, says: 'tidied' },
    { way: 'once', signal: 'SIGTERM', ends: { code: 9, signal: null }, says: 'tidied' },
    { way: 'once', signal: 'SIGINT', ends: { code: 10, signal: null }, says: 'tidied' },
    {
      way: 'signal-exit',
      signal: 'SIGTERM',
      ends: { code: null, signal: 'SIGTERM' },
      says: 'on exit null SIGTERM',
    },
    {
      way: 'signal-exit',
      signal: 'SIGINT',
      ends: { code: null, signal: 'SIGINT' },
      says: 'on exit null SIGINT',
    },
  ])('ends as without us: $way, $signal', async ({ way, signal, ends, says = '' }) => {
    const { alone, withUs, orderIds } = await withAndWithout(way, async (bot) => {
      bot.kill(signal);
    });
    expect(alone).toMatchObject(ends);
    expect(withUs).toMatchObject(ends);
    expect(withUs.stdout).toContain(says);
    expect(orderIds).toEqual(['6001']);
  });

  test.each([
    { way: 'process.exit', code: 3, says: '' },
    { way: 'uncaught exception', code: 1, says: 'the strategy failed' },
    { way: 'unhandled rejection', code: 1, says: 'the exchange failed' },
    { way: 'exit code', code: 5, says: '' },
  ])('ends as without us: $way', async ({ way, code, says }) => {
    const { alone, withUs } = await withAndWithout(way);
    for (const ended of [alone, withUs]) {
      expect(ended).toMatchObject({ code, signal: null });
      expect(ended.stderr).toContain(says);
    }
  });

  test('delivers what is there when the work runs out, and what is said last', async () => {
    expect((await withAndWithout('exit code')).orderIds).toEqual(['6001']);
    expect((await withAndWithout('last word')).orderIds).toEqual(['6001', '6002']);
  });

  test('lives on after a signal that its own listener survives', async () => {
    const { alone, withUs, orderIds } = await withAndWithout('listener that stays', async (bot) => {
      bot.kill('SIGTERM');
      await bot.printed('still here');
      bot.kill('SIGKILL');
    });
    expect(alone.signal).toBe('SIGKILL');
    expect(withUs.signal).toBe('SIGKILL');
    expect(withUs.stdout).toContain('still here');
    expect(orderIds).toEqual(['6001']);
  });

  describe('while WEEX does not answer', () => {
    const hanging = async (env: Record<string, string>, act: (bot: BotProcess) => Promise<void>) => {
      const weex = await startWeex();
      await weex.close();
      const silent = await startSilentServer();
      try {
        const bot = new BotProcess(bots, 'exits.cjs', {
          args: ['no listener'],
          flags: IMPORT,
          env: { ...weex.env, ...QUIET, ...env, OTEL_EXPORTER_WEEX_ENDPOINT: silent.url },
        });
        return await ending(bot, async () => {
          await silent.until(1);
          await act(bot);
        });
      } finally {
        await silent.close();
      }
    };

    test('ends at once by a second signal', async () => {
      const startedAt = performance.now();
      const ended = await hanging({ OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '60000' }, async (bot) => {
        bot.kill('SIGTERM');
        await bot.printed('noticed');
        bot.kill('SIGINT');
      });
      expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
      expect(performance.now() - startedAt).toBeLessThan(15_000);
    });

    test("ends by pm2's SIGINT before its SIGKILL comes 1.6 s later", async () => {
      const ended = await hanging({}, async (bot) => {
        bot.kill('SIGINT');
        setTimeout(() => bot.kill('SIGKILL'), 1_600);
      });
      expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
    });

    test('takes no longer than the time for it when the work runs out', async () => {
      const silent = await startSilentServer();
      const weex = await startWeex();
      await weex.close();
      const bot = new BotProcess(bots, 'exits.cjs', {
        args: ['exit code'],
        flags: IMPORT,
        env: {
          ...weex.env,
          ...QUIET,
          OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: '100',
          OTEL_EXPORTER_WEEX_ENDPOINT: silent.url,
        },
      });
      await silent.until(1);
      // A request that is under way keeps a process alive; without one, only what we wait for would.
      await silent.close();
      expect(await bot.ended).toMatchObject({ code: 5, signal: null });
    });
  });

  describe.skipIf(!canUnshare)('as the first process of a container', () => {
    const under = ['unshare', '--pid', '--fork', '--kill-child'];

    test('ends with 128 + n, where the kernel would ignore the signal', async () => {
      const weex = await startWeex();
      const bot = new BotProcess(bots, 'exits.cjs', {
        args: ['no listener'],
        flags: IMPORT,
        env: { ...weex.env, ...QUIET },
        under,
      });
      const ended = await ending(bot, () => {
        process.kill(onlyChildOf(bot.pid), 'SIGTERM');
      });
      expect(ended).toMatchObject({ code: 143, signal: null });
      expect(weex.orderIds()).toEqual(['6001']);
      await weex.close();
    });

    test('keeps the exit code of its own listener', async () => {
      const weex = await startWeex();
      const [alone, withUs] = await Promise.all(
        [{}, { flags: IMPORT, env: { ...weex.env, ...QUIET } }].map((options) => {
          const bot = new BotProcess(bots, 'exits.cjs', { args: ['own listener'], under, ...options });
          return ending(bot, () => {
            process.kill(onlyChildOf(bot.pid), 'SIGTERM');
          });
        }),
      );
      expect(alone).toMatchObject({ code: 7, signal: null });
      expect(withUs).toMatchObject({ code: 7, signal: null });
      await weex.close();
    });
  });
});
