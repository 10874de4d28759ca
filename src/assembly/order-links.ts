import type { OrderLink } from './decision';
import { forgotStage } from './forgetting';
import { beganBefore, below, byStart, nearest, type SpanNode } from './span-tree';
import { createToolCalls, hasNoOrder } from './tool-calls';

/** What the trace says about the order of an entry that states none itself. */
export type TraceOrder =
  /** No order is near, or the bot said that there is none. */
  | { readonly kind: 'no-order' }
  /** There are orders near, and none is surely this entry's. */
  | { readonly kind: 'ambiguous'; readonly because: string }
  | { readonly kind: 'order'; readonly orderId: string; readonly link: OrderLink };

/** What order linking has to know of the entries; both are asked only about nodes of the trace. */
export interface EntryView {
  isEntry(node: SpanNode): boolean;
  stageOf(node: SpanNode): string;
}

/** Finds orders in one state of a trace; what it has looked up once it keeps, so drop it when the trace changes. */
export interface OrderLinks {
  orderFor(entry: SpanNode): TraceOrder;
}

/** A span and the ids that it states. */
interface Statement {
  readonly span: SpanNode;
  readonly ids: readonly string[];
  readonly branch: Branch;
}

/** A child of the ancestor that is not an entry, or all its entry children (and an entry that is the ancestor itself) together. */
type Branch = SpanNode | 'entries';

/** The subtree of one ancestor. */
interface Surroundings {
  /** By start. The ancestor's own statement is not among them. */
  readonly statements: readonly Statement[];
  readonly stagesOf: ReadonlyMap<Branch, ReadonlyMap<string, readonly SpanNode[]>>;
}

/**
 * Links an entry to the order that its model's own tool call placed, else to the first order under its nearest
 * ancestor that has any. Wrong is worse than missing: if one condition fails there, the walk ends, and no farther
 * ancestor is asked.
 */
export function createOrderLinks(view: EntryView): OrderLinks {
  const known = new Map<SpanNode, Surroundings>();
  const surroundingsOf = (ancestor: SpanNode): Surroundings => {
    const found = known.get(ancestor) ?? survey(ancestor, view);
    known.set(ancestor, found);
    return found;
  };
  const holdsOrders = countedOrders();
  const toolCalls = createToolCalls(view.isEntry);

  return {
    orderFor(entry) {
      if (entry.known?.holds) return NO_ORDER;
      const placed = placedBy(entry);
      if (placed !== undefined) return placed;
      for (let at: SpanNode | undefined = entry; at !== undefined; at = at.parent) {
        const stated = at === entry ? undefined : at.known?.order;
        if (stated === 'none') return NO_ORDER;
        if (Array.isArray(stated)) return lentBy(at, stated, entry);
        if (holdsOrders(at)) return firstUnder(at, entry);
      }
      return NO_ORDER;
    },
  };

  function placedBy(entry: SpanNode): TraceOrder | undefined {
    const [run] = toolCalls.placedBy(entry);
    const orderId = run?.ids[0];
    if (run === undefined || orderId === undefined) return undefined;
    const { span } = run;
    if (hasNoOrder(entry)) return NO_ORDER;
    if (!symbolsAgree(entry, span)) return ambiguous('the symbols differ');
    if (!clientOrdersAgree(entry, span)) return ambiguous('the client order ids differ');
    return linked(
      orderId,
      span,
      `placed by the tool call that the entry asked for, told by span ${span.spanId}`,
    );
  }

  function firstUnder(ancestor: SpanNode, entry: SpanNode): TraceOrder {
    if (ancestor.forgotten?.orders) return ambiguous('orders so long ago that they are forgotten');
    const around = surroundingsOf(ancestor);
    const [first] = around.statements;
    const orderId = first?.ids[0];
    if (first === undefined || orderId === undefined) return NO_ORDER;
    if (!beganBefore(entry, first.span)) return ambiguous('the order was placed before the entry began');
    if (otherBranchHasStage(ancestor, entry, around, view))
      return ambiguous('another branch has an entry of the same stage');
    if (!symbolsAgree(entry, first.span)) return ambiguous('the symbols differ');
    if (!clientOrdersAgree(entry, first.span)) return ambiguous('the client order ids differ');
    if (rivalsBySymbol(ancestor, entry, first.span, around, view))
      return ambiguous('the stage was done for several symbols, and the order names none of them');
    if (!idsOfOneBranch(around.statements)) return ambiguous('orders stand in several branches');
    return linked(orderId, first.span, `first order under span ${ancestor.spanId}, which holds both`);
  }

  /** An order id on an ancestor is meant for what lies below it; there was no id in between. */
  function lentBy(ancestor: SpanNode, ids: readonly string[], entry: SpanNode): TraceOrder {
    const around = surroundingsOf(ancestor);
    const [orderId] = ids;
    if (orderId === undefined) return NO_ORDER;
    const isOneRun = ancestor.known?.role === 'wrapper' || ancestor.known?.role === 'call';
    if (!isOneRun && otherBranchHasStage(ancestor, entry, around, view))
      return ambiguous('another branch has an entry of the same stage');
    if (!symbolsAgree(entry, ancestor)) return ambiguous('the symbols differ');
    if (!clientOrdersAgree(entry, ancestor)) return ambiguous('the client order ids differ');
    if (!isOneRun && rivalsBySymbol(ancestor, entry, ancestor, around, view))
      return ambiguous('the stage was done for several symbols, and the order names none of them');
    const others = around.statements.flatMap((statement) => statement.ids);
    if (others.length > 0 && !others.some((id) => ids.includes(id)))
      return ambiguous('a span around the entry states one order, spans below that another');
    return linked(orderId, ancestor, `stated by span ${ancestor.spanId}, which the entry lies in`);
  }
}

