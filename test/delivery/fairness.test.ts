import { describe, expect, test } from 'vitest';
import { ACCEPTED, failed, rig } from './rig.js';

describe('after an hour in which WEEX was down', () => {
  for (const perSecond of [2, 5]) {
    test(`no new entry is late at ${perSecond} a second, and the backlog is drained`, async () => {
      const all = rig();
      const { clock, journal, transport, delivery } = all;
      transport.latencyMillis = 80;
      clock.chance = (() => {
        let state = 1;
        return () => {
          state = (state * 48_271) % 2_147_483_647;
          return state / 2_147_483_647;
        };
      })();
      transport.answering = () => failed();
      /** Entries come in steadily; each ended a moment ago. */
      async function live(seconds: number): Promise<void> {
        for (let tick = 0; tick < seconds * perSecond; tick += 1) {
          const endedMillis = clock.wallMillis() - 20;
          delivery.enqueue([journal.add(endedMillis, { id: `${endedMillis}` })]);
          await clock.advance(1_000 / perSecond);
        }
      }
      await live(3_600);
      const backWall = clock.wallMillis();
      expect(delivery.state().pending).toBe(3_600 * perSecond);
      transport.answering = () => ACCEPTED;
      // WEEX is back: found out by a probe within a minute, before which nobody can be in time.
      await live(60);
      const secondsToDrain = Math.ceil((3_660 * perSecond) / (10 - perSecond)) + 60;
      await live(secondsToDrain);
      const late = journal.receipts.filter(({ entryId, acceptedAt }) => {
        const ended = Number(entryId);
        return ended > backWall + 60_000 && acceptedAt - ended > 60_000;
      });
      expect(late).toEqual([]);
      expect(delivery.state().pending).toBeLessThan(10);
    });
  }
});
