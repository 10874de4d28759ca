import type { EntryDraft } from '../entry/entry-draft';
import { Recent } from '../lib/recent';
import type { SpanFacts } from '../mapping/span-facts';
import { decide } from './deciding';
import type { Decision, EntryHandle } from './decision';
import { createDueQueue } from './due-queue';
import { bytesOfContent, forgetOldest, isIdle, prune } from './forgetting';
import { FreshSpans } from './fresh-spans';
import { type KnownSpan, knownSpanOf } from './known-span';
import { clientOrderIdOf } from './order-links';
import { createRepeats, digestOf } from './repeats';
import type { JournaledSpan, RestoredSpan } from './restored-span';
import { addNode, attach, charge, type SpanNode, type TraceTree } from './span-tree';
import { createToolOrders } from './tool-orders';
import { createTraceStore, type StartedSpan } from './trace-store';

export interface TraceAssemblerOptions {
  /** 0: every entry goes at once, with what is known then. */
  readonly linkWindowMillis: number;
  /** `tool:<name>:<dotted path>` */
  readonly orderIdFrom: readonly string[];
  /** 0 is off. */
  readonly collapseRepeatsMillis: number;
  readonly answersOnly: boolean;
  /** @default 32 MB */
  readonly maxBytes?: number;
}

export type LinkTarget =
  | { readonly traceId: string }
  | { readonly entry: EntryHandle }
  | { readonly clientOrderId: string };

/**
 * Holds entries back until their trace tells which of them to send and with which order.
 *
 *   spanStarted -> spanEnded -> waiting --trace has ended--> decided
 *                                       --window is over---> decided
 *                                       --trace has ended, client order id: order comes or window is over--> decided
 *
 * Each handle gets exactly one decision, but for those that `close` leaves to the next process. `nowMillis` is
 * monotonic, and nothing here reads a clock, waits or throws.
 */
export interface TraceAssembler {
  /** Called for every span of the bot. A span that ends unannounced is taken as started then. */
  spanStarted(span: StartedSpan): void;
  /** Whether nothing is known of the trace of a plain span that ends now; then `plainSpanEnded` need not be told. */
  leavesNothing(traceId: string, spanId: string): boolean;
  /**
   * For a span that nothing is to be known of.
   *
   * @param localParentOf asked when its start was told to nobody: its parent in this process, if it has one
   */
  plainSpanEnded(
    traceId: string,
    spanId: string,
    nowMillis: number,
    localParentOf?: () => string | undefined,
  ): readonly Decision[];
  /**
   * Whether a span that ends is all that its trace ever had here, and lacks nothing: then its entries can go at once,
   * and `spanEnded` need not be told.
   */
  endsAlone(facts: SpanFacts): boolean;
  /** @param handles one slot for each entry of the span, in the order of its ids; none when it has no entry */
  spanEnded(facts: SpanFacts, handles: readonly EntryHandle[], nowMillis: number): readonly Decision[];
  /** Whether anything of the trace may still be decided. */
  isUndecided(traceId: string): boolean;
  /** What the journal keeps of a span that ends now; to be asked before `spanEnded`. */
  journaled(facts: SpanFacts): JournaledSpan;
  /** Decides all whose window has ended. */
  tick(nowMillis: number): readonly Decision[];
  /** When `tick` has work next. */
  nextDueMillis(): number | undefined;
  /**
   * Names the order of one waiting entry, of all entries of a trace that began before this call, or of a client
   * order id. Never overrides what a span states, `'none'` included.
   */
  linkOrder(target: LinkTarget, orderId: string, nowMillis: number): readonly Decision[] | 'unknown';
  /** Decides what waits in traces with no open span, but for those that wait for a client order id. */
  flush(nowMillis: number): readonly Decision[];
  /** Decides all but those that wait for a client order id. */
  close(nowMillis: number): readonly Decision[];
  /** Takes up what waited when a process ended: its traces are over, and only client order ids can still come. */
  restore(spans: readonly RestoredSpan[], nowMillis: number): readonly Decision[];
  /** Waiting entries. */
  waiting(): number;
}

const DEFAULT_MAX_BYTES = 32 * 1_048_576;
const KEPT_CLIENT_ORDERS = 10_000;
const LONGEST_PATH = 64;

