import type { EntryDraft } from '../entry/entry-draft';
import { saysHoldInJson } from '../entry/says-hold';
import type { SpanFacts, StageFirmness } from '../mapping/span-facts';
import type { SpanRole } from '../mapping/vocabularies/vocabulary';
import type { ToolOrders } from './tool-orders';

/** What a span says about its order. `refused`: something that cannot be sent, so another's id must not stand for it. */
export type OrderStatement = 'none' | 'refused' | readonly string[];

export interface ToldOrder {
  /** The call that the tool answered. */
  readonly answers: string;
  readonly ids: readonly string[];
}

/**
 * What assembly keeps of a finished span: JSON-safe, small, and enough to decide again after a crash. The texts of
 * the entry are not in it.
 */
export interface KnownSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly startedMillis: number;
  readonly role: SpanRole;
  readonly scope: string;
  /** It has (or had) an entry. */
  readonly loggable: boolean;
  readonly stage?: { readonly text: string; readonly firmness: StageFirmness };
  readonly order?: OrderStatement;
  readonly clientOrderId?: string;
  readonly symbol?: string;
  readonly responseId?: string;
  readonly model?: string;
  readonly hasInput: boolean;
  readonly hasOutput: boolean;
  /** The bot's or the model's own words, not a sentence of ours. */
  readonly hasExplanation: boolean;
  readonly toolCallsOnly: boolean;
  /** The output says to do nothing. */
  readonly holds?: boolean;
  /** The calls of tools that the model's answer asks for. */
  readonly asksFor?: readonly string[];
  /** For a tool span: the call that it answers. */
  readonly answers?: string;
  /** Orders in results of tools that the request of a model call tells. */
  readonly told?: readonly ToldOrder[];
}

/** The texts that a call lends to the own entry above it. */
export type Content = Pick<EntryDraft, 'inputJson' | 'outputJson' | 'explanation'>;

export function knownSpanOf(facts: SpanFacts, toolOrders: ToolOrders): KnownSpan {
  const { draft } = facts;
  const order = orderStatementOf(facts, toolOrders);
  const model = draft?.model ?? facts.model;
  const told = (facts.told ?? []).flatMap(({ name, result, answers }): ToldOrder[] => {
    const ids = toolOrders({ name, result });
    return ids === undefined ? [] : [{ answers, ids }];
  });
  return {
    traceId: facts.traceId,
    spanId: facts.spanId,
    startedMillis: facts.startedMillis,
    role: facts.role,
    scope: facts.scope,
    loggable: draft !== undefined,
    ...(facts.stage === undefined ? {} : { stage: facts.stage }),
    ...(order === undefined ? {} : { order }),
    ...(facts.clientOrderId === undefined ? {} : { clientOrderId: facts.clientOrderId }),
    ...(facts.symbol === undefined ? {} : { symbol: facts.symbol }),
    ...(facts.responseId === undefined ? {} : { responseId: facts.responseId }),
    ...(model === undefined ? {} : { model }),
    hasInput: draft?.inputJson !== undefined,
    hasOutput: draft?.outputJson !== undefined,
    hasExplanation: draft?.explanation !== undefined && !draft.explanationDerived,
    toolCallsOnly: facts.toolCallsOnly === true,
    ...(draft?.outputJson !== undefined && saysHoldInJson(draft.outputJson) ? { holds: true } : {}),
    ...(facts.asksFor === undefined || facts.asksFor.length === 0 ? {} : { asksFor: facts.asksFor }),
    ...(facts.tool?.answers === undefined ? {} : { answers: facts.tool.answers }),
    ...(told.length === 0 ? {} : { told }),
  };
}

function orderStatementOf(facts: SpanFacts, toolOrders: ToolOrders): OrderStatement | undefined {
  switch (facts.orders.kind) {
    case 'ids':
      return facts.orders.ids;
    case 'none':
      return 'none';
    case 'refused':
      return 'refused';
    case 'absent':
      return toolOrders(facts.tool);
  }
}

/** How much of a decision a span shows. */
export const scoreOf = (span: KnownSpan): number =>
  (span.hasInput ? 2 : 0) + (span.hasOutput ? 2 : 0) + (span.hasExplanation ? 1 : 0);
