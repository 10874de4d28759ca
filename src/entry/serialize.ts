import { MOST_BYTES_HASHED } from './binary';
import { cutText } from './cut-text';
import { type JsonView, type ViewLimits, viewOf } from './json-view';
import { putKey } from './put-key';

/** Levels of objects and arrays that are kept. */
const DEEPEST = 64;
/** Values, keys' values and elements together. */
const MOST_VALUES = 100_000;
/** Characters of all strings and keys, and a little for each value: no entry on the wire or in the journal is longer. */
const MOST_CHARACTERS = 1_048_576;

/** Any marker is shorter, so a member that is begun with this much left always has room for one. */
const SMALLEST_SHARE = 64;
const CONTAINER_COST = 2;
const COMMA_COST = 1;
const KEY_COST = 4;
const NUMBER_COST = 8;
const BIGGEST_BIGINT = 2n ** 4096n;

/**
 * A copy of anything that survives `JSON.stringify` and `JSON.parse` unchanged.
 *
 * Never throws, never changes its argument, and copying a copy changes nothing.
 *
 * | given | becomes |
 * |---|---|
 * | plain objects, arrays, strings, numbers, booleans, null | the same |
 * | Date, Temporal | ISO 8601 text |
 * | bigint | a number when safe, else its digits as text |
 * | decimal.js, big.js, bignumber.js | a number when nothing is lost by it, else its exact decimal text |
 * | typed arrays | an array of numbers |
 * | Buffer, Uint8Array, ArrayBuffer, DataView, Blob | `{ mime, bytes, sha256 }` |
 * | Map | an object if all its keys are strings, else an array of pairs; Set: an array |
 * | Error | `{ name, message, cause, ... }` without its stack and without objects that hang on it |
 * | polars, danfojs and Arrow frames | an array of row objects; their columns: an array |
 * | an object with `toJSON`, URL among them | what that returns |
 * | another class instance | its own properties; without any: its text, its getters or `[ClassName]` |
 * | NaN, Infinity, -Infinity, an invalid Date | that word as text |
 * | undefined | left out of objects, null elsewhere |
 * | a function, a symbol | `[function name]`, `Symbol(name)` |
 * | what throws when it is read | `[threw: message]` |
 * | an object inside itself | `[circular]` |
 *
 * Limits hold before work is done: 64 levels, 100,000 values, 1 Mi characters. Past one, what stands first is
 * kept, and no member may take more than half of what is left, so that one huge member leaves room for the others. Each
 * cut is marked: `… [cut: 12 characters]` at the end of a text, `… [cut: 12 items]` as the last element, the key
 * `…` with `[cut: 12 keys]`, `… [cut: deeper than 64 levels]` in place of a value.
 */
export function serializeForAiLog(value: unknown): unknown {
  // Nearly everything fits, and then no share has to be worked out.
  const whole = new Copier(false);
  const copy = whole.copy(value, '', 0, newBudget());
  if (!whole.overBudget) return copy ?? null;
  return new Copier(true).copy(value, '', 0, newBudget()) ?? null;
}

interface Budget {
  characters: number;
  values: number;
}

const newBudget = (): Budget => ({ characters: MOST_CHARACTERS, values: MOST_VALUES });

class Copier {
  overBudget = false;
  /** False: give up at the budget's end. True: cut so that the copy, its markers included, stays within it. */
  readonly #cutting: boolean;
  readonly #ancestors = new Set<object>();
  readonly #limits: ViewLimits = { mostMembers: MOST_VALUES, hashBytesLeft: MOST_BYTES_HASHED };

  constructor(cutting: boolean) {
    this.#cutting = cutting;
  }

