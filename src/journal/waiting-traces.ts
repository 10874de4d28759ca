import type { SealedEntry } from '../entry/sealed-entry';
import { entryOf, readLineFields } from './entry-line';
import type { EntryReader } from './entry-reader';
import type { FileSystem } from './file-system';
import type { RecoveredEntry, RecoveredSpan, WaitingEntry } from './journal';
import { LineReader, readLineHead } from './line-head';
import { lineChunks } from './line-stream';
import { nextBackgroundTurn } from './next-turn';
import type { Positions } from './positions';
import type { Segment } from './segment';
import { writerOf } from './segment-name';

const TRACE = Buffer.from(',"trace":"');
const REFERENCE = Buffer.from(',"entry":');
const TRACE_ID_LENGTH = 32;
const CLIENT_ORDER_ID = Buffer.from('"clientOrderId":"');
/** Entries wait for seconds, so what belongs to them stands in the last files of their writer. */
const FILES_LOOKED_THROUGH = 2;
/** Each costs a read of the disk, and the bot's work goes first. */
const READ_AT_ONCE = 50;

interface Found {
  readonly traceId: string;
  readonly spanId: string;
  known: unknown;
  namedOrderId: string | undefined;
  entry: SealedEntry | undefined;
  readonly waiting: WaitingEntry[];
  decided: 'sent' | 'dropped' | undefined;
}

/** Whose lines are looked for. */
interface Wanted {
  readonly traces: Set<string>;
  /** Of entries that wait: the order behind one may stand in any trace. */
  readonly clientOrderIds: Set<string>;
}

/** What dead processes left of traces in which entries still waited, put together from all their files. */
export class WaitingTraces {
  readonly #positions: Positions;
  readonly #reader: EntryReader;
  readonly #files: FileSystem;
  readonly #segments: Segment[] = [];
  readonly #waiting = new Map<Segment, Map<number, RecoveredEntry>>();

  constructor(positions: Positions, reader: EntryReader, files: FileSystem) {
    this.#positions = positions;
    this.#reader = reader;
    this.#files = files;
  }

  /** A file was taken over. */
  adopted(segment: Segment): void {
    this.#segments.push(segment);
  }

  add(segment: Segment, seq: number, entry: RecoveredEntry): void {
    const entries = this.#waiting.get(segment) ?? new Map<number, RecoveredEntry>();
    this.#waiting.set(segment, entries.set(seq, entry));
  }

