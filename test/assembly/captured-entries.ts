import type { Decision } from '../../src/assembly/decision.js';
import { createTraceAssembler } from '../../src/assembly/trace-assembler.js';
import { millisOf } from '../../src/mapping/finished-span.js';
import { createSpanReader } from '../../src/mapping/read-span.js';
import type { SpanFacts } from '../../src/mapping/span-facts.js';
import { type Capture, type CapturedSpan, finishedSpanOf, loggedFor } from '../mapping/captured-spans.js';

/** One captured span, what was read of it, and what became of its entry. */
export interface CapturedOutcome {
  readonly span: CapturedSpan;
  readonly facts: SpanFacts | undefined;
  readonly decision: Decision | undefined;
}

export const ORDER_ID_FROM = ['tool:place_order:orderId'];

/**
 * Plays a capture. It is in the order of ends, which times would not tell: the SDK counts a span's milliseconds from the
 * rounded time of its start. Starts go before all ends, a parent before what it holds.
 */
export function entriesOf(capture: Capture, answersOnly = false): readonly CapturedOutcome[] {
  const read = createSpanReader({ vocabularies: 'all', include: [], exclude: [] });
  const assembler = createTraceAssembler({
    linkWindowMillis: 20_000,
    orderIdFrom: ORDER_ID_FROM,
    collapseRepeatsMillis: 0,
    answersOnly,
  });
  const facts = capture.spans.map((span) => read(finishedSpanOf(span), loggedFor(capture, span)));
  const decisions: Decision[] = [];
  const depthOf = ({ parentSpanId }: CapturedSpan): number => {
    const parent = capture.spans.find(({ spanId }) => spanId === parentSpanId);
    return parent === undefined ? 0 : 1 + depthOf(parent);
  };
  const starts = capture.spans.toSorted(
    (a, b) => millisOf(a.start) - millisOf(b.start) || depthOf(a) - depthOf(b),
  );
  for (const { traceId, spanId, parentSpanId, start } of starts) {
    const startedMillis = millisOf(start);
    assembler.spanStarted({ traceId, spanId, localParentSpanId: parentSpanId, startedMillis });
  }
  capture.spans.forEach(({ traceId, spanId, end }, index) => {
    const known = facts[index];
    const handles = known?.draft === undefined ? [] : [index];
    decisions.push(
      ...(known === undefined
        ? assembler.plainSpanEnded(traceId, spanId, millisOf(end))
        : assembler.spanEnded(known, handles, millisOf(end))),
    );
  });
  decisions.push(...assembler.close(Number.MAX_SAFE_INTEGER));
  return capture.spans.map((span, index) => ({
    span,
    facts: facts[index],
    decision: decisions.find(({ handle }) => handle === index),
  }));
}

/** What became of a span, in a line; `undefined` for one of the bot's own, of which nothing is kept. */
export function outcomeLine({ span, facts, decision }: CapturedOutcome): string | undefined {
  if (facts === undefined) return undefined;
  const { role, draft, notLoggable } = facts;
  if (decision === undefined) return `${span.name}: ${notLoggable ?? role}`;
  switch (decision.kind) {
    case 'skip':
      return `${span.name}: not sent, ${decision.reason}`;
    case 'invalid':
      return `${span.name}: INVALID, ${decision.problems.join(', ')}`;
    case 'release': {
      const stage = decision.lent.stage ?? draft?.stage;
      const model = decision.lent.model ?? draft?.model;
      const order = decision.orderId ?? (decision.ambiguous ? 'none that is surely its own' : 'none');
      return `${span.name}: SENT as ${stage} of ${model}, order ${order}`;
    }
  }
}
