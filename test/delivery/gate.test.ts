import { beforeEach, describe, expect, test } from 'vitest';
import type { Words } from '../../src/delivery/classify.js';
import { type Answered, createGate, type Gate, type GateChange } from '../../src/delivery/gate.js';

const WALL = 1_700_000_000_000;
const words = (weexCode: string | undefined, httpStatus = 400): Words => ({
  httpStatus,
  weexCode,
  reason: `refused with ${weexCode}`,
});

let gate: Gate;
let now: number;

beforeEach(() => {
  gate = createGate(() => 0);
  now = 10_000;
});

/** An answer now, to an attempt begun a little before. */
const answered = (slot: number, begunMillis = now - 1): Answered => ({
  slot,
  begunMillis,
  nowMillis: now,
  wallMillis: WALL + now,
});
const kinds = (changes: readonly GateChange[]): string[] => changes.map((change) => change.kind);
const fail = (slot: number, failure: 'network' | 'server' | 'rate-limit' = 'network'): string[] =>
  kinds(gate.failed(answered(slot), failure, 'ECONNREFUSED'));
const hold = (slot: number): string => {
  const { fate, changes } = gate.held(answered(slot), words('40012'));
  return [fate, ...kinds(changes)].join(' ');
};
const refuse = (slot: number, code = '98765', known = false): string => {
  const { fate, changes } = gate.refused(answered(slot), words(code), known);
  return [fate, ...kinds(changes)].join(' ');
};
const accept = (slot: number): string[] => kinds(gate.accepted(answered(slot)));

/** Goes on to the next probe and returns how long that took. */
function toNextProbe(slot: number): number {
  const admission = gate.admission(now);
  const from = now;
  if (admission.kind === 'wait') now = admission.untilMillis ?? Number.NaN;
  expect(gate.admission(now).kind).toBe('probe');
  gate.probeBegun(slot);
  now += 10;
  return now - 10 - from;
}

