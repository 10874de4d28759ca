import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BotProcess, type Ended, IMPORT } from './helpers/bot-process.js';
import { API, type Install, install, SDK } from './helpers/installs.js';
import { startCollector, startSilentServer } from './helpers/receivers.js';
import { startWeex } from './helpers/weex.js';

type Env = Readonly<Record<string, string>>;
type Act = (bot: BotProcess) => void | Promise<void>;

let bots: Install;
beforeAll(() => {
  bots = install(API, SDK, '@opentelemetry/sdk-trace-base', 'signal-exit');
});
afterAll(() => bots.remove());

const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
const under = ['unshare', '--pid', '--fork', '--kill-child'];

/** Signals the first process of the container: `unshare` passes no signal on. */
function killInside(bot: BotProcess, signal: NodeJS.Signals): void {
  const child = readFileSync(`/proc/${bot.pid}/task/${bot.pid}/children`, 'utf8').trim();
  process.kill(Number(child), signal);
}

/** Starts the bot, lets the test do something to it once it is ready, and waits for its end. */
async function ending(
  way: string,
  options: { env?: Env; alone?: boolean; under?: string[]; before?: string[] },
  act?: Act,
) {
  const { env = {}, alone = false, under = [], before = [] } = options;
  const flags = [...before, ...(alone ? [] : IMPORT)];
  const bot = new BotProcess(bots, 'exits.cjs', { args: [way], flags, env, under });
  await bot.printed('ready');
  await act?.(bot);
  return bot.ended;
}

/** The same bot twice: without us, and with us and a WEEX that answers. */
async function withoutAndWithUs(way: string, act?: Act, under: string[] = []) {
  const weex = await startWeex();
  try {
    const [alone, withUs] = await Promise.all([
      ending(way, { alone: true, under }, act),
      ending(way, { env: weex.env, under }, act),
    ]);
    return { alone, withUs, orderIds: weex.orderIds() };
  } finally {
    await weex.close();
  }
}

/** Each test is two short processes; a busy machine has several of them. */
const PATIENT = { timeout: 60_000 };

describe.concurrent('a bot that is preloaded with register', PATIENT, () => {
  test.each<{ way: string; signal: NodeJS.Signals; ends: Pick<Ended, 'code' | 'signal'>; says?: string }>([
    { way: 'no listener', signal: 'SIGTERM', ends: { code: null, signal: 'SIGTERM' } },
    { way: 'no listener', signal: 'SIGINT', ends: { code: null, signal: 'SIGINT' } },
    { way: 'own listener', signal: 'SIGTERM', ends: { code: 7, signal: null }, says: 'tidying' },
    { way: 'own listener', signal: 'SIGINT', ends: { code: 8, signal: null }, says: 'tidying' },
    { way: 'once', signal: 'SIGTERM', ends: { code: 9, signal: null }, says: 'tidying' },
    { way: 'once', signal: 'SIGINT', ends: { code: 10, signal: null }, says: 'tidying' },
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
  ])('ends as without us: $way, $signal', async ({ way, signal, ends, says }) => {
    const { alone, withUs, orderIds } = await withoutAndWithUs(way, (bot) => bot.kill(signal));
    expect(alone).toMatchObject(ends);
    expect(withUs).toMatchObject(ends);
    // All that was said: a listener that is called twice would say it again.
    expect(withUs.stdout.replace('noticed\n', '')).toBe(alone.stdout);
    expect(alone.stdout).toContain(says ?? 'ready');
    if (way === 'no listener') expect(orderIds).toEqual(['6001']);
  });

  test.each([
    { way: 'process.exit', code: 3, says: '' },
    { way: 'uncaught exception', code: 1, says: 'the strategy failed' },
    { way: 'unhandled rejection', code: 1, says: 'the exchange failed' },
    { way: 'exit code', code: 5, says: '' },
  ])('ends as without us: $way', async ({ way, code, says }) => {
    const { alone, withUs } = await withoutAndWithUs(way);
    for (const ended of [alone, withUs]) {
      expect(ended).toMatchObject({ code, signal: null });
      expect(ended.stderr).toContain(says);
    }
  });

  test.each([
    { way: 'exit code', delivered: ['6001'] },
    { way: 'last word', delivered: ['6001', '6002'] },
  ])('delivers what is there when the work runs out: $way', async ({ way, delivered }) => {
    expect((await withoutAndWithUs(way)).orderIds).toEqual(delivered);
  });

  test('leaves to the next process what process.exit did not let it deliver', async () => {
    const weex = await startWeex();
    const env = { ...weex.env, OTEL_EXPORTER_WEEX_JOURNAL_DIR: join(bots.dir, 'journal') };
    await ending('process.exit', { env });
    const delivered = weex.orderIds().length;
    await ending('no listener', { env }, async (bot) => {
      await weex.waitForLogs(2);
      bot.kill('SIGTERM');
    });
    expect(delivered).toBe(0);
    expect(weex.orderIds()).toEqual(['6001', '6001']);
    await weex.close();
  });

  test('ends by a listener of its own that was there before us', async () => {
    const weex = await startWeex();
    const before = ['--require', './early-listener.cjs'];
    const ended = await ending('no listener', { env: weex.env, before }, (bot) => bot.kill('SIGTERM'));
    expect(ended).toMatchObject({ code: 12, signal: null });
    expect(ended.stdout).toContain('tidied early');
    await weex.close();
  });

  test('lives on after a signal that its own listener survives', async () => {
    const { alone, withUs } = await withoutAndWithUs('listener that stays', async (bot) => {
      bot.kill('SIGTERM');
      await bot.printed('still here');
      bot.kill('SIGKILL');
    });
    for (const ended of [alone, withUs]) {
      expect(ended.signal).toBe('SIGKILL');
      expect(ended.stdout).toContain('still here');
    }
  });

  describe.skipIf(!canUnshare)('as the first process of a container', () => {
    test('ends with 128 + n where nobody listens: without us the kernel ignores the signal', async () => {
      const weex = await startWeex();
      const ended = await ending('no listener', { env: weex.env, under }, (bot) =>
        killInside(bot, 'SIGTERM'),
      );
      expect(ended).toMatchObject({ code: 143, signal: null });
      expect(weex.orderIds()).toEqual(['6001']);
      await weex.close();
    });

    test("keeps the exit code of the bot's own listener", async () => {
      const { alone, withUs } = await withoutAndWithUs(
        'own listener',
        (bot) => killInside(bot, 'SIGTERM'),
        under,
      );
      expect(alone).toMatchObject({ code: 7, signal: null });
      expect(withUs).toMatchObject({ code: 7, signal: null });
    });
  });
});

