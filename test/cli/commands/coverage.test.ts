import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DECISION, tradingAccount } from './trading-account.js';

const A = '596471064624628269';
const B = '596471064624628270';
const C = '596471064624628271';
const EXECUTION = { ...DECISION, 'ai.stage': 'execution' };
const ofOrder = (orderId: string, ...stages: readonly Readonly<Record<string, string>>[]) =>
  stages.map((stage) => ({ ...stage, 'ai.order_id': orderId }));

test('0 when every known order has its logs, and says that it knows no others', async () => {
  const { folder, bot, command } = await tradingAccount();
  await bot(...ofOrder(A, DECISION, EXECUTION), { ...DECISION, 'ai.output': '{"action":"HOLD"}' });
  const { status, out } = await command('coverage');
  expect(out).toContain(`Journal: ${folder}\n`);
  expect(out).toContain('Known orders only');
  expect(out).toMatch(new RegExp(`${A} +20\\S+Z +- +Decision Making, Execution +- +- +complete`));
  expect(out).toContain(
    'Decisions without an order: 1 (1 to hold, 0 said to have none, 0 whose order nobody named)',
  );
  expect(out).toContain('1 order: 1 complete, 0 under way, 0 with gaps');
  expect(status).toBe(0);
});

test("finds the orders of the exchange's own list that have no log, without losing a digit", async () => {
  const { journalDir, bot, command, json } = await tradingAccount();
  await bot(...ofOrder(A, DECISION));
  const list = join(journalDir, '..', 'orders.json');
  writeFileSync(list, `{"code":0,"data":{"list":[{"orderId":${A},"symbol":"BTCUSDT"},{"orderId":${B}}]}}`);
  const { status, out } = await command('coverage', '--orders', list);
  expect(status).toBe(1);
  expect(out).toMatch(new RegExp(`${B} .* Decision Making +GAPS`));
  expect(out).toContain('1 of them without any accepted log');
  expect((await json('coverage', '--orders', list)).value).toMatchObject({
    complete: false,
    knownOrdersOnly: false,
    totals: { orders: 2, complete: 1, gaps: 1, unlogged: 1 },
    orders: [
      { orderId: A, status: 'complete', isListed: true },
      { orderId: B, status: 'gaps', missing: ['Decision Making'] },
    ],
  });
  writeFileSync(list, `${B}\n`);
  expect((await command('coverage', '--orders', list)).out).toContain(
    `1 order that logs name is not in the list: of another time, or the id is wrong (${A})`,
  );
});

test('a log that WEEX refused is a gap, and so is one that nobody could send for a minute', async () => {
  const { weex, bot, leave, command, json } = await tradingAccount();
  weex.script({ code: '40017', msg: 'Parameter model is wrong', when: { model: 'bad' } });
  await bot(
    ...ofOrder(A, DECISION, EXECUTION),
    ...ofOrder(B, DECISION, { ...EXECUTION, 'ai.model': 'bad' }),
    ...ofOrder(C, DECISION, { ...EXECUTION, 'ai.model': ' ' }),
  );
  const { status, out } = await command('coverage');
  expect(status).toBe(1);
  expect(out).toMatch(new RegExp(`${B} .*Decision Making +- +Execution \\(rejected\\) +GAPS`));
  expect(out).toMatch(new RegExp(`${C} .*Decision Making +- +Execution \\(invalid\\) +GAPS`));
  await leave(...ofOrder('7', DECISION));
  const { value } = await json('coverage');
  expect(value).toMatchObject({ totals: { underWay: 1, gaps: 2 } });
});

test('tells what speaks against the logs, in words without control characters', async () => {
  const { journalDir, bot, command } = await tradingAccount();
  await bot(
    ...ofOrder(
      A,
      { ...DECISION, 'ai.stage': 'Look \u001b[31mhere', 'ai.output': '{"action":"HOLD"}' },
      { ...EXECUTION, 'ai.output': '{"filled_qty":"0.02"}' },
    ),
  );
  const list = join(journalDir, '..', 'orders.csv');
  writeFileSync(list, `order_id,filled_qty\n${A},0.01\n`);
  const { status, out } = await command('coverage', '--orders', list);
  expect(status).toBe(1);
  expect(out).toMatch(
    new RegExp(`CONTRADICTION: order ${A}: the Look here log of \\S+ says to do nothing, and this order is`),
  );
  expect(out).toContain('the Execution log says executed size 0.02, the exchange says 0.01');
  expect(out).not.toContain('\u001b');
});

test('--stages says what each order has to show', async () => {
  const { bot, command } = await tradingAccount();
  await bot(...ofOrder(A, DECISION));
  const { status, out } = await command('coverage', '--stages', 'decision,execution');
  expect(out).toMatch(/Decision Making +- +- +under-way/);
  expect(status).toBe(0);
  expect(out).toContain('Each order has to show: Decision Making, Execution (--stages says so)');
});

test.each([
  [['--since', 'yesterday'], 'expected --since to be a time such as'],
  [['--until', '12'], 'expected --until to be a time such as'],
  [['--stages', ','], 'expected --stages to name stages'],
  [['--orders', '/nowhere/at/all'], '--orders: /nowhere/at/all cannot be read'],
])('%s is wrong usage', async (args, problem) => {
  const { bot, command } = await tradingAccount();
  await bot(DECISION);
  const { status, err } = await command('coverage', ...args);
  expect(status).toBe(2);
  expect(err).toContain(problem);
});
