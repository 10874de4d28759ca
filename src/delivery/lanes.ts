import type { OpenEntry, Slot } from '../journal/journal';
import { createSlotHeap, grownLength, NOWHERE } from './slot-heap';

/** WEEX wants a log within a minute of the decision. */
export const DEADLINE_MILLIS = 60_000;
/** Beyond it the wall clock was set; below, the two clocks are read at slightly different moments. */
const CLOCK_JUMP_MILLIS = 1_000;

/** More room than this is given back once nothing is pending. */
const KEPT_WHEN_EMPTY = 4_096;

const LINKED = 1;
const IN_GROUP = 2;
const PENDING = 4;
const RESTING = 8;
const BACKLOG = 16;

/**
 * Which entry goes next. All times but `wallMillis` are on the clock that never jumps: the machine's clock is
 * read once, when an entry comes in, to learn how much of its minute is left.
 *
 *   add --> urgent --deadline passed--> backlog
 *            |   <------------------------ |        urgent: earliest deadline first; backlog: oldest first
 *            +----------- next() ----------+        when both have work they take turns
 *                           |
 *                          out --rest()--> resting --time has come, wakeAll()--> urgent or backlog
 *                           |
 *                        settled()
 *
 * A pending entry costs 21 bytes here, all in typed arrays; a resting one, which has attempts behind it, an
 * entry of a map as well.
 */
export interface Lanes {
  /** How many are not settled, those that are out included. */
  readonly pending: number;
  /** The group's members are taken in this order, at the earliest deadline among them. */
  add(group: readonly OpenEntry[], nowMillis: number, wallMillis: number): void;
  has(slot: Slot): boolean;
  /** Whether there is one to take that does not rest. */
  ready(nowMillis: number): boolean;
  /** Takes the next entry out, never one that rests. */
  next(nowMillis: number): Slot | undefined;
  /** Takes out the one that has rested longest or is due soonest. */
  nextResting(): Slot | undefined;
  /** Lays an entry that is out aside until then. */
  rest(slot: Slot, untilMillis: number): void;
  /** Ends every rest. */
  wakeAll(): void;
  /** When the next rest ends. */
  nextWakeAt(): number | undefined;
  /** An entry has got its order id: first among those with the same deadline. */
  linked(slot: Slot): void;
  /** Ends the entry, which is out; the slot may be used again. */
  settled(slot: Slot): void;
  /** A number that is higher for entries added later; counts around, so compare by `addedUpTo`. */
  readonly lastAdded: number;
  addedUpTo(slot: Slot, lastAdded: number): boolean;
  /** The deadline of the entry that has the least time left, for those that are not out. */
  earliestDeadline(): number | undefined;
  deadlineOf(slot: Slot): number;
}

