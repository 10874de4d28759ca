import { expect, type TestContext, test } from 'vitest';
import type { WeexOptions } from '../../src/config/settings.js';
import { readEntries } from '../../src/journal/read-entries.js';
import { verifyJournal } from '../../src/journal/verify-journal.js';
import { setting } from './helpers/setting.js';

const OPTIONS: WeexOptions = { linkWindowMillis: 600_000, orderIdFrom: ['tool:place_order:orderId'] };

/** What WEEX has after the bot ended so, and after a second process, which gives up when nothing is left. */
async function run(
  context: TestContext,
  how: 'whole' | 'waiting' | 'decided',
  options: WeexOptions = OPTIONS,
  nextOptions: WeexOptions = options,
) {
  const { weex, account, folder, bot } = await setting(context);
  const first = await bot('waits.mjs', { args: [how] }, { ...account, ...options });
  expect(await first.ended).toEqual(
    how === 'whole' ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' },
  );
  const before = weex.logs().length;
  const next = await bot('obedient.mjs', {}, { ...account, ...nextOptions, mode: 'live' });
  await expect
    .poll(
      async () => {
        const open: string[] = [];
        for await (const { state, entry } of readEntries(folder))
          if (state === 'waiting' || state === 'pending') open.push(`${entry.stage} is ${state}`);
        return open;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toEqual([]);
  await next.kill();
  const sent = weex
    .logs()
    .map(({ raw }) => raw.replace(/ in \d+ ms/g, ''))
    .toSorted();
  const states: string[] = [];
  for await (const { entry, state, reason, attempts } of readEntries(folder)) {
    const { stage, orderId = 'no order' } = entry;
    states.push(`${stage}, ${orderId}: ${state}${reason === undefined ? '' : `, ${reason}`}`);
    expect(attempts).toEqual([]);
  }
  return { before, sent, states: states.toSorted(), folder, waiting: first.reports[0] };
}

test('what waited when a process was killed goes as it would have gone, from the journal alone', async (context) => {
  const whole = await run(context, 'whole');
  expect(whole.waiting).toBe('waiting 14');
  expect(whole.sent).toHaveLength(13);
  expect(whole.sent.filter((body) => body.includes('596471064624628107'))).toHaveLength(2);
  for (const order of [101, 102, 103, 104, 105, 106, 107])
    expect(whole.sent.join('\n')).toContain(`"orderId":596471064624628${order}`);
  expect(whole.states).toContain('Execution, 596471064624628106: invalid, output is missing');
  expect(whole.states).toContain('Decision Making, no order: skipped, below-own-entry');
  for (const how of ['waiting', 'decided'] as const) {
    const cut = await run(context, how);
    expect(cut.before).toBe(0);
    expect(cut.sent).toEqual(whole.sent);
    expect(cut.states).toEqual(whole.states);
    expect(await verifyJournal(cut.folder)).toMatchObject({ problems: [], missingFiles: [] });
  }
}, 120_000);

test('what a killed process of mode record left is never sent, whoever takes it over', async (context) => {
  for (const how of ['waiting', 'decided'] as const) {
    const { sent, states } = await run(context, how, { ...OPTIONS, mode: 'record' });
    expect(sent).toEqual([]);
    expect(states).toHaveLength(15);
    expect(states.filter((state) => !/: skipped, (mode record|below-own-entry)$/.test(state))).toEqual([
      'Execution, 596471064624628106: invalid, output is missing',
    ]);
  }
}, 120_000);

test('a process without a link window takes over what waited in one that had it', async (context) => {
  const whole = await run(context, 'whole');
  const cut = await run(context, 'waiting', OPTIONS, { linkWindowMillis: 0 });
  expect(cut.sent).toEqual(whole.sent);
}, 120_000);