  /** `undefined` for what has no JSON form. */
  copy(value: unknown, key: string, depth: number, budget: Budget): unknown {
    if (typeof value !== 'object' || value === null) return this.#leaf(value, budget);
    if (this.#ancestors.has(value)) return this.#text('[circular]', budget);
    let view: JsonView;
    try {
      view = viewOf(value, key, this.#limits);
    } catch (error) {
      return this.#text(threw(error), budget);
    }
    if (view.kind === 'leaf') return this.#leaf(view.value, budget);
    if (depth >= DEEPEST) return this.#text(`… [cut: deeper than ${DEEPEST} levels]`, budget);
    const size = view.kind === 'list' ? view.length : view.keys.length;
    if (!this.#cutting && size > budget.values) {
      this.overBudget = true;
      return undefined;
    }
    this.#spend(budget, CONTAINER_COST);
    this.#ancestors.add(value);
    const copy =
      view.kind === 'list' ? this.#list(view, depth + 1, budget) : this.#record(view, depth + 1, budget);
    this.#ancestors.delete(value);
    return copy;
  }

  #list(view: JsonView & { kind: 'list' }, depth: number, budget: Budget): unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < view.length && !this.overBudget; index += 1) {
      const isLast = index === view.length - 1;
      const share = this.#shareOf(budget, COMMA_COST, isLast);
      if (share === undefined) {
        budget.characters -= COMMA_COST;
        items.push(this.#text(`… [cut: ${view.length - index} items]`, budget));
        break;
      }
      items.push(this.#member(() => view.at(index), String(index), depth, share) ?? null);
      this.#settle(budget, share);
    }
    return items;
  }

  #record(view: JsonView & { kind: 'record' }, depth: number, budget: Budget): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    let cut = 0;
    for (const [index, key] of view.keys.entries()) {
      if (this.overBudget) break;
      const share = this.#shareOf(budget, key.length + KEY_COST, index === view.keys.length - 1);
      if (share === undefined) {
        cut += 1;
        continue;
      }
      const member = this.#member(() => view.at(key), key, depth, share);
      this.#settle(budget, share);
      if (member !== undefined) putKey(record, key, member);
    }
    if (cut > 0) {
      let marker = '…';
      while (Object.hasOwn(record, marker)) marker += '…';
      budget.characters -= marker.length + KEY_COST;
      putKey(record, marker, this.#text(`[cut: ${cut} keys]`, budget));
    }
    return record;
  }

  #member(read: () => unknown, key: string, depth: number, share: Share): unknown {
    let value: unknown;
    try {
      value = read();
    } catch (error) {
      return this.#text(threw(error), share.budget);
    }
    return this.copy(value, key, depth, share.budget);
  }

  /** What the next member may spend; `undefined` when only the container's own marker still fits. */
  #shareOf(budget: Budget, overhead: number, isLast: boolean): Share | undefined {
    if (!this.#cutting) {
      budget.characters -= overhead;
      return { budget, overhead, given: undefined };
    }
    const characters = budget.characters - overhead - SMALLEST_SHARE;
    const values = budget.values - 1;
    // A container needs two values: itself and its marker.
    if (characters < SMALLEST_SHARE || values < 2) return undefined;
    const given = {
      characters: isLast ? characters : Math.max(SMALLEST_SHARE, Math.floor(characters / 2)),
      values: isLast ? values : Math.max(2, Math.floor(values / 2)),
    };
    return { budget: { ...given }, overhead, given };
  }

  #settle(budget: Budget, share: Share): void {
    if (share.given === undefined) return;
    budget.characters -= share.overhead + share.given.characters - share.budget.characters;
    budget.values -= share.given.values - share.budget.values;
  }

  #leaf(value: unknown, budget: Budget): unknown {
    switch (typeof value) {
      case 'string':
        return this.#text(value, budget);
      case 'number':
        if (!Number.isFinite(value)) return this.#text(String(value), budget);
        this.#spend(budget, NUMBER_COST);
        // JSON has no negative zero.
        return value === 0 ? 0 : value;
      case 'bigint':
        return this.#bigint(value, budget);
      case 'function':
        return this.#text(`[function${nameOf(value)}]`, budget);
      case 'symbol':
        return this.#text(String(value), budget);
      case 'undefined':
        // Costs as much as a value, or a sparse array could be walked for ever.
        this.#spend(budget, NUMBER_COST);
        return undefined;
      default:
        this.#spend(budget, NUMBER_COST);
        return value;
    }
  }

  #bigint(value: bigint, budget: Budget): unknown {
    const asNumber = Number(value);
    if (Number.isSafeInteger(asNumber)) return this.#leaf(asNumber, budget);
    // Writing out digits takes more than linear time.
    if (value > BIGGEST_BIGINT || value < -BIGGEST_BIGINT) {
      return this.#text('… [cut: a bigint of more than 4096 bits]', budget);
    }
    return this.#text(String(value), budget);
  }

  #text(text: string, budget: Budget): string {
    if (text.length + 2 <= budget.characters || !this.#cutting) {
      this.#spend(budget, text.length + 2);
      return text;
    }
    const kept = cutText(text, budget.characters - 2);
    this.#spend(budget, kept.length + 2);
    return kept;
  }

  #spend(budget: Budget, characters: number): void {
    budget.characters -= characters;
    budget.values -= 1;
    if (!this.#cutting && (budget.characters < 0 || budget.values < 0)) this.overBudget = true;
  }
}

interface Share {
  readonly budget: Budget;
  /** Characters that the member costs its container beside its value. */
  readonly overhead: number;
  /** What the budget began with; `undefined` when it is the container's own. */
  readonly given: Budget | undefined;
}

const LONGEST_MESSAGE = 200;

function threw(error: unknown): string {
  try {
    const message = error instanceof Error ? error.message : String(error);
    return `[threw: ${message.slice(0, LONGEST_MESSAGE)}]`;
  } catch {
    return '[threw]';
  }
}

function nameOf(named: object): string {
  try {
    const name: unknown = Reflect.get(named, 'name');
    return typeof name === 'string' && name !== '' ? ` ${name}` : '';
  } catch {
    return '';
  }
}
