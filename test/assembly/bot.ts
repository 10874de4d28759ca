import type { Decision, EntryHandle } from '../../src/assembly/decision.js';
import { createTraceAssembler, type TraceAssembler } from '../../src/assembly/trace-assembler.js';
import type { SpanFacts, StageFirmness } from '../../src/mapping/span-facts.js';

export const WINDOW = 20_000;

export interface SpanSpec {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly start?: number;
  readonly role?: SpanFacts['role'] | 'plain';
  readonly stage?: string;
  readonly firmness?: StageFirmness;
  readonly model?: string | false;
  readonly input?: string | false;
  readonly output?: string | false;
  readonly explanation?: string;
  /** Ids, 'none' or 'refused'. */
  readonly order?: readonly string[] | 'none' | 'refused' | undefined;
  readonly client?: string;
  readonly symbol?: string;
  readonly response?: string;
  readonly scope?: string;
  readonly tool?: { readonly name: string; readonly result: string | undefined };
  readonly bare?: boolean;
  readonly toolCallsOnly?: boolean;
  /** The tool calls that the answer asks for. */
  readonly asks?: readonly string[];
  /** The tool call that a tool span answers. */
  readonly answers?: string;
  /** What a call's request tells of a tool without a span: the call that it answers, and its result. */
  readonly told?: { readonly answers: string; readonly result: string };
}

export function factsOf(spec: SpanSpec, traceId: string): SpanFacts {
  const role = spec.role === undefined || spec.role === 'plain' ? 'context' : spec.role;
  const hasDraft = (role === 'entry' || role === 'call' || role === 'wrapper') && spec.bare !== true;
  const start = spec.start ?? 0;
  const text = (given: string | false | undefined, usual: string): string | undefined =>
    given === false ? undefined : (given ?? usual);
  const model = text(spec.model, 'gpt-5');
  const stage = spec.stage ?? (role === 'entry' ? 'Decision Making' : undefined);
  return {
    traceId,
    spanId: spec.id,
    localParentSpanId: spec.parent,
    startedMillis: start,
    endedMillis: start + 1,
    scope: spec.scope ?? 'bot',
    name: spec.id,
    role,
    draft: hasDraft
      ? {
          stage,
          model,
          inputJson: text(spec.input, `{"prompt":"${spec.id}"}`),
          outputJson: text(spec.output, `{"response":"${spec.id}"}`),
          explanation: spec.explanation ?? 'derived',
          explanationDerived: spec.explanation === undefined,
          orderId: undefined,
          noOrder: spec.order === 'none',
          clientOrderId: spec.client,
          symbol: spec.symbol,
          startedMillis: start,
          endedMillis: start + 1,
          origin: { traceId, spanId: spec.id, parentSpanId: spec.parent },
        }
      : undefined,
    notLoggable: undefined,
    stage: stage === undefined ? undefined : { text: stage, firmness: spec.firmness ?? 'stated' },
    orders:
      spec.order === undefined
        ? { kind: 'absent' }
        : spec.order === 'none'
          ? { kind: 'none' }
          : spec.order === 'refused'
            ? { kind: 'refused', reason: 'unsafe' }
            : { kind: 'ids', ids: spec.order, refused: [] },
    clientOrderId: spec.client,
    symbol: spec.symbol,
    responseId: spec.response,
    model: typeof spec.model === 'string' || role === 'call' ? model : undefined,
    toolCallsOnly: spec.toolCallsOnly,
    asksFor: spec.asks,
    told: spec.told === undefined ? undefined : [{ name: 'place_order', ...spec.told }],
    tool:
      spec.answers === undefined
        ? spec.tool
        : { name: spec.id, result: undefined, ...spec.tool, answers: spec.answers },
    notices: [],
  };
}

/** What became of each entry: its order or why it is not sent. Handles are named after their spans. */
export class Bot {
  readonly assembler: TraceAssembler;
  readonly outcomes = new Map<string, string>();
  readonly decisions = new Map<string, Decision>();
  readonly sequence: string[] = [];
  readonly names = new Map<EntryHandle, string>();
  now = 1_000;

  constructor(options: Partial<Parameters<typeof createTraceAssembler>[0]> = {}) {
    this.assembler = createTraceAssembler({
      linkWindowMillis: WINDOW,
      orderIdFrom: [],
      collapseRepeatsMillis: 0,
      answersOnly: false,
      ...options,
    });
  }

  start(spec: SpanSpec, traceId = 't', isOwnEntry = false): void {
    this.assembler.spanStarted({
      traceId,
      spanId: spec.id,
      localParentSpanId: spec.parent,
      startedMillis: spec.start ?? 0,
      isOwnEntry,
    });
  }

  handlesFor(spec: SpanSpec, traceId = 't'): EntryHandle[] {
    const facts = factsOf(spec, traceId);
    if (facts.draft === undefined) return [];
    const ids = facts.orders.kind === 'ids' ? facts.orders.ids : [''];
    return ids.map((_, index) => {
      const handle = this.names.size;
      this.names.set(
        handle,
        (traceId === 't' ? '' : `${traceId}/`) + spec.id + (index > 0 ? `#${index}` : ''),
      );
      return handle;
    });
  }

  end(spec: SpanSpec, traceId = 't'): void {
    if (spec.role === undefined || spec.role === 'plain')
      this.take(this.assembler.plainSpanEnded(traceId, spec.id, this.now));
    else
      this.take(this.assembler.spanEnded(factsOf(spec, traceId), this.handlesFor(spec, traceId), this.now));
  }

  tick(millis: number): void {
    this.now += millis;
    this.take(this.assembler.tick(this.now));
  }

  take(decisions: readonly Decision[] | 'unknown'): void {
    if (decisions === 'unknown') throw new Error('unknown');
    for (const decision of decisions) {
      const name = this.names.get(decision.handle) ?? `handle ${decision.handle}`;
      if (this.outcomes.has(name)) throw new Error(`${name} was decided twice`);
      this.outcomes.set(name, outcomeOf(decision));
      this.decisions.set(name, decision);
      if (decision.kind === 'release') this.sequence.push(name);
    }
  }

  /** Starts all in the order given and ends them in `ends`, by default the last first. */
  run(spans: readonly SpanSpec[], ends: readonly SpanSpec[] = spans.toReversed(), traceId = 't'): this {
    for (const span of spans) this.start(span, traceId);
    for (const span of ends) this.end(span, traceId);
    return this;
  }

  get result(): Record<string, string> {
    return Object.fromEntries([...this.outcomes].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export function outcomeOf(decision: Decision): string {
  switch (decision.kind) {
    case 'release':
      return decision.orderId ?? (decision.ambiguous ? 'ambiguous' : 'no order');
    case 'skip':
      return decision.reason;
    case 'invalid':
      return `invalid: ${decision.problems.join('; ')}`;
  }
}