describe('the breaker', () => {
  test('opens at five failures of one kind in a row', () => {
    expect([1, 2, 3, 4].flatMap((slot) => fail(slot))).toEqual([]);
    expect(gate.admission(now).kind).toBe('open');
    expect(fail(5)).toEqual(['down']);
    expect(gate.down).toBe('network');
  });

  test('counts anew after another kind, and after any answer', () => {
    for (let slot = 0; slot < 4; slot += 1) fail(slot);
    for (let slot = 0; slot < 4; slot += 1) expect(fail(slot, 'server')).toEqual([]);
    gate.reached(answered(9));
    for (let slot = 0; slot < 4; slot += 1) expect(fail(slot, 'server')).toEqual([]);
    expect(fail(4, 'server')).toEqual(['down']);
  });

  test('lets one probe out at a time, after 1 s doubling to 60 s', () => {
    for (let slot = 0; slot < 5; slot += 1) fail(slot);
    const waits: number[] = [];
    for (let probe = 0; probe < 9; probe += 1) {
      waits.push(toNextProbe(probe));
      expect(gate.admission(now)).toEqual({ kind: 'wait', untilMillis: undefined });
      fail(probe);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test('spreads the probes of bots that went down together', () => {
    gate = createGate(() => 0.5);
    for (let slot = 0; slot < 5; slot += 1) fail(slot);
    toNextProbe(1);
    fail(1);
    expect(toNextProbe(2)).toBe(1_800);
  });

  test('closes with any answer, a refusal too', () => {
    for (const answer of [
      () => accept(1),
      () => refuse(1, '40020', true).split(' ').slice(1),
      () => kinds(gate.letIn(answered(1))),
      () => kinds(gate.reached(answered(1))),
    ]) {
      for (let slot = 0; slot < 5; slot += 1) fail(slot);
      toNextProbe(1);
      expect(answer()).toEqual(['recovered']);
      expect(gate.admission(now).kind).toBe('open');
    }
  });

  test('becomes a pause when the first answer is a hold', () => {
    for (let slot = 0; slot < 5; slot += 1) fail(slot);
    toNextProbe(1);
    expect(hold(1)).toBe('kept recovered paused');
  });

  test('does not take stragglers for probes', () => {
    for (let slot = 0; slot < 5; slot += 1) fail(slot);
    fail(6);
    fail(7);
    expect(toNextProbe(1)).toBe(1_000);
  });

  test('lets a fresh entry be the next probe soon, as long as one entry alone has failed', () => {
    for (let time = 0; time < 5; time += 1) fail(1);
    for (let probe = 0; probe < 5; probe += 1) {
      toNextProbe(1);
      fail(1);
    }
    now += 10_000;
    gate.freshEntry(now);
    expect(toNextProbe(2)).toBe(0);
    fail(2);
    gate.freshEntry(now);
    expect(toNextProbe(3)).toBe(60_000);
  });
});

describe('a pause', () => {
  test('begins with a hold, is told once and keeps the entries', () => {
    expect(hold(1)).toBe('kept paused');
    expect(hold(2)).toBe('kept');
    expect(gate.paused).toEqual({
      sinceMillis: WALL + 10_000,
      reason: 'refused with 40012',
      weexCode: '40012',
    });
  });

  test('is probed after 5 s, doubling, at most 60 s in the first 20 minutes, then 5 minutes', () => {
    hold(1);
    const waits: number[] = [];
    for (let probe = 0; probe < 27; probe += 1) {
      waits.push(toNextProbe(probe));
      hold(probe);
    }
    expect(waits.slice(0, 6)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    const sums = waits.map((_, index) => waits.slice(0, index + 1).reduce((a, b) => a + b));
    for (const [index, sum] of sums.entries()) {
      if (sum < 20 * 60_000) expect(waits[index]).toBeLessThanOrEqual(60_000);
    }
    expect(waits.slice(-4)).toEqual([120_000, 240_000, 300_000, 300_000]);
  });

  test('goes on when a probe fails on the way', () => {
    hold(1);
    expect(toNextProbe(2)).toBe(5_000);
    expect(fail(2)).toEqual([]);
    expect(toNextProbe(3)).toBe(10_000);
  });

  test('ends when what was sent in it is accepted', () => {
    hold(1);
    toNextProbe(2);
    const changes = gate.accepted(answered(2));
    expect(changes).toEqual([{ kind: 'resumed', pausedMillis: 5_010 }]);
    expect(gate.admission(now).kind).toBe('open');
  });

  test('does not end when what was sent before it is accepted', () => {
    hold(1);
    expect(kinds(gate.accepted(answered(2, now - 5_000)))).toEqual([]);
    expect(gate.paused).toBeDefined();
  });

  test('that a hold began ends with a refusal that shows that the account is let in', () => {
    hold(1);
    toNextProbe(2);
    expect(refuse(2, '40020', true)).toBe('rejected resumed');
  });

  test('does not end with a refusal that nobody knows', () => {
    hold(1);
    toNextProbe(2);
    expect(refuse(2)).toBe('kept');
    expect(toNextProbe(3)).toBe(10_000);
  });

  test('of an earlier process goes on', () => {
    gate.adopt({ sinceMillis: WALL - 3_600_000, reason: 'key', weexCode: '40006' }, now, WALL);
    expect(gate.pauseState(now, WALL)).toEqual({
      since: WALL - 3_600_000,
      reason: 'key',
      nextProbeAt: WALL + 5_000,
    });
    expect(toNextProbe(1)).toBe(5_000);
    hold(1);
    for (let probe = 0; probe < 8; probe += 1) {
      toNextProbe(probe);
      hold(probe);
    }
    expect(toNextProbe(1)).toBe(300_000);
  });

  test('of another process begins and ends here as well', () => {
    expect(kinds(gate.adopt({ sinceMillis: WALL, reason: 'key', weexCode: undefined }, now, WALL))).toEqual([
      'paused',
    ]);
    expect(kinds(gate.adopt(undefined, now, WALL))).toEqual(['resumed']);
    expect(kinds(gate.adopt(undefined, now, WALL))).toEqual([]);
  });

  test('lets a fresh entry be the next probe soon, as long as one entry alone was held', () => {
    hold(1);
    for (let probe = 0; probe < 5; probe += 1) {
      toNextProbe(1);
      hold(1);
    }
    now += 20_000;
    gate.freshEntry(now);
    expect(toNextProbe(2)).toBe(0);
    hold(2);
    gate.freshEntry(now);
    expect(toNextProbe(3)).toBe(60_000);
  });
});

describe('the entry that caused a pause', () => {
  test('is rejected if it is held once more after another one was accepted', () => {
    hold(1);
    toNextProbe(2);
    accept(2);
    expect(hold(1)).toBe('rejected');
    expect(gate.paused).toBeUndefined();
  });

  test('is good again if the key was repaired', () => {
    hold(1);
    toNextProbe(2);
    accept(2);
    accept(1);
    gate.forget(1);
    expect(hold(1)).toBe('kept paused');
  });

  test('pauses again if nothing has been accepted for a while', () => {
    hold(1);
    toNextProbe(2);
    accept(2);
    now += 61_000;
    expect(hold(1)).toBe('kept paused');
  });

  test('is not blamed for what others suffer as well', () => {
    hold(1);
    toNextProbe(2);
    accept(2);
    expect(hold(3)).toBe('kept paused');
    expect(hold(1)).toBe('kept');
  });

  test('is not mistaken for the next entry in its slot', () => {
    hold(1);
    toNextProbe(2);
    accept(2);
    hold(1);
    gate.forget(1);
    expect(hold(1)).toBe('kept paused');
  });
});

describe('refusals in a row', () => {
  test('pause at the third with one unknown code, which is kept', () => {
    expect([refuse(1), refuse(2), refuse(3)]).toEqual(['rejected', 'rejected', 'kept paused']);
    expect(gate.paused?.reason).toBe(
      '3 entries in a row were refused, the last one with: refused with 98765',
    );
  });

  test('do not pause with codes that differ, or that are known', () => {
    const fates = [refuse(1, 'a'), refuse(2, 'b'), refuse(3, 'a'), refuse(4, 'b')];
    for (let slot = 5; slot < 15; slot += 1) fates.push(refuse(slot, '40020', true));
    expect(new Set(fates)).toEqual(new Set(['rejected']));
  });

  test('pause at the twentieth of any kind', () => {
    for (let slot = 1; slot < 20; slot += 1) expect(refuse(slot, `4002${slot % 2}`, true)).toBe('rejected');
    expect(refuse(20, '40020', true)).toBe('kept paused');
  });

  test('begin anew with every acceptance', () => {
    refuse(1);
    refuse(2);
    accept(3);
    expect([refuse(4), refuse(5)]).toEqual(['rejected', 'rejected']);
  });

  test('pause until something is accepted: no refusal ends it or costs an entry', () => {
    for (let slot = 1; slot <= 3; slot += 1) refuse(slot);
    toNextProbe(4);
    expect(refuse(4, '40020', true)).toBe('kept');
    toNextProbe(5);
    expect(kinds(gate.letIn(answered(5)))).toEqual([]);
    toNextProbe(6);
    expect(accept(6)).toEqual(['resumed']);
    expect(refuse(3)).toBe('rejected');
  });
});

describe('Retry-After', () => {
  test('stops everything for its time, probes too', () => {
    gate.holdOff(now + 30_000);
    expect(gate.admission(now)).toEqual({ kind: 'wait', untilMillis: now + 30_000 });
    hold(1);
    expect(gate.admission(now + 10_000)).toEqual({ kind: 'wait', untilMillis: now + 30_000 });
    expect(gate.admission(now + 30_000).kind).toBe('probe');
  });
});
