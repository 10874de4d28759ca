import { Recent } from '../lib/recent';
import { addNode, attach, createTrace, type Memory, type SpanNode, type TraceTree } from './span-tree';

export interface StartedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for the first span of the trace in this process. */
  readonly localParentSpanId: string | undefined;
  readonly startedMillis: number;
  /** The span has `ai.input` or `ai.output` from its start on, so calls below need not be logged if it lasts long. */
  readonly isOwnEntry?: boolean;
}

/** Traces that have ended and are remembered for spans that come late. */
const REMEMBERED_TRACES = 256;
/** Of older ones only the id is remembered. */
const REMEMBERED_IDS = 4_096;
/** A trace in which nothing has happened for so long, and that waits for nothing, is forgotten. */
const IDLE_MILLIS = 3_600_000;

/** Fewer traces than this cost too little to look for idle ones. */
const SWEPT_FROM = 256;

/** The traces of this process. Runs for every span of the bot. */
export interface TraceStore {
  readonly memory: Memory;
  get(traceId: string): TraceTree | undefined;
  start(span: StartedSpan, nowMillis: number): SpanNode;
  /** The first span of a trace has ended, of which nothing else is known. */
  rememberEnd(traceId: string): void;
  /** For spans that a journal brings back: all have ended. */
  restored(traceId: string): TraceTree;
  /** The trace has ended and nothing of it waits. */
  ended(trace: TraceTree): void;
  drop(trace: TraceTree): void;
  /** Frees what only late spans could need; false when there is no such trace. */
  dropRemembered(): boolean;
  oldest(): TraceTree | undefined;
  all(): Iterable<TraceTree>;
}

export function createTraceStore(): TraceStore {
  const memory: Memory = { bytes: 0 };
  const traces = new Map<string, TraceTree>();
  const remembered = new Set<TraceTree>();
  const endedIds = new Recent<true>(REMEMBERED_IDS);
  let sequence = 0;
  let sweep = traces.values();

  function create(traceId: string, nowMillis: number): TraceTree {
    sweepOne(nowMillis);
    const trace = createTrace(traceId, memory);
    trace.lastMillis = nowMillis;
    if (endedIds.get(traceId) === true) {
      trace.rootStarted = true;
      trace.rootEnded = true;
    }
    traces.set(traceId, trace);
    return trace;
  }

  /** One look for each new trace, so that the price is spread. */
  function sweepOne(nowMillis: number): void {
    if (traces.size < SWEPT_FROM) return;
    const { value, done } = sweep.next();
    if (done) sweep = traces.values();
    else if (value.waiting === 0 && nowMillis - value.lastMillis > IDLE_MILLIS) drop(value);
  }

  function parentOf(trace: TraceTree, spanId: string, startedMillis: number): SpanNode | undefined {
    const parent = trace.nodes.get(spanId);
    if (parent !== undefined || trace.rootStarted) return parent;
    // It began before we came, or its start was told to nobody. It counts as open until its end is told.
    sequence += 1;
    return addNode(trace, spanId, sequence, startedMillis, true);
  }

  function drop(trace: TraceTree): void {
    if (traces.get(trace.traceId) === trace) traces.delete(trace.traceId);
    remembered.delete(trace);
    memory.bytes -= trace.bytes;
    trace.bytes = 0;
    // Lists of what is due may hold a span for a while longer.
    if (trace.nodes.size > 0) for (const node of trace.nodes.values()) node.content = undefined;
    if (trace.rootEnded && trace.open === 0) endedIds.set(trace.traceId, true);
  }

  return {
    memory,
    get: (traceId) => traces.get(traceId),
    start(span, nowMillis) {
      const trace = traces.get(span.traceId) ?? create(span.traceId, nowMillis);
      trace.lastMillis = nowMillis;
      if (remembered.size > 0) remembered.delete(trace);
      let node = trace.nodes.get(span.spanId);
      if (node === undefined) {
        sequence += 1;
        node = addNode(trace, span.spanId, sequence, span.startedMillis, true);
      } else node.startedMillis = span.startedMillis;
      if (span.isOwnEntry) node.isOwnEntry = true;
      if (span.localParentSpanId === undefined) {
        node.isRoot = true;
        trace.rootStarted = true;
      } else {
        const parent = parentOf(trace, span.localParentSpanId, span.startedMillis);
        if (parent !== undefined) attach(node, parent);
      }
      return node;
    },
    rememberEnd: (traceId) => endedIds.set(traceId, true),
    restored(traceId) {
      const trace = traces.get(traceId) ?? create(traceId, 0);
      remembered.delete(trace);
      trace.rootStarted = true;
      trace.rootEnded = true;
      return trace;
    },
    ended(trace) {
      if (!mayMatterLater(trace)) return drop(trace);
      remembered.add(trace);
      if (remembered.size <= REMEMBERED_TRACES) return;
      for (const oldest of remembered) return drop(oldest);
    },
    drop,
    dropRemembered() {
      for (const oldest of remembered) {
        drop(oldest);
        return true;
      }
      return false;
    },
    oldest() {
      for (const trace of traces.values()) return trace;
      return undefined;
    },
    all: () => traces.values(),
  };
}

function mayMatterLater(trace: TraceTree): boolean {
  if (trace.nodes.size === 0) return false;
  for (const node of trace.nodes.values()) if (node.known !== undefined) return true;
  return false;
}
