import { cutString } from './cut-strings';
import { type JsonRange, replaceRanges, waterLevel } from './json-range';
import { type JsonMember, membersOf, stringEnd, valueEnd } from './json-scan';

/** Any marker is shorter, with its key, quotes and comma. */
const MARKER_BYTES = 48;
/** A member that gets less is left out rather than cut. */
const SMALLEST_MEMBER_BYTES = 64;
/** Below this level a container is kept whole or left out whole. */
const DEEPEST = 64;
/** Up to so many members all stay and the longest are cut; of more, those that stand first stay. */
const MOST_LEVELLED_ITEMS = 32;
const MOST_LEVELLED_KEYS = 1_000;
/** The ends of longer containers are found once and remembered, so that no level scans them again. */
const LONG_CONTAINER = 1_024;

/** Leaves elements and keys out of the values at `ranges`, so that the whole gets `excessBytes` shorter. */
export function fitMembers(json: string, ranges: readonly JsonRange[], excessBytes: number): string {
  const cutter = new Cutter(json);
  const sizes = ranges.map((range) => cutter.bytes(range.start, range.end));
  const level = waterLevel(sizes, excessBytes, SMALLEST_MEMBER_BYTES);
  return replaceRanges(
    json,
    ranges,
    ranges.map((range) => cutter.fit(range, level, 0)),
  );
}

class Cutter {
  readonly #json: string;
  readonly #isAscii: boolean;
  readonly #ends: ReadonlyMap<number, number>;

  constructor(json: string) {
    this.#json = json;
    this.#isAscii = Buffer.byteLength(json) === json.length;
    this.#ends = longContainerEnds(json);
  }

  bytes(start: number, end: number): number {
    return this.#isAscii ? end - start : Buffer.byteLength(this.#json.slice(start, end));
  }

  /** The value at `range` in at most `most` bytes, and never fewer than a marker takes. */
  fit({ start, end }: JsonRange, most: number, depth: number): string {
    if (this.bytes(start, end) <= most) return this.#json.slice(start, end);
    const first = this.#json[start];
    if (first === '"' && most >= SMALLEST_MEMBER_BYTES) return cutString(this.#json, { start, end }, most);
    if (depth < DEEPEST && (first === '{' || first === '[')) return this.#container(start, most, depth + 1);
    return `"… [cut: ${end - start} characters]"`;
  }

  #members(open: number): Iterable<JsonMember> {
    return membersOf(this.#json, open, (json, from) => this.#ends.get(from) ?? valueEnd(json, from));
  }

  #container(open: number, most: number, depth: number): string {
    const isObject = this.#json[open] === '{';
    const mostLevelled = isObject ? MOST_LEVELLED_KEYS : MOST_LEVELLED_ITEMS;
    const members: JsonMember[] = [];
    for (const member of this.#members(open)) {
      members.push(member);
      if (members.length > mostLevelled) break;
    }
    const room = most - 2 - MARKER_BYTES;
    const { kept, cut } =
      members.length > mostLevelled ? this.#first(open, room, depth) : this.#levelled(members, room, depth);
    if (isObject) {
      if (cut > 0) kept.push(`"${unusedKey(kept)}":"[cut: ${cut} keys]"`);
      return `{${kept.join(',')}}`;
    }
    if (cut > 0) kept.push(`"… [cut: ${cut} items]"`);
    return `[${kept.join(',')}]`;
  }

  /** All members, the longest cut to one length; if there are too many for that, those that fit. */
  #levelled(members: readonly JsonMember[], room: number, depth: number): Kept {
    const sizes = members.map(({ keyStart, end }) => this.bytes(keyStart, end) + 1);
    const excess = sizes.reduce((sum, size) => sum + size, 0) - room;
    const level = waterLevel(sizes, excess, SMALLEST_MEMBER_BYTES);
    const kept: string[] = [];
    let left = room;
    for (const member of members) {
      const text = this.#member(member, Math.min(level, left), depth);
      if (text === undefined) continue;
      kept.push(text);
      left -= Buffer.byteLength(text) + 1;
    }
    return { kept, cut: members.length - kept.length };
  }

  /** Members from the first on; one that takes much of the room is cut itself, to leave some for the rest. */
  #first(open: number, room: number, depth: number): Kept {
    const kept: string[] = [];
    let left = room;
    let cut = 0;
    for (const member of this.#members(open)) {
      const size = this.bytes(member.keyStart, member.end) + 1;
      const isBig = size > room / 4;
      const text =
        cut > 0 || (size > left && !isBig) ? undefined : this.#member(member, isBig ? left / 2 : left, depth);
      if (text === undefined) {
        cut += 1;
      } else {
        kept.push(text);
        left -= Buffer.byteLength(text) + 1;
      }
    }
    return { kept, cut };
  }

  /** The member, key and comma included, in at most `most` bytes; `undefined` when that is too little. */
  #member({ keyStart, keyEnd, start, end }: JsonMember, most: number, depth: number): string | undefined {
    if (this.bytes(keyStart, end) + 1 <= most) return this.#json.slice(keyStart, end);
    const key = keyEnd > keyStart ? `${this.#json.slice(keyStart, keyEnd)}:` : '';
    const forValue = Math.floor(most) - 1 - Buffer.byteLength(key);
    return forValue < MARKER_BYTES ? undefined : key + this.fit({ start, end }, forValue, depth);
  }
}

interface Kept {
  readonly kept: string[];
  readonly cut: number;
}

function unusedKey(members: readonly string[]): string {
  let key = '…';
  while (members.some((member) => member.startsWith(`"${key}"`))) key += '…';
  return key;
}

function longContainerEnds(json: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  let depth = 0;
  for (let at = 0; at < json.length; ) {
    const code = json.charCodeAt(at);
    if (code === 0x22) {
      at = stringEnd(json, at);
      continue;
    }
    // Brackets and braces differ in one bit.
    if ((code | 0x20) === 0x7b) {
      if (depth <= DEEPEST) open[depth] = at;
      depth += 1;
    } else if ((code | 0x20) === 0x7d) {
      depth -= 1;
      const start = open[depth] ?? 0;
      if (depth <= DEEPEST && at - start >= LONG_CONTAINER) ends.set(start, at + 1);
    }
    at += 1;
  }
  return ends;
}
