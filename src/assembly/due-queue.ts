import type { SpanNode } from './span-tree';

/** Waiting spans by the end of their window. New ones are due last, because the window is the same for all. */
export interface DueQueue {
  add(node: SpanNode): void;
  /** For spans whose window began before this process: in any order, none due later than a new one. */
  addEarlier(nodes: readonly SpanNode[]): void;
  /** Takes those out whose window has ended. */
  takeDue(nowMillis: number): readonly SpanNode[];
  nextDueMillis(): number | undefined;
}

export function createDueQueue(): DueQueue {
  let nodes: SpanNode[] = [];
  let head = 0;

  /** Spans that were decided before their window ended stay in the list until they are met. */
  const skipDecided = (): SpanNode | undefined => {
    let node = nodes[head];
    while (node !== undefined && node.entry !== 'waiting') {
      head += 1;
      node = nodes[head];
    }
    if (head > 1_024 && head * 2 > nodes.length) {
      nodes = nodes.slice(head);
      head = 0;
    }
    return node;
  };

  return {
    add(node) {
      skipDecided();
      nodes.push(node);
    },
    addEarlier(earlier) {
      nodes = [...nodes.slice(head), ...earlier].sort((a, b) => a.dueMillis - b.dueMillis);
      head = 0;
    },
    takeDue(nowMillis) {
      const due: SpanNode[] = [];
      for (
        let node = skipDecided();
        node !== undefined && node.dueMillis <= nowMillis;
        node = skipDecided()
      ) {
        due.push(node);
        head += 1;
      }
      return due;
    },
    nextDueMillis: () => skipDecided()?.dueMillis,
  };
}
