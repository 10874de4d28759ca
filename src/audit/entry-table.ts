import { readOrderIds } from '../entry/order-id';
import type { EntryState } from '../journal/read-entries';
import type { EntryFacts } from './entry-facts';
import { HexColumn } from './hex-column';

const STATES: readonly EntryState[] = ['pending', 'delivered', 'rejected', 'invalid', 'skipped', 'settled'];
const NO_ORDER = 8;
const DUPLICATE = 16;
const HOLDS = 32;
const STATE_BITS = 7;
const START_ROWS = 256;

/** An entry's number in the table, in the order in which they were added. */
export type Row = number;

/** Texts that repeat, each kept once. */
class Texts {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** 0 stands for `undefined`. */
  number(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#texts.push(text);
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.length;
  }

  text(number: number): string | undefined {
    return this.#texts[number - 1];
  }
}

/** The facts of very many entries: about 110 bytes for each. */
export class EntryTable {
  #rows = 0;
  readonly #id = new HexColumn(16);
  readonly #trace = new HexColumn(16);
  readonly #span = new HexColumn(8);
  readonly #parent = new HexColumn(8);
  readonly #texts = new Texts();
  readonly #linkReasons = new Map<Row, string>();
  #stage = new Uint32Array(START_ROWS);
  #symbol = new Uint32Array(START_ROWS);
  #reason = new Uint32Array(START_ROWS);
  #attempts = new Uint32Array(START_ROWS);
  #flags = new Uint8Array(START_ROWS);
  #started = new Float64Array(START_ROWS);
  #ended = new Float64Array(START_ROWS);
  #accepted = new Float64Array(START_ROWS);
  #order = new BigInt64Array(START_ROWS);

  get size(): number {
    return this.#rows;
  }

  add(facts: EntryFacts): Row {
    const row = this.#rows;
    if (row === this.#stage.length) this.#grow();
    this.#rows += 1;
    this.#id.set(row, withoutDashes(facts.id));
    this.#trace.set(row, facts.traceId);
    this.#span.set(row, facts.spanId);
    this.#parent.set(row, facts.parentSpanId);
    this.#stage[row] = this.#texts.number(facts.stage);
    this.#symbol[row] = this.#texts.number(facts.symbol);
    this.#reason[row] = this.#texts.number(facts.reason);
    this.#attempts[row] = facts.attempts;
    this.#started[row] = facts.startedMillis;
    this.#ended[row] = facts.endedMillis;
    this.#accepted[row] = facts.acceptedMillis ?? Number.NaN;
    const order = readOrderIds(facts.orderId);
    this.#order[row] = order.kind === 'ids' ? BigInt(order.ids[0] ?? 0) : 0n;
    this.#flags[row] =
      Math.max(STATES.indexOf(facts.state), 0) |
      (facts.noOrder ? NO_ORDER : 0) |
      (facts.possibleDuplicate ? DUPLICATE : 0) |
      (facts.holds ? HOLDS : 0);
    if (facts.linkReason !== undefined) this.#linkReasons.set(row, facts.linkReason);
    return row;
  }

  facts(row: Row): EntryFacts {
    const flags = this.#flags[row] ?? 0;
    const accepted = this.#accepted[row] ?? Number.NaN;
    return {
      id: this.id(row),
      stage: this.stage(row),
      state: STATES[flags & STATE_BITS] ?? 'pending',
      orderId: this.orderId(row),
      linkReason: this.#linkReasons.get(row),
      noOrder: (flags & NO_ORDER) !== 0,
      symbol: this.#texts.text(this.#symbol[row] ?? 0),
      traceId: this.traceId(row),
      spanId: this.#span.get(row),
      parentSpanId: this.#parent.get(row),
      startedMillis: this.#started[row] ?? 0,
      endedMillis: this.endedMillis(row),
      acceptedMillis: Number.isNaN(accepted) ? undefined : accepted,
      attempts: this.#attempts[row] ?? 0,
      possibleDuplicate: (flags & DUPLICATE) !== 0,
      reason: this.#texts.text(this.#reason[row] ?? 0),
      holds: (flags & HOLDS) !== 0,
    };
  }

  id(row: Row): string {
    return withDashes(this.#id.get(row) ?? '');
  }

  traceId(row: Row): string | undefined {
    return this.#trace.get(row);
  }

  /** The order id is not the entry's own. */
  isLinked(row: Row): boolean {
    return this.#linkReasons.has(row);
  }

  stage(row: Row): string {
    return this.#texts.text(this.#stage[row] ?? 0) ?? '';
  }

  endedMillis(row: Row): number {
    return this.#ended[row] ?? 0;
  }

  orderId(row: Row): string | undefined {
    const order = this.#order[row] ?? 0n;
    return order === 0n ? undefined : String(order);
  }

  #grow(): void {
    const rows = this.#stage.length * 2;
    this.#stage = copied(this.#stage, new Uint32Array(rows));
    this.#symbol = copied(this.#symbol, new Uint32Array(rows));
    this.#reason = copied(this.#reason, new Uint32Array(rows));
    this.#attempts = copied(this.#attempts, new Uint32Array(rows));
    this.#flags = copied(this.#flags, new Uint8Array(rows));
    this.#started = copied(this.#started, new Float64Array(rows));
    this.#ended = copied(this.#ended, new Float64Array(rows));
    this.#accepted = copied(this.#accepted, new Float64Array(rows));
    const orders = new BigInt64Array(rows);
    orders.set(this.#order);
    this.#order = orders;
  }
}

function copied<T extends Uint32Array | Uint8Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const withoutDashes = (id: string): string => (UUID.test(id) ? id.replaceAll('-', '') : id);

const withDashes = (id: string): string =>
  id.length === 32
    ? `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`
    : id;
