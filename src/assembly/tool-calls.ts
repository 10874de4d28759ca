import { beganBefore, byStart, nearest, type SpanNode, type TraceTree } from './span-tree';

/** A run of a tool that gave orders. */
export interface ToolRun {
  /** The tool's span; else that of the model call whose request tells what the tool gave. */
  readonly span: SpanNode;
  readonly ids: readonly string[];
}

/** Which tool runs of a trace were asked for by which answers, by the ids that models give to their calls. */
export interface ToolCalls {
  /** The runs with an order that this answer alone has asked for, and that began no earlier, by start. */
  placedBy(answer: SpanNode): readonly ToolRun[];
}

/**
 * Reads one state of a trace. An id that several answers ask for says nothing: some models count anew in each answer.
 *
 * @param isAnswer whether the span stands for its model call; of two views of one call only one does
 */
export function createToolCalls(isAnswer: (node: SpanNode) => boolean): ToolCalls {
  let trace: TraceTree | undefined;
  let runs = new Map<string, ToolRun[]>();
  let answers = new Map<string, number>();

  function survey(of: TraceTree): void {
    trace = of;
    runs = new Map();
    answers = new Map();
    for (const node of of.nodes.values()) {
      const { known } = node;
      if (known === undefined) continue;
      if (known.answers !== undefined && Array.isArray(known.order)) note(known.answers, node, known.order);
      for (const told of known.told ?? []) note(told.answers, node, told.ids);
      if (known.asksFor !== undefined && isAnswer(node))
        for (const asked of new Set(known.asksFor)) answers.set(asked, (answers.get(asked) ?? 0) + 1);
    }
  }

  function note(key: string, span: SpanNode, ids: readonly string[]): void {
    const same = runs.get(key);
    if (same === undefined) runs.set(key, [{ span, ids }]);
    else same.push({ span, ids });
  }

  return {
    placedBy(answer) {
      const keys = answer.known?.asksFor;
      if (keys === undefined) return NOTHING;
      if (trace !== answer.trace) survey(answer.trace);
      if (runs.size === 0) return NOTHING;
      return [...new Set(keys)]
        .filter((key) => answers.get(key) === 1)
        .flatMap((key) => runs.get(key) ?? [])
        .filter(({ span }) => span !== answer && beganBefore(answer, span))
        .sort((a, b) => byStart(a.span, b.span));
    },
  };
}

const NOTHING: readonly ToolRun[] = [];

/** The bot has said, on the span or around it, that there is no order. */
export const hasNoOrder = (node: SpanNode): boolean =>
  nearest(node, (at) => (at.known?.order === undefined ? undefined : at.known.order === 'none')) === true;
