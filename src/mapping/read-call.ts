import type { EntryDraft } from '../entry/entry-draft';
import { derivedExplanation } from '../entry/explanation';
import type { OrderIdReading } from '../entry/order-id';
import { explanationOfAnswer } from './answer-explanation';
import { hasFailed } from './failed-output';
import type { FieldReader } from './field-reader';
import { type FinishedSpan, scopeNameOf } from './finished-span';
import { quotedName } from './notice';
import { originOf, type Tell } from './read-entry';
import type { FoundRole } from './role-of-span';
import type { NotLoggable } from './span-facts';

/** What a model call, or what wraps calls, would log. */
export type CallReading =
  | { readonly draft: EntryDraft; readonly notLoggable: undefined }
  | { readonly draft: undefined; readonly notLoggable: NotLoggable };

/** What was read of the span already. */
export interface CallSurroundings extends Pick<EntryDraft, 'startedMillis' | 'endedMillis'> {
  readonly stage: string | undefined;
  readonly orders: OrderIdReading;
  readonly clientOrderId: string | undefined;
  readonly symbol: string | undefined;
}

/**
 * Reads a model call or a wrapper. A call is loggable with an output, and an input beside it or words in the output:
 * a tool call alone says nothing about the decision. A wrapper needs both input and output.
 */
export function readCall(
  span: FinishedSpan,
  found: FoundRole,
  fields: FieldReader,
  around: CallSurroundings,
  tell: Tell,
): CallReading {
  const inputJson = fields.json('input');
  const outputJson = fields.json('output');
  const answer = outputJson === undefined ? undefined : explanationOfAnswer(outputJson);
  const hasWords = answer !== undefined && !answer.derived;
  const isLoggable =
    outputJson !== undefined && (inputJson !== undefined || (found.role === 'call' && hasWords));
  if (!isLoggable)
    return { draft: undefined, notLoggable: whyNot(span, found, { inputJson, outputJson }, tell) };

  const model = fields.model();
  const { stage } = around;
  const reasoning = fields.text('explanation');
  const explanation = reasoning ?? answer?.text;
  const { startedMillis, endedMillis, orders, clientOrderId, symbol } = around;
  const draft: EntryDraft = {
    stage,
    model,
    inputJson,
    outputJson,
    explanation: explanation ?? derivedExplanation(stage ?? '', model ?? '', endedMillis - startedMillis),
    explanationDerived: reasoning === undefined && (answer?.derived ?? true),
    orderId: orders.kind === 'ids' ? orders.ids[0] : undefined,
    noOrder: orders.kind === 'none',
    clientOrderId,
    symbol,
    startedMillis,
    endedMillis,
    origin: originOf(span),
  };
  return { draft, notLoggable: undefined };
}

function whyNot(
  span: FinishedSpan,
  { role, vocabulary }: FoundRole,
  { inputJson, outputJson }: Pick<EntryDraft, 'inputJson' | 'outputJson'>,
  tell: Tell,
): NotLoggable {
  const { attributes, droppedAttributesCount: dropped = 0 } = span;
  const name = quotedName(span.name);
  const hasOutput = outputJson !== undefined;
  if (dropped > 0 && !hasOutput) {
    tell(
      'attributes-dropped',
      `the attribute count limit took ${dropped} attributes of the span ${name}, its output among them, so it is not ` +
        'logged: raise OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT, or spanLimits.attributeCountLimit in code',
    );
    return 'attribute-limit';
  }
  const isRedacted = vocabulary.isRedacted?.(attributes) ?? false;
  if (!isRedacted && !hasOutput && isFailure(span, vocabulary.hasFailed?.(attributes) ?? false)) {
    return 'failed';
  }
  if (role === 'call' && vocabulary.contentSwitch !== undefined) {
    const lack = hasOutput ? 'no input' : 'no output';
    // A stream that was aborted has an input and never gets an output, whatever is switched on.
    const unless = inputJson !== undefined && !isRedacted ? 'unless it was aborted, ' : '';
    tell(
      `content-off-${vocabulary.name}`,
      `the model call ${name} of ${quotedName(scopeNameOf(span))} holds ${lack}, so it cannot be logged: ` +
        `${unless}${vocabulary.contentSwitch(attributes, span)}`,
    );
  }
  return isRedacted ? 'redacted' : 'no-content';
}

/** Some libraries end a failed call without an error status, and say so in an event or in words of their own. */
const isFailure = (span: FinishedSpan, saysSo: boolean): boolean =>
  hasFailed(span) || saysSo || span.events.some(({ name }) => name === 'exception');