const NO_ORDER: TraceOrder = { kind: 'no-order' };
const ambiguous = (because: string): TraceOrder => ({ kind: 'ambiguous', because });
const linked = (orderId: string, span: SpanNode, reason: string): TraceOrder => ({
  kind: 'order',
  orderId,
  link: { reason, fromSpanId: span.spanId },
});

/** (b) Two branches with the same stage are two decisions, and an order is of one of them. */
function otherBranchHasStage(
  ancestor: SpanNode,
  entry: SpanNode,
  around: Surroundings,
  view: EntryView,
): boolean {
  const own = branchOf(entry, ancestor, view);
  const stage = view.stageOf(entry);
  for (const [branch, stages] of around.stagesOf) if (branch !== own && stages.has(stage)) return true;
  const { forgotten } = ancestor;
  if (forgotten === undefined) return false;
  return (
    forgotStage(forgotten.branchStages, stage) ||
    (own !== 'entries' && forgotStage(forgotten.childStages, stage))
  );
}

/** (c) */
export function symbolsAgree(entry: SpanNode, span: SpanNode): boolean {
  const [one, other] = [symbolOf(entry), symbolOf(span)];
  return one === undefined || other === undefined || one === other;
}

export function clientOrdersAgree(entry: SpanNode, span: SpanNode): boolean {
  const [one, other] = [clientOrderIdOf(entry), clientOrderIdOf(span)];
  return one === undefined || other === undefined || one === other;
}

/**
 * (c) once more: in the entry's own branch the same stage was done for other symbols. Then only an order that names
 * the entry's symbol is its order.
 */
function rivalsBySymbol(
  ancestor: SpanNode,
  entry: SpanNode,
  span: SpanNode,
  around: Surroundings,
  view: EntryView,
): boolean {
  const symbol = symbolOf(entry);
  if (symbol !== undefined && symbol === symbolOf(span)) return false;
  const peers = around.stagesOf.get(branchOf(entry, ancestor, view))?.get(view.stageOf(entry)) ?? [];
  return peers.some((peer) => symbolOf(peer) !== symbol);
}

/** (d) Entry, stop and take-profit of one trade stand together; the same id may stand anywhere. */
function idsOfOneBranch(statements: readonly Statement[]): boolean {
  const [first] = statements;
  if (first === undefined) return true;
  return statements.every(
    ({ branch, ids }) => branch === first.branch || ids.every((id) => first.ids.includes(id)),
  );
}

export const symbolOf = (span: SpanNode): string | undefined =>
  nearest(span, (node) => node.known?.symbol)?.toUpperCase();

export const clientOrderIdOf = (span: SpanNode): string | undefined =>
  nearest(span, (node) => node.known?.clientOrderId);

function branchOf(node: SpanNode, ancestor: SpanNode, view: EntryView): Branch {
  let child = node;
  while (child !== ancestor && child.parent !== undefined && child.parent !== ancestor) child = child.parent;
  return child === ancestor || view.isEntry(child) ? 'entries' : child;
}

function survey(ancestor: SpanNode, view: EntryView): Surroundings {
  const statements: Statement[] = [];
  const stagesOf = new Map<Branch, Map<string, SpanNode[]>>();
  const note = (node: SpanNode, branch: Branch): void => {
    if (!view.isEntry(node)) return;
    const stages = stagesOf.get(branch) ?? new Map<string, SpanNode[]>();
    stagesOf.set(branch, stages);
    const stage = view.stageOf(node);
    const nodes = stages.get(stage);
    if (nodes === undefined) stages.set(stage, [node]);
    else nodes.push(node);
  };
  note(ancestor, 'entries');
  for (let child = ancestor.firstChild; child !== undefined; child = child.next) {
    const branch = view.isEntry(child) ? 'entries' : child;
    for (const node of below(child)) {
      note(node, branch);
      const ids = node.known?.order;
      if (Array.isArray(ids)) statements.push({ span: node, ids, branch });
    }
  }
  statements.sort((a, b) => byStart(a.span, b.span));
  return { statements, stagesOf };
}

/** Whether a span's subtree states or has stated any order; each subtree is looked through once. */
function countedOrders(): (node: SpanNode) => boolean {
  const answers = new Map<SpanNode, boolean>();
  return (top) => {
    const before = answers.get(top);
    if (before !== undefined) return before;
    // Parents before children; what was looked through from farther down is not entered again.
    const order = [top];
    for (let at = 0; at < order.length; at += 1) {
      let child = order[at]?.firstChild;
      for (; child !== undefined; child = child.next) if (!answers.has(child)) order.push(child);
    }
    for (let at = order.length - 1; at >= 0; at -= 1) {
      const node = order[at];
      if (node === undefined) continue;
      let holds = Array.isArray(node.known?.order) || node.forgotten?.orders === true;
      for (let child = node.firstChild; child !== undefined && !holds; child = child.next)
        holds = answers.get(child) ?? false;
      answers.set(node, holds);
    }
    return answers.get(top) ?? false;
  };
}