export function createLanes(): Lanes {
  // Indexed by slot.
  let deadlines = new Float64Array(0);
  let order = new Int32Array(0);
  let flags = new Uint8Array(0);
  const places = { at: new Int32Array(0) };
  const restUntil = new Map<Slot, number>();

  let keptOffset: number | undefined;
  let pending = 0;
  let added = 0;
  let backlogsTurn = false;

  const deadlineOf = (slot: Slot): number => deadlines[slot] ?? 0;
  const flagsOf = (slot: Slot): number => flags[slot] ?? 0;
  // Counts around after 2 ** 32 entries, so the difference decides.
  const orderOf = (slot: Slot): number => order[slot] ?? 0;
  const addedBefore = (a: Slot, b: Slot): boolean => ((orderOf(a) - orderOf(b)) | 0) < 0;

  const urgent = createSlotHeap(places, (a, b) => {
    const difference = deadlineOf(a) - deadlineOf(b);
    if (difference !== 0) return difference < 0;
    const linked = (flagsOf(b) & LINKED) - (flagsOf(a) & LINKED);
    return linked === 0 ? addedBefore(a, b) : linked < 0;
  });
  const backlog = createSlotHeap(places, (a, b) => {
    const difference = deadlineOf(a) - deadlineOf(b);
    return difference === 0 ? addedBefore(a, b) : difference < 0;
  });
  const resting = createSlotHeap(places, (a, b) => {
    const difference = (restUntil.get(a) ?? 0) - (restUntil.get(b) ?? 0);
    return difference === 0 ? addedBefore(a, b) : difference < 0;
  });

  function reserve(slot: Slot): void {
    if (slot < flags.length) return;
    const length = grownLength(flags.length, slot + 1);
    const next = {
      deadlines: new Float64Array(length),
      order: new Int32Array(length),
      flags: new Uint8Array(length),
      places: new Int32Array(length).fill(NOWHERE),
    };
    next.deadlines.set(deadlines);
    next.order.set(order);
    next.flags.set(flags);
    next.places.set(places.at);
    deadlines = next.deadlines;
    order = next.order;
    flags = next.flags;
    places.at = next.places;
  }

  function intoLane(slot: Slot, backlogged: boolean): void {
    flags[slot] = (flagsOf(slot) & ~(RESTING | BACKLOG)) | (backlogged ? BACKLOG : 0);
    (backlogged ? backlog : urgent).push(slot);
  }

  function wake(slot: Slot): void {
    restUntil.delete(slot);
    // Into the urgent lane in any case: the next pick moves it on if its minute is over.
    intoLane(slot, false);
  }

  function moveOn(nowMillis: number): void {
    for (let slot = resting.top(); slot !== undefined; slot = resting.top()) {
      if ((restUntil.get(slot) ?? 0) > nowMillis) break;
      resting.pop();
      wake(slot);
    }
    for (let slot = urgent.top(); slot !== undefined; slot = urgent.top()) {
      if (deadlineOf(slot) > nowMillis) break;
      urgent.pop();
      intoLane(slot, true);
    }
  }

  /**
   * What the wall clock shows above the monotonic one, whole and kept as long as it holds: entries that ended at
   * the same time have the very same deadline then.
   */
  function offsetNow(nowMillis: number, wallMillis: number): number {
    const offset = Math.round(wallMillis - nowMillis);
    if (keptOffset === undefined || Math.abs(offset - keptOffset) > CLOCK_JUMP_MILLIS) keptOffset = offset;
    return keptOffset;
  }

  return {
    get pending() {
      return pending;
    },
    get lastAdded() {
      return added;
    },
    addedUpTo: (slot, lastAdded) => ((orderOf(slot) - lastAdded) | 0) <= 0,
    deadlineOf,
    has: (slot) => (flagsOf(slot) & PENDING) !== 0,
    add(group, nowMillis, wallMillis) {
      const offset = offsetNow(nowMillis, wallMillis);
      let deadline = Number.POSITIVE_INFINITY;
      let linked = 0;
      for (const entry of group) {
        // An end that lies in the future is a clock that was set back: the minute is whole, not hours long.
        const ended = Math.min(entry.endedMillis || 0, wallMillis);
        deadline = Math.min(deadline, ended - offset + DEADLINE_MILLIS);
        if (entry.linked) linked = LINKED;
      }
      const shared = PENDING | linked | (group.length > 1 ? IN_GROUP : 0);
      for (const { slot } of group) {
        reserve(slot);
        if ((flagsOf(slot) & PENDING) !== 0) continue;
        added = (added + 1) | 0;
        pending += 1;
        deadlines[slot] = deadline;
        order[slot] = added;
        flags[slot] = shared;
        intoLane(slot, deadline <= nowMillis);
      }
    },
    ready(nowMillis) {
      moveOn(nowMillis);
      return urgent.size + backlog.size > 0;
    },
    next(nowMillis) {
      moveOn(nowMillis);
      if (urgent.size === 0) return backlog.pop();
      if (backlog.size === 0) return urgent.pop();
      backlogsTurn = !backlogsTurn;
      return backlogsTurn ? urgent.pop() : backlog.pop();
    },
    nextResting() {
      const slot = resting.pop();
      if (slot === undefined) return undefined;
      restUntil.delete(slot);
      flags[slot] = flagsOf(slot) & ~RESTING;
      return slot;
    },
    rest(slot, untilMillis) {
      restUntil.set(slot, untilMillis);
      flags[slot] = (flagsOf(slot) & ~BACKLOG) | RESTING;
      resting.push(slot);
    },
    wakeAll() {
      for (let slot = resting.pop(); slot !== undefined; slot = resting.pop()) wake(slot);
    },
    nextWakeAt() {
      const slot = resting.top();
      return slot === undefined ? undefined : restUntil.get(slot);
    },
    linked(slot) {
      const known = flagsOf(slot);
      // In a group the order of the trace stands: its entries are tried as they were made.
      if ((known & PENDING) === 0 || (known & IN_GROUP) !== 0) return;
      flags[slot] = known | LINKED;
      const waits = (places.at[slot] ?? NOWHERE) !== NOWHERE;
      if (waits && (known & (RESTING | BACKLOG)) === 0) urgent.raised(slot);
    },
    settled(slot) {
      if ((flagsOf(slot) & PENDING) === 0) return;
      flags[slot] = 0;
      pending -= 1;
      if (pending === 0 && flags.length > KEPT_WHEN_EMPTY) {
        deadlines = new Float64Array(0);
        order = new Int32Array(0);
        flags = new Uint8Array(0);
        places.at = new Int32Array(0);
      }
    },
    earliestDeadline() {
      let earliest: number | undefined;
      for (const slot of [urgent.top(), backlog.top(), ...restUntil.keys()]) {
        if (slot === undefined) continue;
        earliest = Math.min(earliest ?? Number.POSITIVE_INFINITY, deadlineOf(slot));
      }
      return earliest;
    },
  };
}
