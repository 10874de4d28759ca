import { describe, expect, test } from 'vitest';
import { deliverTheRest } from './helpers/deliveries.js';
import { setting } from './helpers/setting.js';

const WAYS: readonly { way: string; end: { code?: number; signal?: NodeJS.Signals }; flags?: string[] }[] = [
  { way: 'process.exit()', end: { code: 7 } },
  { way: 'an uncaught exception', end: { code: 1 } },
  { way: 'an unhandled rejection', end: { code: 1 } },
  { way: 'SIGTERM', end: { signal: 'SIGTERM' } },
  { way: 'SIGINT', end: { signal: 'SIGINT' } },
  { way: 'process.abort()', end: { signal: 'SIGABRT' } },
  { way: 'running out of memory', end: { signal: 'SIGABRT' }, flags: ['--max-old-space-size=40'] },
];

describe.concurrent('a bot that dies right after end()', () => {
  for (const { way, end, flags = [] } of WAYS) {
    test(`loses nothing by ${way}, and dies as it would without the package`, async (context) => {
      const { weex, account, bot } = await setting(context);
      const dying = await bot('dies.mjs', { args: [way], flags });
      expect(await dying.ended).toMatchObject(end);
      const ended = dying.reports;
      expect(ended).toHaveLength(100);
      expect(await deliverTheRest(weex, account, ended)).toEqual({
        lost: [],
        left: [],
        twice: [],
        unexplained: [],
      });
    });
  }
});
