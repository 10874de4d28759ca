import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanes, DEADLINE_MILLIS, type Lanes } from '../../src/delivery/lanes.js';
import { createSlotHeap } from '../../src/delivery/slot-heap.js';
import type { OpenEntry } from '../../src/journal/journal.js';

const WALL = Date.UTC(2026, 10, 22, 12);
const NOW = 1_000_000;

const entry = (slot: number, agoMillis: number, linked = false): OpenEntry => ({
  slot,
  startedMillis: WALL - agoMillis - 500,
  endedMillis: WALL - agoMillis,
  linked,
});

function drain(lanes: Lanes, nowMillis = NOW): number[] {
  const order: number[] = [];
  for (let slot = lanes.next(nowMillis); slot !== undefined; slot = lanes.next(nowMillis)) order.push(slot);
  return order;
}

describe('the urgent lane', () => {
  test('gives the earliest deadline first', () => {
    const lanes = createLanes();
    for (const [slot, ago] of [
      [1, 10_000],
      [2, 30_000],
      [3, 20_000],
    ] as const) {
      lanes.add([entry(slot, ago)], NOW, WALL);
    }
    expect(drain(lanes)).toEqual([2, 3, 1]);
  });

  test('gives entries with an order before others of the same deadline, and those that came first', () => {
    const lanes = createLanes();
    for (const slot of [1, 2, 3]) lanes.add([entry(slot, 5_000)], NOW, WALL);
    lanes.add([entry(4, 5_000, true)], NOW, WALL);
    expect(drain(lanes)).toEqual([4, 1, 2, 3]);
  });

  test('lets an entry go first that has got its order id meanwhile', () => {
    const lanes = createLanes();
    for (const slot of [1, 2, 3]) lanes.add([entry(slot, 5_000)], NOW, WALL);
    lanes.linked(3);
    lanes.linked(99);
    expect(drain(lanes)).toEqual([3, 1, 2]);
  });

  test('takes the entries of a trace in the order given, at the earliest deadline among them', () => {
    const lanes = createLanes();
    lanes.add([entry(1, 20_000)], NOW, WALL);
    // The span that started first ended last.
    lanes.add([entry(7, 1_000), entry(5, 40_000), entry(6, 10_000, true)], NOW, WALL);
    lanes.linked(6);
    expect(drain(lanes)).toEqual([7, 5, 6, 1]);
  });

  test('keeps what is out of the future from waiting for hours', () => {
    const lanes = createLanes();
    lanes.add([entry(1, -7_200_000)], NOW, WALL);
    lanes.add([entry(2, 0)], NOW + 1, WALL);
    expect(drain(lanes, NOW + 1)).toEqual([1, 2]);
    expect(lanes.deadlineOf(1)).toBe(NOW + DEADLINE_MILLIS);
  });
});

describe('the backlog', () => {
  test('gives the oldest first', () => {
    const lanes = createLanes();
    for (const [slot, ago] of [
      [1, 70_000],
      [2, 7_000_000],
      [3, 100_000],
    ] as const) {
      lanes.add([entry(slot, ago)], NOW, WALL);
    }
    expect(drain(lanes)).toEqual([2, 3, 1]);
  });

  test('takes turns with the urgent lane while both have work, and all the places otherwise', () => {
    const lanes = createLanes();
    for (let slot = 0; slot < 6; slot += 1) lanes.add([entry(slot, 100_000 - slot)], NOW, WALL);
    for (let slot = 10; slot < 13; slot += 1) lanes.add([entry(slot, 1_000 - slot)], NOW, WALL);
    expect(drain(lanes)).toEqual([10, 0, 11, 1, 12, 2, 3, 4, 5]);
  });

  test('takes over what has missed its minute', () => {
    const lanes = createLanes();
    lanes.add([entry(1, 59_000)], NOW, WALL);
    lanes.add([entry(2, 0)], NOW, WALL);
    lanes.add([entry(3, 90_000)], NOW, WALL);
    expect(drain(lanes, NOW + 2_000)).toEqual([2, 3, 1]);
  });
});

describe('a resting entry', () => {
  test('does not hold back the others and comes back in its old place', () => {
    const lanes = createLanes();
    lanes.add([entry(1, 30_000)], NOW, WALL);
    lanes.add([entry(2, 20_000)], NOW, WALL);
    lanes.add([entry(3, 10_000)], NOW, WALL);
    expect(lanes.next(NOW)).toBe(1);
    lanes.rest(1, NOW + 500);
    expect(lanes.nextWakeAt()).toBe(NOW + 500);
    expect(lanes.next(NOW + 499)).toBe(2);
    expect(lanes.next(NOW + 500)).toBe(1);
    expect(lanes.nextWakeAt()).toBeUndefined();
  });

  test('is the last that a probe takes, the longest rested first', () => {
    const lanes = createLanes();
    for (const slot of [1, 2, 3]) lanes.add([entry(slot, 1_000)], NOW, WALL);
    for (const slot of [1, 2]) {
      lanes.next(NOW);
      lanes.rest(slot, NOW + 1e10 + slot);
    }
    expect([lanes.next(NOW), lanes.nextResting(), lanes.nextResting(), lanes.nextResting()]).toEqual([
      3,
      1,
      2,
      undefined,
    ]);
  });

  test('is there again once all are woken', () => {
    const lanes = createLanes();
    for (const slot of [1, 2]) lanes.add([entry(slot, 1_000)], NOW, WALL);
    for (const slot of [1, 2]) {
      lanes.next(NOW);
      lanes.rest(slot, NOW + 1e10);
    }
    expect(lanes.ready(NOW)).toBe(false);
    lanes.wakeAll();
    expect(lanes.ready(NOW)).toBe(true);
    expect(drain(lanes)).toEqual([1, 2]);
  });
});

