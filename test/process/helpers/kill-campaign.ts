import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWeexEmulator } from 'opentelemetry-exporter-weex/emulator';
import { Bot } from './bot.js';
import { deliverTheRest } from './deliveries.js';

export interface CampaignOptions {
  readonly kills: number;
  /** Journals that are tried side by side. */
  readonly lanes: number;
  /** Repeats the moments of an earlier campaign, as far as a machine can. */
  readonly seed: number;
}

export interface CampaignResult {
  readonly kills: number;
  readonly ended: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly unexplained: readonly string[];
  readonly left: readonly string[];
}

/**
 * Kills bots at random moments while they end spans at full speed, each on the journal that the last one
 * left, and lets a last one deliver what is there.
 */
export async function killCampaign({ kills, lanes, seed }: CampaignOptions): Promise<CampaignResult> {
  const results = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      oneLane(lane, Math.ceil((kills - lane) / lanes), dice(seed + lane)),
    ),
  );
  return {
    kills: results.reduce((sum, one) => sum + one.kills, 0),
    ended: results.reduce((sum, one) => sum + one.ended, 0),
    lost: results.flatMap(({ lost }) => lost),
    twice: results.flatMap(({ twice }) => twice),
    unexplained: results.flatMap(({ unexplained }) => unexplained),
    left: results.flatMap(({ left }) => left),
  };
}

async function oneLane(lane: number, kills: number, random: () => number): Promise<CampaignResult> {
  const folder = mkdtempSync(join(tmpdir(), 'weex-kill-'));
  const weex = await startWeexEmulator({ rateLimit: false, keepLogs: 2_000_000, latencyMillis: 3 });
  try {
    const settings = {
      ...weex.credentials,
      endpoint: weex.url,
      journalDir: folder,
      account: 'bot',
      rateLimit: 100_000,
      linkWindowMillis: 0,
    };
    const ended: string[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const bot = new Bot('flood.mjs', settings, { args: [`${lane}.${kill}`, '3000'] });
      await bot.reported('begins');
      // Early moments more often: start, takeover and the first connection are there.
      await new Promise((resolve) => setTimeout(resolve, random() ** 2 * 700));
      const { signal } = await bot.kill();
      if (signal !== 'SIGKILL') throw new Error(`the bot ended by itself (${signal}):\n${bot.output}`);
      ended.push(...bot.reports.filter((line) => line !== 'begins'));
    }
    return { kills, ended: ended.length, ...(await deliverTheRest(weex, settings, ended, 60_000)) };
  } finally {
    await weex.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mulberry32: a small generator that a seed starts anew. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
