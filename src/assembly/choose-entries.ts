import type { SkipReason } from './decision';
import { scoreOf } from './known-span';
import { below, byStart, nearest, type SpanNode, type TraceTree } from './span-tree';
import { createToolCalls } from './tool-calls';

/** Which spans of a trace are entries, as far as the trace is known. */
export interface Choice {
  /** `undefined`: the span is an entry. Asked only for spans that have something to log. */
  skipOf(node: SpanNode): SkipReason | undefined;
  /** Calls below a span that lend to it, best instrumentation of each, in order of start. */
  callsBelow(node: SpanNode): readonly SpanNode[];
  /** The model that calls below name, those without content included: the first for a wrapper, else the only one. */
  modelBelow(node: SpanNode): string | undefined;
}

/** What the spans below one span come to. A tool span hides what is below it from those above it. */
interface Below {
  calls: SpanNode[];
  /** Calls without anything to log, which can still name a model. */
  bare: SpanNode[];
  anyLoggable: boolean;
}

/**
 * One decision, one entry: an own entry wins over all below it; of two views of one call the inner is kept unless it
 * shows less; a wrapper gives way to what it wraps. What was sent already stays, and the rest gives way to it.
 */
export function chooseEntries(trace: TraceTree, answersOnly: boolean): Choice {
  const skips = new Map<SpanNode, SkipReason>();
  const lending = new Map<SpanNode, Below>();
  const order = parentsFirst(trace);

  const reaches = new Map<SpanNode, Below>();
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const node = order[at];
    if (node === undefined) continue;
    const own = reaches.get(node) ?? nothing();
    const role = roleOf(node);
    if (role === 'entry' || role === 'wrapper') lending.set(node, own);
    const up = role === 'tool' ? nothing() : role === 'entry' ? withLoggable() : copyOf(own);
    if (isLoggable(node)) {
      if (role === 'call') up.calls = keptOfCalls(node, own.calls, skips);
      else if (role === 'wrapper' && own.anyLoggable && node.entry !== 'sent') skips.set(node, 'wrapper');
      else if (role === 'wrapper' && modelOf(node, own) === undefined) skips.set(node, 'no-model');
      if (role !== 'wrapper' || !skips.has(node)) up.anyLoggable = true;
    } else if (role === 'call') up.bare.push(node);
    if (node.parent !== undefined) merge(reaches, node.parent, up);
  }

  const shields = new Map<SpanNode, SkipReason>();
  for (const node of order) {
    const reason = shieldOver(node, shields);
    if (reason !== undefined) shields.set(node, reason);
    if (reason !== undefined && isLoggable(node) && roleOf(node) !== 'entry' && node.entry !== 'sent')
      skips.set(node, reason);
  }

  const kept = order.filter((node) => isLoggable(node) && !skips.has(node));
  skipSameResponses(kept, skips);
  if (answersOnly) skipToolSteps(kept, skips);

  return {
    skipOf: (node) => skips.get(node),
    callsBelow: (node) => (lending.get(node)?.calls ?? []).toSorted(byStart),
    modelBelow: (node) => {
      const found = lending.get(node);
      if (found === undefined) return undefined;
      const isAmbiguous = roleOf(node) === 'entry' && found.calls.length + found.bare.length > 1;
      return isAmbiguous ? undefined : modelIn(found);
    },
  };
}

const nothing = (): Below => ({ calls: [], bare: [], anyLoggable: false });
const copyOf = (one: Below): Below => ({ ...one, calls: [...one.calls], bare: [...one.bare] });
const withLoggable = (): Below => ({ ...nothing(), anyLoggable: true });

function parentsFirst(trace: TraceTree): SpanNode[] {
  const order: SpanNode[] = [];
  for (const node of trace.nodes.values()) if (node.parent === undefined) order.push(...below(node));
  return order;
}

/** Dropped before means gone for good: a later answer must not bring it back. */
const isLoggable = (node: SpanNode): boolean => node.known?.loggable === true && node.entry !== 'dropped';

const roleOf = (node: SpanNode) => (node.isOwnEntry ? 'entry' : (node.known?.role ?? 'none'));