export function createTraceAssembler(options: TraceAssemblerOptions): TraceAssembler {
  const { linkWindowMillis, maxBytes = DEFAULT_MAX_BYTES } = options;
  const toolOrders = createToolOrders(options.orderIdFrom);
  const store = createTraceStore();
  const due = createDueQueue();
  const fresh = new FreshSpans((span) => {
    startNode(span);
  });
  /** What ended alone, for spans of its trace that come late. */
  const alone = new Recent<KnownSpan>(REMEMBERED_ALONE);
  const clientOrders = new Recent<string>(KEPT_CLIENT_ORDERS);
  const collapses = options.collapseRepeatsMillis > 0;
  const parts = {
    answersOnly: options.answersOnly,
    repeats: collapses ? createRepeats(options.collapseRepeatsMillis) : undefined,
    clientOrders,
  };
  const byHandle = new Map<EntryHandle, SpanNode>();
  /** Waiting only for the order behind a client order id. */
  const held = new Map<string, Set<SpanNode>>();
  let lastMillis = 0;

  /** Every node begins here, so that a trace that had ended is known again. */
  function startNode(span: StartedSpan): SpanNode {
    const isNew = store.get(span.traceId) === undefined;
    if (isNew && fresh.hasEnded(span.traceId)) store.rememberEnd(span.traceId);
    const former = isNew ? alone.get(span.traceId) : undefined;
    if (former !== undefined && former.spanId !== span.spanId) {
      const { traceId, spanId, startedMillis } = former;
      const node = store.start({ traceId, spanId, localParentSpanId: undefined, startedMillis }, lastMillis);
      markEnded(node);
      learnSpan(node, former);
      node.entry = 'sent';
      node.trace.settled.push(node);
    }
    return store.start(span, lastMillis);
  }

  function leavesNothing(traceId: string, spanId: string): boolean {
    if (store.get(traceId) !== undefined) return false;
    const ended = fresh.take(traceId, spanId);
    if (ended !== undefined) fresh.ended(ended);
    return ended !== undefined;
  }

  /** A fresh span without anything to know of has ended, in a trace of which more is known. */
  function freshEnded(trace: TraceTree, isRoot: boolean): readonly Decision[] {
    if (isRoot) {
      trace.rootStarted = true;
      trace.rootEnded = true;
    }
    if (!isOver(trace)) return NOTHING;
    if (trace.waiting > 0) return settle(trace, waitingIn(trace), true);
    finish(trace);
    return NOTHING;
  }

  const waitingIn = (trace: TraceTree): SpanNode[] =>
    [...trace.nodes.values()].filter((node) => node.entry === 'waiting');
  const isOver = (trace: TraceTree): boolean => trace.rootEnded && trace.open === 0;

  function settle(trace: TraceTree, nodes: readonly SpanNode[], mayHold: boolean): Decision[] {
    const decisions = learnFrom(nodes);
    const waiting = nodes.filter((node) => node.entry === 'waiting');
    for (const verdict of decide(parts, trace, waiting, mayHold, lastMillis)) {
      switch (verdict.kind) {
        case 'hold':
          hold(verdict.node, verdict.clientOrderId);
          break;
        case 'decided':
          for (const decision of verdict.decisions) decisions.push(decision);
          close(verdict.node, verdict.decisions.some(({ kind }) => kind !== 'skip') ? 'sent' : 'dropped');
      }
    }
    finish(trace);
    return decisions;
  }

  function close(node: SpanNode, as: 'sent' | 'dropped'): void {
    node.entry = as;
    node.trace.waiting -= 1;
    node.trace.settled.push(node);
    for (const handle of node.handles) byHandle.delete(handle);
    const clientOrderId = clientOrderIdOf(node);
    const others = clientOrderId === undefined ? undefined : held.get(clientOrderId);
    if (clientOrderId === undefined || others === undefined) return;
    others.delete(node);
    if (others.size === 0) held.delete(clientOrderId);
  }

  function hold(node: SpanNode, clientOrderId: string): void {
    const nodes = held.get(clientOrderId) ?? new Set();
    held.set(clientOrderId, nodes.add(node));
  }

  /** Remembers the order of a client order id, and lets those go that waited for it. The first one stands. */
  function learn(clientOrderId: string, orderId: string): Decision[] {
    if (clientOrders.get(clientOrderId) === undefined) clientOrders.set(clientOrderId, orderId);
    const nodes = held.get(clientOrderId);
    held.delete(clientOrderId);
    return [...(nodes ?? [])].flatMap((node) =>
      node.entry === 'waiting' ? settle(node.trace, [node], false) : [],
    );
  }

  function learnFrom(nodes: readonly SpanNode[]): Decision[] {
    return nodes.flatMap((node) => {
      const orderId = Array.isArray(node.known?.order) ? node.known.order[0] : undefined;
      const clientOrderId = clientOrderIdOf(node);
      return orderId === undefined || clientOrderId === undefined ? [] : learn(clientOrderId, orderId);
    });
  }

  /** After a change: lets a trace go that is over, and keeps one that is not from growing. */
  function finish(trace: TraceTree): void {
    if (trace.waiting > 0 || trace.open > 0) forgetOldest(trace);
    else if (trace.rootEnded) store.ended(trace);
    else if (trace.nodes.size === 0) store.drop(trace);
  }

  function afterEnd(trace: TraceTree, node: SpanNode): Decision[] {
    if (node.entry === 'waiting' && linkWindowMillis <= 0) return settle(trace, [node], false);
    if (isOver(trace) && trace.waiting > 0) return settle(trace, waitingIn(trace), true);
    finish(trace);
    return [];
  }

  function markEnded(node: SpanNode): void {
    if (!node.isOpen) return;
    node.isOpen = false;
    node.trace.open -= 1;
    if (node.isRoot) node.trace.rootEnded = true;
  }

  function learnSpan(node: SpanNode, known: KnownSpan): void {
    node.known = known;
    node.isOwnEntry = known.role === 'entry';
  }

  function awaitTrace(node: SpanNode, handles: readonly EntryHandle[], dueMillis: number): void {
    node.entry = 'waiting';
    node.handles = handles;
    node.dueMillis = dueMillis;
    node.trace.waiting += 1;
    for (const handle of handles) byHandle.set(handle, node);
  }

  function relieve(): Decision[] {
    const decisions: Decision[] = [];
    while (store.memory.bytes > maxBytes) {
      if (store.dropRemembered()) continue;
      const trace = store.oldest();
      if (trace === undefined) break;
      if (trace.waiting > 0) decisions.push(...settle(trace, waitingIn(trace), false));
      store.drop(trace);
    }
    return decisions;
  }

  function pathOf(node: SpanNode): string[] {
    const path: string[] = [];
    let at = node.parent;
    for (; at !== undefined && path.length < LONGEST_PATH; at = at.parent) path.push(at.spanId);
    return path;
  }

  /** Another file holds more entries of a span that is known already. */
  function addHandles(node: SpanNode, handles: readonly EntryHandle[], nowMillis: number): void {
    const { settled } = node.trace;
    if (node.entry === 'waiting') {
      node.handles = [...node.handles, ...handles];
      for (const handle of handles) byHandle.set(handle, node);
      return;
    }
    if (settled.includes(node)) settled.splice(settled.indexOf(node), 1);
    awaitTrace(node, handles, nowMillis);
  }

  function restoreNode(trace: TraceTree, spanId: string): SpanNode {
    return trace.nodes.get(spanId) ?? addNode(trace, spanId, trace.nodes.size, 0, false);
  }

  return {
    spanStarted: (span) => fresh.add(span),
    leavesNothing,
    plainSpanEnded(traceId, spanId, nowMillis, localParentOf) {
      lastMillis = nowMillis;
      if (leavesNothing(traceId, spanId)) return NOTHING;
      const ended = fresh.take(traceId, spanId);
      fresh.startIn(traceId);
      const trace = store.get(traceId);
      if (ended !== undefined && trace !== undefined) {
        if (!trace.nodes.has(spanId)) return freshEnded(trace, ended.localParentSpanId === undefined);
        startNode(ended);
      }
      const node = trace?.nodes.get(spanId);
      if (trace === undefined || node === undefined || !node.isOpen) return NOTHING;
      if (node.parent === undefined && !node.isRoot && localParentOf !== undefined) {
        const { startedMillis } = node;
        store.start({ traceId, spanId, localParentSpanId: localParentOf(), startedMillis }, nowMillis);
      }
      node.isOwnEntry = false;
      trace.lastMillis = nowMillis;
      markEnded(node);
      if (isIdle(node)) prune(node);
      const decisions = trace.open > 0 && trace.waiting === 0 ? NOTHING : afterEnd(trace, node);
      return store.memory.bytes > maxBytes ? [...decisions, ...relieve()] : decisions;
    },
    endsAlone(facts) {
      const { draft, role, traceId, spanId } = facts;
      if (collapses || draft === undefined || (role !== 'entry' && role !== 'call')) return false;
      const { stage, model, inputJson, outputJson, clientOrderId } = draft;
      if (!stage || !model || !inputJson || !outputJson || clientOrderId !== undefined) return false;
      if (store.get(traceId) !== undefined || alone.get(traceId) !== undefined) return false;
      const started = fresh.take(traceId, spanId);
      if (started === undefined) return false;
      if (started.localParentSpanId !== undefined) {
        startNode(started);
        return false;
      }
      alone.set(traceId, aloneOf(facts, draft));
      return true;
    },
    isUndecided(traceId) {
      fresh.startIn(traceId);
      const trace = store.get(traceId);
      return trace !== undefined && (trace.waiting > 0 || trace.open > 0);
    },
    spanEnded(facts, handles, nowMillis) {
      lastMillis = nowMillis;
      fresh.startIn(facts.traceId);
      const node = store.get(facts.traceId)?.nodes.get(facts.spanId) ?? startNode(facts);
      const { trace } = node;
      if (node.known !== undefined) {
        return handles.map((handle) => ({
          kind: 'skip',
          handle,
          traceId: facts.traceId,
          reason: 'same-span',
        }));
      }
      trace.lastMillis = nowMillis;
      node.startedMillis = facts.startedMillis;
      markEnded(node);
      learnSpan(node, knownSpanOf(facts, toolOrders));
      const { draft } = facts;
      if (draft !== undefined && handles.length > 0) {
        if (collapses)
          node.digest = digestOf([
            draft.outputJson,
            draft.explanationDerived ? undefined : draft.explanation,
          ]);
        if (facts.role === 'call') {
          const { inputJson, outputJson, explanation } = draft;
          node.content = { inputJson, outputJson, explanation };
          const bytes = bytesOfContent(node);
          node.bytes += bytes;
          charge(trace, bytes);
        }
        awaitTrace(node, handles, nowMillis + linkWindowMillis);
        due.add(node);
      } else trace.settled.push(node);
      const decisions = [...learnFrom([node]), ...afterEnd(trace, node)];
      return store.memory.bytes > maxBytes ? [...decisions, ...relieve()] : decisions;
    },
    journaled(facts) {
      fresh.startIn(facts.traceId);
      const node = store.get(facts.traceId)?.nodes.get(facts.spanId) ?? startNode(facts);
      const namedOrderId = node.named?.orderId;
      return {
        ...knownSpanOf(facts, toolOrders),
        sequence: node.sequence,
        path: pathOf(node),
        ...(namedOrderId === undefined ? {} : { namedOrderId }),
      };
    },
    tick(nowMillis) {
      lastMillis = nowMillis;
      fresh.startAll();
      const byTrace = new Map<TraceTree, Set<SpanNode>>();
      for (const node of due.takeDue(nowMillis)) {
        const nodes = byTrace.get(node.trace);
        if (nodes === undefined) byTrace.set(node.trace, new Set([node]));
        else nodes.add(node);
      }
      return [...byTrace].flatMap(([trace, nodes]) =>
        settle(
          trace,
          [...nodes].filter((node) => node.entry === 'waiting'),
          false,
        ),
      );
    },
    nextDueMillis: () => due.nextDueMillis(),
    linkOrder(target, orderId, nowMillis) {
      lastMillis = nowMillis;
      fresh.startAll();
      if ('clientOrderId' in target) return learn(target.clientOrderId, orderId);
      const nodes =
        'entry' in target
          ? [byHandle.get(target.entry)].filter((node) => node !== undefined)
          : [...(store.get(target.traceId)?.nodes.values() ?? [])];
      const named = nodes.filter((node) => {
        const mayName =
          (node.isOpen || node.entry === 'waiting') &&
          node.known?.order !== 'none' &&
          !Array.isArray(node.known?.order);
        if (mayName) {
          const by = 'entry' in target ? 'for this entry' : 'for its trace';
          node.named ??= { orderId, link: { reason: `linkOrder ${by}`, fromSpanId: undefined } };
        }
        return mayName;
      });
      if (named.length === 0) return 'unknown';
      return named.flatMap((node) =>
        node.entry === 'waiting' && isOver(node.trace) ? settle(node.trace, [node], true) : [],
      );
    },
    flush(nowMillis) {
      lastMillis = nowMillis;
      fresh.startAll();
      return [...store.all()].flatMap((trace) =>
        trace.open === 0 && trace.waiting > 0 ? settle(trace, waitingIn(trace), true) : [],
      );
    },
    close(nowMillis) {
      lastMillis = nowMillis;
      fresh.startAll();
      return [...store.all()].flatMap((trace) =>
        trace.waiting > 0 ? settle(trace, waitingIn(trace), true) : [],
      );
    },
    restore(spans, nowMillis) {
      lastMillis = nowMillis;
      const traces = new Set<TraceTree>();
      const waiting: SpanNode[] = [];
      for (const { span, handles, decided, content, remainingMillis, namedOrderId } of spans) {
        const trace = store.restored(span.traceId);
        traces.add(trace);
        const node = restoreNode(trace, span.spanId);
        if (node.known !== undefined) {
          if (handles.length > 0) {
            addHandles(node, handles, nowMillis);
            waiting.push(node);
          }
          continue;
        }
        const { path, sequence, namedOrderId: namedBefore, ...known } = span;
        node.sequence = sequence;
        learnSpan(node, known);
        node.startedMillis = span.startedMillis;
        node.content = content;
        charge(trace, bytesOfContent(node));
        node.bytes += bytesOfContent(node);
        let child = node;
        for (const spanId of path) {
          const parent = restoreNode(trace, spanId);
          attach(child, parent);
          child = parent;
        }
        const orderId = namedOrderId ?? namedBefore;
        if (orderId !== undefined) {
          const link = { reason: 'linkOrder before a restart', fromSpanId: undefined };
          node.named = { orderId, link };
        }
        if (collapses)
          node.digest = digestOf([
            content?.outputJson,
            known.hasExplanation ? content?.explanation : undefined,
          ]);
        if (handles.length > 0) {
          awaitTrace(node, handles, nowMillis + Math.min(Math.max(remainingMillis, 0), linkWindowMillis));
          waiting.push(node);
        } else {
          node.entry = decided ?? 'none';
          trace.settled.push(node);
        }
      }
      due.addEarlier(waiting);
      const learned = [...traces].flatMap((trace) => learnFrom([...trace.nodes.values()]));
      const decided = [...traces].flatMap((trace) => {
        if (isOver(trace)) return settle(trace, waitingIn(trace), true);
        finish(trace);
        return [];
      });
      return [...learned, ...decided, ...relieve()];
    },
    waiting: () => byHandle.size,
  };
}

const NOTHING: readonly Decision[] = [];
/** Of more traces with one span alone, late spans are decided without it. */
const REMEMBERED_ALONE = 1_024;

/** What spans that come late have to know of it. */
const aloneOf = (facts: SpanFacts, { model, stage }: EntryDraft): KnownSpan => ({
  traceId: facts.traceId,
  spanId: facts.spanId,
  startedMillis: facts.startedMillis,
  role: facts.role,
  scope: facts.scope,
  loggable: true,
  ...(stage !== undefined && { stage: { text: stage, firmness: 'stated' } }),
  ...(model !== undefined && { model }),
  ...(facts.orders.kind === 'ids' && { order: facts.orders.ids }),
  ...(facts.symbol !== undefined && { symbol: facts.symbol }),
  ...(facts.responseId !== undefined && { responseId: facts.responseId }),
  hasInput: true,
  hasOutput: true,
  hasExplanation: true,
  toolCallsOnly: facts.toolCallsOnly === true,
});
