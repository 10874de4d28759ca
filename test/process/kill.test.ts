import { expect, test } from 'vitest';
import { killCampaign } from './helpers/kill-campaign.js';

/** `npm run test:kill` asks for more. */
const KILLS = Number(process.env['KILLS'] ?? 20);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

test(
  'loses no span whose end() had returned, however often and whenever the bot is killed',
  async () => {
    const result = await killCampaign({ kills: KILLS, lanes: 2, seed: SEED });
    const { kills, ended, twice, ...wrong } = result;
    console.log(
      `${kills} kills (KILL_SEED=${SEED}): ${ended} spans ended, ${wrong.lost.length} lost, ${twice.length} delivered twice`,
    );
    expect(wrong).toEqual({ lost: [], unexplained: [], left: [] });
    expect(kills).toBe(KILLS);
    expect(ended).toBeGreaterThan(KILLS * 10);
  },
  KILLS * 3_000 + 60_000,
);
