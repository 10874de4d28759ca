import type { Recent } from '../lib/recent';
import { type Choice, chooseEntries } from './choose-entries';
import type { Decision, OrderLink, SkipReason } from './decision';
import { type Filled, fillFromTrace, stageOf } from './lending';
import { clientOrderIdOf, createOrderLinks, type OrderLinks } from './order-links';
import type { Repeats } from './repeats';
import { byStart, type SpanNode, type TraceTree } from './span-tree';

export interface DecidingParts {
  readonly answersOnly: boolean;
  readonly repeats: Repeats | undefined;
  /** Order id by client order id. */
  readonly clientOrders: Recent<string>;
}

/** What became of one span's entries; `hold`: only the order behind this client order id is missing. */
export type Verdict =
  | { readonly kind: 'hold'; readonly node: SpanNode; readonly clientOrderId: string }
  | { readonly kind: 'decided'; readonly node: SpanNode; readonly decisions: readonly Decision[] };

interface Order {
  readonly orderId: string | undefined;
  readonly link: OrderLink | undefined;
  readonly ambiguous: boolean;
}

/**
 * Decides on waiting spans of one trace, in order of start, by all that is known of the trace now.
 *
 * @param mayHold the window of these entries is still open, so those with a client order id may go on waiting
 */
export function decide(
  parts: DecidingParts,
  trace: TraceTree,
  nodes: readonly SpanNode[],
  mayHold: boolean,
  nowMillis: number,
): Verdict[] {
  const choice = chooseEntries(trace, parts.answersOnly);
  const stages = new Map<SpanNode, string>();
  const links = createOrderLinks({
    isEntry: (node) =>
      node.entry === 'sent' ||
      (node.known?.loggable === true && node.entry !== 'dropped' && choice.skipOf(node) === undefined),
    stageOf(node) {
      const stage = stages.get(node) ?? stageOf(node);
      stages.set(node, stage);
      return stage;
    },
  });
  return nodes.toSorted(byStart).map((node) => {
    const skip = choice.skipOf(node);
    if (skip !== undefined) return skipped(node, skip);
    const order = orderOf(node, links, parts.clientOrders);
    const clientOrderId = clientOrderIdOf(node);
    const mayLink = node.known?.order === undefined && order.orderId === undefined;
    if (mayHold && mayLink && clientOrderId !== undefined) return { kind: 'hold', node, clientOrderId };
    return judged(node, order, choice, parts, nowMillis);
  });
}

function judged(
  node: SpanNode,
  order: Order,
  choice: Choice,
  parts: DecidingParts,
  nowMillis: number,
): Verdict {
  const filled = fillFromTrace(node, choice);
  const own = node.known?.order;
  const ids = Array.isArray(own) ? own : [];
  const isRepeat =
    filled.problems.length === 0 &&
    ids.length === 0 &&
    order.orderId === undefined &&
    parts.repeats?.(whatItSays(node, filled), nowMillis) === true;
  if (isRepeat) return skipped(node, 'repeat');
  const { traceId } = node.trace;
  const decisions = node.handles.map((handle, index): Decision => {
    const orderId = ids[index] ?? order.orderId;
    const { lent, problems } = filled;
    return problems.length > 0
      ? { kind: 'invalid', handle, traceId, problems, orderId, link: order.link, lent }
      : {
          kind: 'release',
          handle,
          traceId,
          orderId,
          link: order.link,
          ambiguous: order.ambiguous,
          lent,
        };
  });
  return { kind: 'decided', node, decisions };
}

const whatItSays = (node: SpanNode, { stage, model, lent }: Filled): readonly (string | undefined)[] => [
  stage,
  model,
  node.digest,
  lent.outputJson,
  lent.explanation,
];

function skipped(node: SpanNode, reason: SkipReason): Verdict {
  const { traceId } = node.trace;
  return {
    kind: 'decided',
    node,
    decisions: node.handles.map((handle) => ({ kind: 'skip', handle, traceId, reason })),
  };
}

const UNLINKED: Order = { orderId: undefined, link: undefined, ambiguous: false };

/** By how surely the id is this entry's: its own, named for it, the same client order id, its trace. */
function orderOf(node: SpanNode, links: OrderLinks, clientOrders: Recent<string>): Order {
  const own = node.known?.order;
  if (own === 'none' || Array.isArray(own)) return UNLINKED;
  if (node.named !== undefined) return { ...node.named, ambiguous: false };
  // The bot named an order, in a way that cannot be sent. Another one must not stand in its place.
  if (own === 'refused') return UNLINKED;
  const clientOrderId = clientOrderIdOf(node);
  const orderId = clientOrderId === undefined ? undefined : clientOrders.get(clientOrderId);
  if (orderId !== undefined)
    return { orderId, link: { reason: 'same client order id', fromSpanId: undefined }, ambiguous: false };
  const found = links.orderFor(node);
  switch (found.kind) {
    case 'no-order':
      return UNLINKED;
    case 'ambiguous':
      return { ...UNLINKED, ambiguous: true };
    case 'order':
      return { orderId: found.orderId, link: found.link, ambiguous: false };
  }
}
