import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startWeexEmulator,
  type WeexEmulator,
  type WeexEmulatorOptions,
} from 'opentelemetry-exporter-weex/emulator';
import type { TestContext } from 'vitest';
import type { WeexOptions } from '../../../src/config/settings.js';
import { Bot, type BotOptions } from './bot.js';

export interface Setting {
  readonly weex: WeexEmulator;
  readonly account: WeexOptions & { readonly journalDir: string; readonly account: string };
  /** The account's folder. */
  readonly folder: string;
  /** Starts a bot, which ends with the test at the latest; resolves when it runs. */
  bot(file: string, options?: BotOptions, account?: WeexOptions): Promise<Bot>;
}

/** An emulator, a journal folder and bots, all gone when the test has ended. */
export async function setting(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: WeexEmulatorOptions = {},
): Promise<Setting> {
  const journalDir = mkdtempSync(join(tmpdir(), 'weex-process-'));
  const weex = await startWeexEmulator({ rateLimit: false, ...options });
  const bots: Bot[] = [];
  onTestFinished(async () => {
    await Promise.all(bots.map((bot) => bot.kill()));
    await weex.close();
    rmSync(journalDir, { recursive: true, force: true });
  });
  const account = {
    ...weex.credentials,
    endpoint: weex.url,
    journalDir,
    account: 'bot',
    rateLimit: 10_000,
    linkWindowMillis: 0,
  };
  return {
    weex,
    account,
    folder: join(journalDir, account.account),
    async bot(file, botOptions, settings = account) {
      const bot = new Bot(file, settings, botOptions);
      bots.push(bot);
      await bot.until(({ reports }) => reports.length > 0);
      return bot;
    },
  };
}