describe.concurrent('while WEEX does not answer, a bot that is preloaded with register', PATIENT, () => {
  const unanswered = async (
    way: string,
    options: { exitTimeoutMillis?: number; silentFrom?: number; under?: string[] },
    act?: Act,
  ): Promise<Ended> => {
    const weex = await startWeex();
    const silent = await startSilentServer(options.silentFrom);
    const env = {
      ...weex.env,
      OTEL_EXPORTER_WEEX_ENDPOINT: silent.url,
      // Empty is unset: the default.
      OTEL_EXPORTER_WEEX_TIMEOUT: '60000',
      OTEL_EXPORTER_WEEX_EXIT_TIMEOUT: String(options.exitTimeoutMillis ?? ''),
    };
    try {
      return await ending(way, { env, under: options.under ?? [] }, async (bot) => {
        await silent.until(options.silentFrom ?? 1);
        await act?.(bot);
      });
    } finally {
      await Promise.all([silent.close(), weex.close()]);
    }
  };

  test.each<{ second: NodeJS.Signals }>([{ second: 'SIGTERM' }, { second: 'SIGINT' }])(
    'ends at once by a second signal: $second',
    async ({ second }) => {
      let secondAt = 0;
      const ended = await unanswered('no listener', { exitTimeoutMillis: 60_000 }, async (bot) => {
        bot.kill('SIGTERM');
        await bot.printed('noticed');
        secondAt = performance.now();
        bot.kill(second);
      });
      expect(ended).toMatchObject({ code: null, signal: second });
      expect(performance.now() - secondAt).toBeLessThan(5_000);
    },
  );

  test.skipIf(!canUnshare)(
    'ends at once by a second signal as the first process of a container',
    async () => {
      const ended = await unanswered('no listener', { exitTimeoutMillis: 60_000, under }, async (bot) => {
        killInside(bot, 'SIGTERM');
        await bot.printed('noticed');
        killInside(bot, 'SIGINT');
      });
      expect(ended).toMatchObject({ code: 130, signal: null });
    },
  );

  test("ends by pm2's SIGINT in 1.5 s, for its SIGKILL comes 0.1 s later", async () => {
    let signalledAt = 0;
    const ended = await unanswered('no listener', {}, (bot) => {
      signalledAt = performance.now();
      bot.kill('SIGINT');
    });
    expect(ended).toMatchObject({ code: null, signal: 'SIGINT' });
    const lasted = performance.now() - signalledAt;
    expect(lasted).toBeGreaterThan(1_400);
    // A busy machine is given more than pm2 gives.
    expect(lasted).toBeLessThan(4_000);
  });

  test('ends by itself soon, although its request would last a minute', async () => {
    let waitedSince = 0;
    const ended = await unanswered('exit code', {}, () => {
      waitedSince = performance.now();
    });
    expect(ended).toMatchObject({ code: 5, signal: null });
    expect(performance.now() - waitedSince).toBeLessThan(30_000);
  });

  test('is not kept by a request that began while it waited for its end', async () => {
    let waitedSince = 0;
    const ended = await unanswered('exit code', { exitTimeoutMillis: 4_000, silentFrom: 2 }, () => {
      waitedSince = performance.now();
    });
    expect(ended).toMatchObject({ code: 5, signal: null });
    // The request would last a minute.
    expect(performance.now() - waitedSince).toBeLessThan(8_000);
  });
});

describe.concurrent('the SDK that register started', PATIENT, () => {
  const started = async () => {
    const [weex, collector] = await Promise.all([startWeex(), startCollector()]);
    const env = {
      ...weex.env,
      OTEL_TRACES_EXPORTER: 'otlp,weex',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      // Longer than the test: only a flush sends a batch.
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    };
    return { weex, collector, env, close: () => Promise.all([weex.close(), collector.close()]) };
  };

  test('sends its batch before a signal ends the bot', async () => {
    const { weex, collector, env, close } = await started();
    const ended = await ending('no listener', { env }, (bot) => bot.kill('SIGTERM'));
    expect(ended).toMatchObject({ code: null, signal: 'SIGTERM' });
    expect(collector.spans).toHaveLength(2);
    expect(weex.orderIds()).toEqual(['6001']);
    await close();
  });

  test("sends its batch while the bot's own listener does its work", async () => {
    const { collector, env, close } = await started();
    const ended = await ending('listener that is told', { env }, async (bot) => {
      bot.kill('SIGTERM');
      await collector.until((spans) => spans.length === 2);
      bot.say('end');
    });
    expect(ended).toMatchObject({ code: 7, signal: null });
    await close();
  });

  test('sends its batch when the work runs out', async () => {
    const { collector, env, close } = await started();
    expect(await ending('exit code', { env })).toMatchObject({ code: 5, signal: null });
    expect(collector.spans).toHaveLength(2);
    await close();
  });
});
