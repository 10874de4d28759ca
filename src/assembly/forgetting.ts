import { stageOf } from './lending';
import { charge, type Forgotten, remove, type SpanNode, type TraceTree } from './span-tree';

/** Settled spans that a trace that goes on for hours keeps; the rest is summed up on their parents. */
const KEPT_SPANS = 128;
/** More stages than this are not told apart; then every stage counts as seen. */
const KEPT_STAGES = 64;

/**
 * Takes out a childless span, and each ancestor that mattered only because of it. What order linking has to know
 * of them stays with the parent.
 */
export function prune(node: SpanNode): void {
  let at: SpanNode | undefined = node;
  while (at !== undefined) {
    const parent: SpanNode | undefined = at.parent;
    if (parent !== undefined) sumUp(at, parent);
    remove(at);
    at = parent !== undefined && isIdle(parent) ? parent : undefined;
  }
}

/** Ended, nothing below, and nothing of its own to remember. */
export const isIdle = (node: SpanNode): boolean =>
  !node.isOpen && node.firstChild === undefined && node.known === undefined;

/** Keeps a trace that does not end from growing. */
export function forgetOldest(trace: TraceTree): void {
  const { settled } = trace;
  const excess = settled.length - KEPT_SPANS;
  if (excess < KEPT_SPANS) return;
  for (const node of settled.splice(0, excess)) {
    if (node.content !== undefined) dropContent(node);
    if (node.firstChild === undefined) prune(node);
    else settled.push(node);
  }
}

function dropContent(node: SpanNode): void {
  charge(node.trace, -bytesOfContent(node));
  node.bytes -= bytesOfContent(node);
  node.content = undefined;
}

export const bytesOfContent = ({ content }: SpanNode): number =>
  content === undefined
    ? 0
    : 2 *
      ((content.inputJson?.length ?? 0) +
        (content.outputJson?.length ?? 0) +
        (content.explanation?.length ?? 0));

function sumUp(node: SpanNode, parent: SpanNode): void {
  const { known, forgotten } = node;
  if (known === undefined && forgotten === undefined) return;
  const isEntry = node.entry === 'sent';
  const orders = Array.isArray(known?.order) || forgotten?.orders === true;
  if (!orders && !isEntry && forgotten === undefined) return;
  parent.forgotten ??= { orders: false, childStages: new Set(), branchStages: new Set() };
  parent.forgotten.orders ||= orders;
  if (isEntry) add(parent.forgotten.childStages, stageOf(node));
  if (forgotten !== undefined)
    addAll(isEntry ? parent.forgotten.childStages : parent.forgotten.branchStages, forgotten);
}

function addAll(to: Set<string>, { childStages, branchStages }: Forgotten): void {
  for (const stage of childStages) add(to, stage);
  for (const stage of branchStages) add(to, stage);
}

function add(to: Set<string>, stage: string): void {
  if (to.size < KEPT_STAGES) to.add(stage);
}

export const forgotStage = (stages: ReadonlySet<string>, stage: string): boolean =>
  stages.size >= KEPT_STAGES || stages.has(stage);
