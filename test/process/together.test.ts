import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deliverTheRest, settledBalance, timesTaken } from './helpers/deliveries.js';
import { type Setting, setting } from './helpers/setting.js';

/** What WEEX does not take for the moment: whose text has the word. */
const refuse = (word: string) =>
  ({ status: 503, times: Number.POSITIVE_INFINITY, when: { bodyIncludes: word } }) as const;

/** Who owns the files in use. */
const owners = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => file.split('.')[1] ?? '')
    .sort();

const canUnshare = (() => {
  try {
    execFileSync('unshare', ['--pid', '--fork', '--mount-proc', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.concurrent('several processes of one account on one folder', () => {
  for (const count of [2, 8]) {
    test(`${count} deliver everything once, although some are killed`, async (context) => {
      const { weex, account, bot } = await setting(context, { latencyMillis: 2 });
      const bots = await Promise.all(
        Array.from({ length: count }, (_, i) => bot('flood.mjs', { args: [`bot${i}`, '300'] })),
      );
      const [first, ...others] = bots;
      await first?.until(({ reports }) => reports.length > 20);
      await first?.kill();
      await Promise.all(others.map((other) => other.until(({ reports }) => reports.length > 300)));
      const ended = bots.flatMap(({ reports }) => reports.filter((line) => line !== 'begins'));
      expect(await settledBalance(weex, account, ended, 30_000)).toMatchObject({
        lost: [],
        left: [],
        unexplained: [],
      });
      const notOfTheDead = [...timesTaken(weex)].filter(
        ([id, times]) => !id.startsWith('bot0-') && times > 1,
      );
      expect(notOfTheDead).toEqual([]);
    }, 45_000);
  }

  test("a dead one's entries are delivered by another within 15 s", async (context) => {
    const { weex, folder, bot } = await setting(context);
    weex.script(refuse('dead-'));
    const dead = await bot('obedient.mjs');
    const living = await bot('obedient.mjs');
    dead.say('end dead 5');
    await dead.reported('dead-4');
    living.say('end living');
    await weex.waitForLogs(1);
    await dead.kill();
    weex.clearFaults();
    await weex.waitForLogs(6, { timeoutMillis: 15_000 });
    expect([...timesTaken(weex).values()]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set(owners(folder)).size).toBe(1);
  }, 25_000);

  /** Starts a process that finds the files of a dead one and of this one, and tells what it took. */
  async function otherLooksAround({ weex, folder, bot }: Setting) {
    // Files are claimed oldest first, so the dead one's being delivered shows that all have been looked at.
    const dead = await bot('obedient.mjs');
    dead.say('end dead');
    await dead.reported('dead-0');
    await dead.kill();
    const before = owners(folder);
    await bot('obedient.mjs');
    await weex.waitForLogs(1, { timeoutMillis: 10_000 });
    return { before, after: owners(folder), taken: timesTaken(weex) };
  }

  test('nobody takes the files of one that is stopped, and it goes on where it was', async (context) => {
    const all = await setting(context);
    all.weex.script(refuse('stopped-'));
    const stopped = await all.bot('obedient.mjs');
    stopped.say('end stopped 5');
    await stopped.reported('stopped-4');
    const [owner] = owners(all.folder);
    stopped.signal('SIGSTOP');
    const { after, taken } = await otherLooksAround(all);
    expect(after).toContain(owner);
    expect([...taken]).toEqual([['dead-0', 1]]);
    all.weex.clearFaults();
    stopped.signal('SIGCONT');
    await all.weex.waitForLogs(6, { timeoutMillis: 10_000 });
    expect([...timesTaken(all.weex).values()]).toEqual([1, 1, 1, 1, 1, 1]);
  }, 30_000);

  test('nobody takes the files of one whose event loop is blocked', async (context) => {
    const all = await setting(context);
    all.weex.script(refuse('blocked-'));
    const blocked = await all.bot('obedient.mjs');
    blocked.say('end blocked 5');
    await blocked.reported('blocked-4');
    const [owner] = owners(all.folder);
    blocked.say('block 600000');
    await blocked.reported('blocked');
    const { after, taken } = await otherLooksAround(all);
    expect(after).toContain(owner);
    expect([...taken]).toEqual([['dead-0', 1]]);
  }, 30_000);

  test.skipIf(!canUnshare)(
    'two in pid namespaces of their own, both process 1, keep their files while they live',
    async (context) => {
      const { weex, folder, bot } = await setting(context);
      const under = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
      weex.script(refuse('one-'));
      const one = await bot('obedient.mjs', { under });
      one.say('end one 5');
      await one.reported('one-4');
      const [owner] = owners(folder);
      const other = await bot('obedient.mjs', { under });
      other.say('end other 5');
      await weex.waitForLogs(5);
      expect(owners(folder)).toHaveLength(2);
      expect(owners(folder)).toContain(owner);
      await one.kill();
      weex.clearFaults();
      await weex.waitForLogs(10, { timeoutMillis: 15_000 });
      expect(new Set(timesTaken(weex).values())).toEqual(new Set([1]));
    },
    30_000,
  );

  test('worker threads share the folder as processes do, also one that is terminated', async (context) => {
    const { weex, account, bot } = await setting(context);
    const names = ['one', 'two', 'three', 'terminated'];
    const threads = await bot('threads.mjs', { args: names });
    expect(await threads.ended).toEqual({ code: 0, signal: null });
    const ended = names.flatMap((name) => Array.from({ length: 100 }, (_, i) => `${name}-${i}`));
    expect(threads.reports.filter((line) => line !== 'threads ended').sort()).toEqual(ended.sort());
    const { twice, ...rest } = await deliverTheRest(weex, account, ended);
    expect(rest).toEqual({ lost: [], left: [], unexplained: [] });
    expect(twice.filter((id) => !id.startsWith('terminated'))).toEqual([]);
  });
});
