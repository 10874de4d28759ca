import type { OrderLink } from './decision';
import type { Content, KnownSpan } from './known-span';

/** What is remembered of spans that were forgotten below a span: enough to know that a link would be a guess. */
export interface Forgotten {
  orders: boolean;
  /** Stages of entries that were children of the span. */
  readonly childStages: Set<string>;
  /** Stages of entries further down. */
  readonly branchStages: Set<string>;
}

/**
 * One span. Siblings are a linked list, because nodes come and go at the rate of all spans of the bot.
 *
 *   open --end--> waiting --decide--> sent | dropped
 *   open --end--> plain (nothing to log)
 */
export interface SpanNode {
  readonly trace: TraceTree;
  readonly spanId: string;
  /** Order of start in this process. */
  sequence: number;
  startedMillis: number;
  isOpen: boolean;
  /** Has no parent in this process. */
  isRoot: boolean;
  /** The bot stated at the span's start already that it is an own entry. */
  isOwnEntry: boolean;
  entry: 'none' | 'waiting' | 'sent' | 'dropped';
  parent: SpanNode | undefined;
  firstChild: SpanNode | undefined;
  next: SpanNode | undefined;
  previous: SpanNode | undefined;
  known: KnownSpan | undefined;
  content: Content | undefined;
  /** Stands for output and explanation when repeats are looked for. */
  digest: string | undefined;
  handles: readonly number[];
  dueMillis: number;
  /** An order that the bot named by `linkOrder`. */
  named: { readonly orderId: string; readonly link: OrderLink } | undefined;
  forgotten: Forgotten | undefined;
  bytes: number;
}

/** What all traces together take. */
export interface Memory {
  bytes: number;
}

/** The spans of one trace in this process that matter still. */
export interface TraceTree {
  readonly traceId: string;
  readonly memory: Memory;
  readonly nodes: Map<string, SpanNode>;
  open: number;
  waiting: number;
  /** The first span of the trace was seen to start: a parent that is not here has ended. */
  rootStarted: boolean;
  rootEnded: boolean;
  lastMillis: number;
  /** Spans that wait for nothing any more, oldest first; while the trace goes on they are forgotten in turn. */
  readonly settled: SpanNode[];
  bytes: number;
}

/** Rough sizes, for the bound on memory. */
export const NODE_BYTES = 320;
export const TRACE_BYTES = 600;

export function charge(trace: TraceTree, bytes: number): void {
  trace.bytes += bytes;
  trace.memory.bytes += bytes;
}

export function createTrace(traceId: string, memory: Memory): TraceTree {
  memory.bytes += TRACE_BYTES;
  return {
    traceId,
    memory,
    nodes: new Map(),
    open: 0,
    waiting: 0,
    rootStarted: false,
    rootEnded: false,
    lastMillis: 0,
    settled: [],
    bytes: TRACE_BYTES,
  };
}

export function addNode(
  trace: TraceTree,
  spanId: string,
  sequence: number,
  startedMillis: number,
  isOpen: boolean,
): SpanNode {
  const node: SpanNode = {
    trace,
    spanId,
    sequence,
    startedMillis,
    isOpen,
    isRoot: false,
    isOwnEntry: false,
    entry: 'none',
    parent: undefined,
    firstChild: undefined,
    next: undefined,
    previous: undefined,
    known: undefined,
    content: undefined,
    digest: undefined,
    handles: NO_HANDLES,
    dueMillis: 0,
    named: undefined,
    forgotten: undefined,
    bytes: NODE_BYTES,
  };
  trace.nodes.set(spanId, node);
  charge(trace, NODE_BYTES);
  if (isOpen) trace.open += 1;
  return node;
}

const NO_HANDLES: readonly number[] = [];

/** Does nothing when it would close a circle, which only broken ids can. */
export function attach(node: SpanNode, parent: SpanNode): void {
  if (node.parent !== undefined) return;
  if (node.firstChild !== undefined || node === parent) {
    for (let above: SpanNode | undefined = parent; above !== undefined; above = above.parent)
      if (above === node) return;
  }
  node.parent = parent;
  node.next = parent.firstChild;
  if (parent.firstChild !== undefined) parent.firstChild.previous = node;
  parent.firstChild = node;
}

/** Takes a childless span out of its trace. */
export function remove(node: SpanNode): void {
  const { parent, trace } = node;
  trace.nodes.delete(node.spanId);
  charge(trace, -node.bytes);
  if (parent === undefined) return;
  if (node.previous === undefined) parent.firstChild = node.next;
  else node.previous.next = node.next;
  if (node.next !== undefined) node.next.previous = node.previous;
}

/** The span and all below it, parents before children. */
export function* below(top: SpanNode): Generator<SpanNode> {
  const stack: SpanNode[] = [top];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    for (let child = node.firstChild; child !== undefined; child = child.next) stack.push(child);
  }
}

export const byStart = (a: SpanNode, b: SpanNode): number =>
  a.startedMillis - b.startedMillis || a.sequence - b.sequence;

/**
 * (a) A decision comes before the order that it led to. A model may answer within the millisecond in which its last
 * tool began, so the order of starts decides then. Where starts are told late, a span still began before what it holds.
 */
export const beganBefore = (span: SpanNode, other: SpanNode): boolean =>
  byStart(span, other) < 0 ||
  (span.startedMillis === other.startedMillis && nearest(other, (at) => at === span || undefined) === true);

/** The nearest answer on the way up, the span itself included. */
export function nearest<T>(node: SpanNode, read: (node: SpanNode) => T | undefined): T | undefined {
  for (let at: SpanNode | undefined = node; at !== undefined; at = at.parent) {
    const found = read(at);
    if (found !== undefined) return found;
  }
  return undefined;
}
