import type { Slot } from '../journal/journal';

const FIRST_CAPACITY = 64;

/** Where each slot stands in the one heap that holds it; shared by heaps that never hold the same slot. */
export interface Places {
  at: Int32Array;
}

export const NOWHERE = -1;

/** A binary heap of slots. Whoever orders them keeps their keys; a slot costs four bytes here. */
export interface SlotHeap {
  readonly size: number;
  top(): Slot | undefined;
  push(slot: Slot): void;
  pop(): Slot | undefined;
  /** The slot's key now sorts earlier than before. It has to be in this heap. */
  raised(slot: Slot): void;
}

export function createSlotHeap(places: Places, before: (a: Slot, b: Slot) => boolean): SlotHeap {
  let heap = new Int32Array(FIRST_CAPACITY);
  let size = 0;

  // Invariant: heap[0..size) is the heap, and places.at[heap[i]] === i.
  const slotAt = (index: number): Slot => heap[index] ?? NOWHERE;
  const put = (slot: Slot, index: number): void => {
    heap[index] = slot;
    places.at[slot] = index;
  };

  function up(slot: Slot, from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(slot, slotAt(parent))) break;
      put(slotAt(parent), index);
      index = parent;
    }
    put(slot, index);
  }

  function down(slot: Slot, from: number): void {
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (child + 1 < size && before(slotAt(child + 1), slotAt(child))) child += 1;
      if (!before(slotAt(child), slot)) break;
      put(slotAt(child), index);
      index = child;
    }
    put(slot, index);
  }

  return {
    get size() {
      return size;
    },
    top: () => (size === 0 ? undefined : heap[0]),
    push(slot) {
      if (size === heap.length) heap = grown(heap, size + 1);
      size += 1;
      up(slot, size - 1);
    },
    pop() {
      if (size === 0) return undefined;
      const slot = slotAt(0);
      places.at[slot] = NOWHERE;
      size -= 1;
      if (size > 0) down(slotAt(size), 0);
      // After an outage the array is as long as the backlog was.
      if (heap.length > FIRST_CAPACITY && size < heap.length / 4) heap = heap.slice(0, heap.length >> 1);
      return slot;
    },
    raised: (slot) => up(slot, places.at[slot] ?? NOWHERE),
  };
}

/** By half and not double: a million entries should not pay for two. */
export function grownLength(length: number, needed: number): number {
  return Math.max(needed, length + (length >> 1), FIRST_CAPACITY);
}

function grown(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(grownLength(array.length, needed));
  next.set(array);
  return next;
}