  /** Never rejects: a waiting entry whose file cannot be read through is told of alone. */
  async spans(isWanted: () => boolean): Promise<readonly RecoveredSpan[]> {
    if (this.#waiting.size === 0) return [];
    const spans = new Map<string, Found>();
    const wanted: Wanted = { traces: new Set(), clientOrderIds: new Set() };
    let read = 0;
    for (const entries of this.#waiting.values())
      for (const recovered of entries.values()) {
        const position = this.#positions.at(recovered.slot);
        const reading = position === undefined ? undefined : this.#reader.read(position);
        const entry = reading?.kind === 'entry' ? reading.entry : undefined;
        const origin = entry?.origin;
        if (origin !== undefined) wanted.traces.add(origin.traceId);
        if (entry?.clientOrderId !== undefined) wanted.clientOrderIds.add(entry.clientOrderId);
        const span = spanIn(spans, origin?.traceId ?? '', origin?.spanId ?? `slot ${recovered.slot}`);
        span.entry ??= entry;
        if (entry?.known !== undefined) span.known = JSON.parse(entry.known);
        span.waiting.push({ ...recovered, entry });
        read += 1;
        if (read % READ_AT_ONCE === 0) await nextBackgroundTurn();
        if (!isWanted()) return [];
      }
    for (const segment of this.#lastFiles()) {
      try {
        await this.#lookThrough(segment, wanted, spans, isWanted);
      } catch {
        // The disk refuses. What was read of the waiting entries themselves has to do.
      }
    }
    return [...spans.values()];
  }

  #lastFiles(): readonly Segment[] {
    const byWriter = new Map<string, Segment[]>();
    for (const segment of this.#segments) {
      const writer = writerOf(segment.base);
      const files = byWriter.get(writer);
      if (files === undefined) byWriter.set(writer, [segment]);
      else files.push(segment);
    }
    return [...byWriter.values()].flatMap((files) => {
      const last = files.slice(-FILES_LOOKED_THROUGH);
      return files.some((file) => this.#waiting.has(file)) ? last : [];
    });
  }

  async #lookThrough(
    segment: Segment,
    { traces, clientOrderIds }: Wanted,
    spans: Map<string, Found>,
    isWanted: () => boolean,
  ): Promise<void> {
    const bySeq = new Map<number, Found>();
    const take = (bytes: Buffer, from: number, end: number): void => {
      const head = readLineHead(bytes, from, end);
      if (head?.kind === 'skip' || head?.kind === 'link') {
        const reader = new LineReader(bytes, head.fieldsFrom, end);
        const span = reader.skip(REFERENCE) ? bySeq.get(reader.digits()) : undefined;
        if (span !== undefined) span.decided = head.kind === 'skip' ? 'dropped' : 'sent';
        if (span !== undefined || head.kind === 'link') return;
      }
      if (head === undefined || !HOLDERS.has(head.kind)) return;
      const mark = bytes.subarray(head.fieldsFrom, end).indexOf(TRACE);
      if (mark < 0) return;
      const traceFrom = head.fieldsFrom + mark + TRACE.length;
      const isOfTrace = traces.has(bytes.toString('latin1', traceFrom, traceFrom + TRACE_ID_LENGTH));
      const mayNameOrder = clientOrderIds.size > 0 && bytes.subarray(from, end).includes(CLIENT_ORDER_ID);
      if (!isOfTrace && !mayNameOrder) return;
      const line = readLineFields(bytes.subarray(from, end));
      if (!isOfTrace && !clientOrderIds.has(clientOrderIdIn(line?.fields ?? {}))) return;
      const { trace, span: spanId, known, named } = line?.fields ?? {};
      if (line === undefined || typeof trace !== 'string' || typeof spanId !== 'string') return;
      const span = spanIn(spans, trace, spanId);
      if (known !== undefined) span.known = known;
      if (typeof named === 'string') span.namedOrderId = named;
      const entry = entryOf(line);
      if (entry === undefined) return;
      span.entry = entry;
      // Kept closed at once, by a filter or without need of its trace: it was decided where it stands.
      if (head.kind === 'entry') {
        bySeq.set(head.seq, span);
        if (span.waiting.length === 0) span.decided ??= 'sent';
      }
    };
    for await (const { bytes, bounds } of lineChunks(this.#files, segment.fd(), nextBackgroundTurn)) {
      if (!isWanted()) return;
      for (let at = 0; at < bounds.length; at += 2) take(bytes, bounds[at] ?? 0, bounds[at + 1] ?? 0);
    }
  }
}

/** Records that can hold an entry or a span. */
const HOLDERS: ReadonlySet<string> = new Set(['entry', 'span', 'skip', 'invalid', 'settled']);

/** An entry's own, or what is known of a span without an entry. */
function clientOrderIdIn({ clientOrderId, known }: Readonly<Record<string, unknown>>): string {
  const named = clientOrderId ?? Reflect.get(Object(known), 'clientOrderId');
  return typeof named === 'string' ? named : '';
}

function spanIn(spans: Map<string, Found>, traceId: string, spanId: string): Found {
  const key = `${traceId}:${spanId}`;
  const known = spans.get(key);
  if (known !== undefined) return known;
  const span: Found = {
    traceId,
    spanId,
    known: undefined,
    namedOrderId: undefined,
    entry: undefined,
    waiting: [],
    decided: undefined,
  };
  spans.set(key, span);
  return span;
}