function merge(reaches: Map<SpanNode, Below>, parent: SpanNode, up: Below): void {
  const into = reaches.get(parent);
  if (into === undefined) {
    reaches.set(parent, { calls: up.calls, bare: up.bare, anyLoggable: up.anyLoggable });
    return;
  }
  for (const call of up.calls) into.calls.push(call);
  for (const call of up.bare) into.bare.push(call);
  into.anyLoggable ||= up.anyLoggable;
}

/** The calls that stand for `outer` and those below it. */
function keptOfCalls(
  outer: SpanNode,
  inner: readonly SpanNode[],
  skips: Map<SpanNode, SkipReason>,
): SpanNode[] {
  if (inner.length === 0) return [outer];
  if (outer.entry !== 'sent' && Math.max(...inner.map(weightOf)) >= weightOf(outer)) {
    skips.set(outer, 'inner-call-kept');
    return [...inner];
  }
  const sent = inner.filter((call) => call.entry === 'sent');
  for (const call of inner) if (call.entry !== 'sent') skips.set(call, 'outer-call-kept');
  return [outer, ...sent];
}

/** What was sent cannot be called back, so it outweighs everything. */
const weightOf = (node: SpanNode): number =>
  node.entry === 'sent' ? Number.POSITIVE_INFINITY : node.known === undefined ? 0 : scoreOf(node.known);

const modelIn = (found: Below): string | undefined =>
  [...found.calls, ...found.bare].sort(byStart).find((call) => call.known?.model !== undefined)?.known?.model;

const modelOf = (wrapper: SpanNode, found: Below): string | undefined =>
  wrapper.known?.model ?? modelIn(found) ?? nearest(wrapper, (node) => node.known?.model);

/** What stands above a span and is logged in its place. */
function shieldOver(node: SpanNode, shields: ReadonlyMap<SpanNode, SkipReason>): SkipReason | undefined {
  const { parent } = node;
  if (parent === undefined || roleOf(parent) === 'tool') return undefined;
  if (roleOf(parent) === 'entry') return 'below-own-entry';
  const inherited = shields.get(parent);
  if (inherited !== undefined) return inherited;
  return parent.entry === 'sent' ? 'outer-call-kept' : undefined;
}

function skipSameResponses(kept: readonly SpanNode[], skips: Map<SpanNode, SkipReason>): void {
  const best = new Map<string, SpanNode>();
  const ranked = kept
    .filter((node) => node.known?.responseId !== undefined && roleOf(node) !== 'entry')
    .sort((a, b) => compare(weightOf(b), weightOf(a)) || byStart(a, b));
  for (const node of ranked) {
    const id = node.known?.responseId ?? '';
    const first = best.get(id);
    if (first === undefined) best.set(id, node);
    else if (first.known?.scope !== node.known?.scope && node.entry !== 'sent')
      skips.set(node, 'same-response');
  }
}

/** Infinity less Infinity would be no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * A step of a tool loop: its answer only calls tools, and the same wrapper calls the model again after it. The step
 * that placed an order is the decision itself.
 */
function skipToolSteps(kept: readonly SpanNode[], skips: Map<SpanNode, SkipReason>): void {
  const last = new Map<SpanNode, SpanNode>();
  const calls = kept.filter((node) => roleOf(node) === 'call' && !skips.has(node));
  const answers = new Set(calls);
  const toolCalls = createToolCalls((node) => answers.has(node));
  for (const call of calls) {
    const wrapper = wrapperOf(call);
    const latest = wrapper === undefined ? undefined : last.get(wrapper);
    if (wrapper !== undefined && (latest === undefined || byStart(latest, call) < 0)) last.set(wrapper, call);
  }
  for (const call of calls) {
    const wrapper = wrapperOf(call);
    if (call.entry === 'sent' || call.known?.toolCallsOnly !== true || wrapper === undefined) continue;
    if (last.get(wrapper) !== call && toolCalls.placedBy(call).length === 0) skips.set(call, 'answers-only');
  }
}

function wrapperOf(call: SpanNode): SpanNode | undefined {
  for (let at = call.parent; at !== undefined && roleOf(at) !== 'tool'; at = at.parent)
    if (roleOf(at) === 'wrapper') return at;
  return undefined;
}
