import { describe, expect, test } from 'vitest';
import { Bot, factsOf, type SpanSpec, WINDOW } from './bot.js';

const cycle: SpanSpec = { id: 'cycle' };
const entry = (id: string, more: Partial<SpanSpec> = {}): SpanSpec => ({
  id,
  role: 'entry',
  parent: 'cycle',
  ...more,
});

describe('an entry waits', () => {
  test('until the first span of its trace has ended and none is open', () => {
    const bot = new Bot();
    const [d, late] = [entry('d'), entry('late')];
    for (const span of [cycle, d, late]) bot.start(span);
    bot.end(d);
    bot.end(cycle);
    expect(bot.result).toEqual({});
    bot.end(late);
    expect(bot.sequence).toEqual(['d', 'late']);
  });

  test('or until its window has passed, to the millisecond', () => {
    const bot = new Bot();
    bot.start(cycle);
    const d = entry('d');
    bot.start(d);
    bot.end(d);
    expect(bot.assembler.nextDueMillis()).toBe(bot.now + WINDOW);
    bot.tick(WINDOW - 1);
    expect(bot.result).toEqual({});
    bot.tick(1);
    expect(bot.result).toEqual({ d: 'no order' });
    expect(bot.assembler.nextDueMillis()).toBeUndefined();
  });

  test('not at all with a window of 0', () => {
    const bot = new Bot({ linkWindowMillis: 0 });
    const [call, wrapper]: SpanSpec[] = [
      { id: 'c', role: 'call', parent: 'w', stage: 'x' },
      { id: 'w', role: 'wrapper', parent: 'cycle' },
    ];
    for (const span of [cycle, wrapper, call]) if (span) bot.start(span);
    if (call) bot.end(call);
    expect(bot.result).toEqual({ c: 'no order' });
    if (wrapper) bot.end(wrapper);
    expect(bot.result).toEqual({ c: 'no order', w: 'wrapper' });
  });

  test('for a parent that was never announced, as one that is open', () => {
    const bot = new Bot();
    const d = entry('d');
    bot.end(d);
    bot.take(bot.assembler.flush(bot.now));
    expect(bot.result).toEqual({});
    bot.start(cycle);
    bot.end(cycle);
    expect(bot.result).toEqual({ d: 'no order' });
  });
});

describe('late spans', () => {
  test('of a trace that was released are not logged twice', () => {
    const bot = new Bot();
    const own = entry('own', { parent: undefined });
    bot.run([own]);
    bot.run([{ id: 'call', role: 'call', parent: 'own' }]);
    expect(bot.result).toEqual({ call: 'below-own-entry', own: 'no order' });
    bot.run([cycle], undefined, 'plain');
    bot.run([entry('d')], undefined, 'plain');
    expect(bot.result).toMatchObject({ 'plain/d': 'no order' });
  });

  test('told twice are not logged twice', () => {
    const bot = new Bot();
    bot.start(cycle);
    bot.run([entry('d')]);
    const again = bot.assembler.spanEnded(factsOf(entry('d'), 't'), [77], bot.now);
    expect(again).toEqual([{ kind: 'skip', handle: 77, traceId: 't', reason: 'same-span' }]);
  });

  test('a call below an own entry that is known from its start is not logged, however long the entry lasts', () => {
    const bot = new Bot();
    const own = entry('own', { parent: undefined, model: false });
    bot.start(own, 't', true);
    bot.run([{ id: 'call', role: 'call', parent: 'own' }]);
    bot.tick(WINDOW);
    bot.end(own);
    expect(bot.result).toEqual({ call: 'below-own-entry', own: 'no order' });
    expect(bot.decisions.get('own')).toMatchObject({ lent: { model: 'gpt-5' } });
  });

  test('an own entry that outlives the window still borrows from the call that went before it', () => {
    const bot = new Bot();
    const own = entry('own', { parent: undefined, model: false });
    bot.start(own);
    bot.run([{ id: 'call', role: 'call', parent: 'own', stage: 'x' }]);
    bot.tick(WINDOW);
    expect(bot.result).toEqual({ call: 'no order' });
    bot.end(own);
    expect(bot.decisions.get('own')).toMatchObject({ kind: 'release', lent: { model: 'gpt-5' } });
  });
});

describe('flush and close', () => {
  test('flush leaves a trace alone in which a span is open; close does not', () => {
    const bot = new Bot();
    bot.start(cycle);
    bot.run([entry('d')]);
    bot.take(bot.assembler.flush(bot.now));
    expect(bot.result).toEqual({});
    bot.take(bot.assembler.close(bot.now));
    expect(bot.result).toEqual({ d: 'no order' });
  });

  test('both leave what waits for a client order id; its window does not', () => {
    const bot = new Bot().run([cycle, entry('d', { client: 'c1' }), entry('e')]);
    bot.take(bot.assembler.flush(bot.now));
    bot.take(bot.assembler.close(bot.now));
    expect(bot.result).toEqual({ e: 'no order' });
    bot.tick(WINDOW);
    expect(bot.result).toEqual({ d: 'no order', e: 'no order' });
  });
});