describe('what is pending', () => {
  test('counts an entry until it is settled, and its slot can be used again', () => {
    const lanes = createLanes();
    lanes.add([entry(3, 1_000)], NOW, WALL);
    lanes.add([entry(3, 1_000)], NOW, WALL);
    expect(lanes.pending).toBe(1);
    lanes.next(NOW);
    expect([lanes.pending, lanes.has(3)]).toEqual([1, true]);
    lanes.settled(3);
    lanes.settled(3);
    expect([lanes.pending, lanes.has(3)]).toEqual([0, false]);
    lanes.add([entry(3, 500)], NOW, WALL);
    expect(drain(lanes)).toEqual([3]);
  });

  test('knows the earliest deadline, resting ones included', () => {
    const lanes = createLanes();
    expect(lanes.earliestDeadline()).toBeUndefined();
    lanes.add([entry(1, 100_000)], NOW, WALL);
    lanes.add([entry(2, 1_000)], NOW, WALL);
    expect(lanes.earliestDeadline()).toBe(NOW - 40_000);
    lanes.rest(lanes.nextResting() ?? lanes.next(NOW) ?? -1, NOW + 1e10);
    lanes.rest(lanes.next(NOW) ?? -1, NOW + 1e10);
    expect(lanes.earliestDeadline()).toBe(NOW - 40_000);
  });

  test('tells what was there before from what came later', () => {
    const lanes = createLanes();
    lanes.add([entry(1, 0), entry(2, 0)], NOW, WALL);
    const mark = lanes.lastAdded;
    lanes.add([entry(3, 0)], NOW, WALL);
    expect([1, 2, 3].map((slot) => lanes.addedUpTo(slot, mark))).toEqual([true, true, false]);
  });

  test('costs well under 60 bytes for each of a million, and is given back', () => {
    const count = 1_000_000;
    const lanes = createLanes();
    const shared = { slot: 0, startedMillis: 0, endedMillis: 0, linked: false };
    const before = process.memoryUsage();
    for (let slot = 0; slot < count; slot += 1) {
      shared.slot = slot;
      shared.endedMillis = WALL - 3_600_000 + slot;
      lanes.add([shared], NOW, WALL);
    }
    const after = process.memoryUsage();
    expect((after.arrayBuffers - before.arrayBuffers) / count).toBeLessThan(40);
    let last = -1;
    for (let taken = 0; taken < count; taken += 1) {
      const slot = lanes.next(NOW) ?? -1;
      if (slot !== last + 1) throw new Error(`expected slot ${last + 1}, got ${slot}`);
      last = slot;
      lanes.settled(slot);
    }
    expect(lanes.pending).toBe(0);
    lanes.add([entry(0, 0)], NOW, WALL);
    expect(drain(lanes)).toEqual([0]);
  });
});

describe('a heap of slots', () => {
  test('gives slots in the order of their keys, whatever is pushed, popped and raised', () => {
    const operation = fc.record({
      kind: fc.constantFrom('push', 'push', 'pop', 'raise'),
      slot: fc.nat(40),
      key: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
        const keys = new Map<number, number>();
        const places = { at: new Int32Array(41).fill(-1) };
        const before = (a: number, b: number): boolean =>
          (keys.get(a) ?? 0) - (keys.get(b) ?? 0) < 0 || (keys.get(a) === keys.get(b) && a < b);
        const heap = createSlotHeap(places, before);
        const model = new Set<number>();
        const smallest = (): number | undefined => [...model].sort((a, b) => (before(a, b) ? -1 : 1))[0];
        for (const { kind, slot, key } of operations) {
          if (kind === 'push' && !model.has(slot)) {
            keys.set(slot, key);
            model.add(slot);
            heap.push(slot);
          } else if (kind === 'pop') {
            const expected = smallest();
            expect(heap.pop()).toBe(expected);
            if (expected !== undefined) model.delete(expected);
          } else if (kind === 'raise' && model.has(slot)) {
            keys.set(slot, (keys.get(slot) ?? 0) - key);
            heap.raised(slot);
          }
          expect([heap.size, heap.top()]).toEqual([model.size, smallest()]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