describe('orders from elsewhere', () => {
  test('equal client order ids link across traces, whichever comes first', () => {
    const bot = new Bot();
    bot.run([entry('d', { client: 'c1', parent: undefined })], undefined, 'a');
    bot.run([entry('x', { client: 'c1', parent: undefined, order: ['11'] })], undefined, 'b');
    bot.run([entry('r', { client: 'c1', parent: undefined })], undefined, 'c');
    expect(bot.result).toEqual({ 'a/d': '11', 'b/x': '11', 'c/r': '11' });
    expect(bot.assembler.waiting()).toBe(0);
  });

  test('and across a restart, until the window that began before it ends', () => {
    const before = new Bot();
    const kept = before.assembler.journaled(factsOf(entry('d', { client: 'c1', parent: undefined }), 'a'));
    for (const comes of [true, false]) {
      const bot = new Bot();
      bot.names.set(0, 'd');
      bot.take(bot.assembler.restore([{ span: kept, handles: [0], remainingMillis: 5_000 }], bot.now));
      expect(bot.assembler.waiting()).toBe(1);
      if (comes) bot.take(bot.assembler.linkOrder({ clientOrderId: 'c1' }, '11', bot.now));
      else bot.tick(5_000);
      expect(bot.result).toEqual({ d: comes ? '11' : 'no order' });
    }
  });

  test('linkOrder names the order of a trace, of an entry, and of nothing that said `none`', () => {
    const bot = new Bot();
    for (const span of [cycle, entry('a'), entry('b'), entry('hold')]) bot.start(span);
    bot.end(entry('a'));
    bot.end(entry('hold', { order: 'none' }));
    expect(bot.assembler.linkOrder({ traceId: 'nowhere' }, '11', bot.now)).toBe('unknown');
    expect(bot.assembler.linkOrder({ entry: 99 }, '11', bot.now)).toBe('unknown');
    expect(bot.assembler.linkOrder({ entry: 1 }, '11', bot.now)).toBe('unknown');
    bot.take(bot.assembler.linkOrder({ entry: 0 }, '12', bot.now));
    bot.take(bot.assembler.linkOrder({ traceId: 't' }, '11', bot.now));
    const later = entry('later', { stage: 'Risk Assessment' });
    bot.run([later]);
    bot.end(entry('b'));
    bot.end(cycle);
    expect(bot.result).toEqual({ a: '12', b: '11', hold: 'no order', later: 'no order' });
  });
});

describe('repeats', () => {
  test('in a fixed window the first goes, the others do not, and never one with an order is held back', () => {
    const bot = new Bot({ collapseRepeatsMillis: 60_000 });
    const hold = (id: string, more: Partial<SpanSpec> = {}): void => {
      bot.run([entry(id, { parent: undefined, output: '{"a":"HOLD"}', ...more })], undefined, id);
    };
    hold('1');
    bot.tick(30_000);
    hold('2');
    hold('3', { order: ['11'] });
    hold('4', { explanation: 'new reason' });
    bot.tick(30_000);
    hold('5');
    expect([...bot.outcomes.values()]).toEqual(['no order', 'repeat', '11', 'no order', 'no order']);
  });
});

describe('bounds', () => {
  test('on overflow the oldest trace is released, and nothing is lost', () => {
    const bot = new Bot({ maxBytes: 200_000 });
    for (let at = 0; at < 50; at += 1) {
      bot.start(cycle, `t${at}`);
      bot.run(
        [{ id: 'c', role: 'call', parent: 'cycle', stage: 'x', input: 'i'.repeat(10_000) }],
        undefined,
        `t${at}`,
      );
    }
    expect(bot.outcomes.size).toBeGreaterThan(30);
    expect(bot.outcomes.has('t0/c')).toBe(true);
    expect(bot.outcomes.has('t49/c')).toBe(false);
    bot.tick(WINDOW);
    expect(bot.outcomes.size).toBe(50);
  });

  test('spans that never end do not hold memory for ever, and entries beside them still go', () => {
    const bot = new Bot({ maxBytes: 1_000_000 });
    for (let at = 0; at < 20_000; at += 1) bot.start({ id: `open${at}` }, `t${at}`);
    bot.run([cycle, entry('d')], undefined, 'last');
    expect(bot.result).toEqual({ 'last/d': 'no order' });
  });
});
