import type { EntryDraft, EntryOrigin } from '../entry/entry-draft';
import { derivedExplanation } from '../entry/explanation';
import type { OrderIdReading } from '../entry/order-id';
import type { Clock } from '../lib/clock';
import { explanationInOutput } from './explanation-in-output';
import { failedOutput, hasFailed } from './failed-output';
import { type FieldReader, KEY_OF } from './field-reader';
import { type FinishedSpan, type HrTime, millisOf, parentSpanIdOf } from './finished-span';
import { type NoticeCode, quotedName } from './notice';

/** An entry's span as it states itself. */
export interface StatedEntry {
  /** With the first of its orders. */
  readonly draft: EntryDraft;
  readonly orders: OrderIdReading;
}

export function readStated(
  span: FinishedSpan,
  fields: FieldReader,
  clock: Pick<Clock, 'wallMillis'>,
  stage: string | undefined,
  tell: Tell,
): StatedEntry {
  const model = fields.model();
  const inputJson = fields.json('input');
  const givenOutput = fields.json('output');
  const outputJson = givenOutput ?? (hasFailed(span) ? failedOutput(span) : undefined);
  const { startedMillis, endedMillis } = timesOf(span, clock, tell);
  const statedExplanation =
    fields.text('explanation') ??
    (givenOutput === undefined ? undefined : explanationInOutput(fields.value('output'), givenOutput));
  const durationMillis = endedMillis - startedMillis;
  const explanation = statedExplanation ?? derivedExplanation(stage ?? '', model ?? '', durationMillis);
  const orders = fields.orderIds();

  tellWhatIsMissing(
    span,
    { model, input: inputJson, output: outputJson, explanation: statedExplanation },
    tell,
  );
  const draft = {
    stage,
    model,
    inputJson,
    outputJson,
    explanation,
    explanationDerived: statedExplanation === undefined,
    orderId: orders.kind === 'ids' ? orders.ids[0] : undefined,
    noOrder: orders.kind === 'none',
    clientOrderId: fields.text('clientOrderId'),
    symbol: fields.text('symbol'),
    startedMillis,
    endedMillis,
    origin: originOf(span),
  };
  return { draft, orders };
}

export type Tell = (code: NoticeCode, text: string) => void;

function tellWhatIsMissing(
  span: FinishedSpan,
  fields: Readonly<Record<'model' | 'input' | 'output' | 'explanation', string | undefined>>,
  tell: Tell,
): void {
  if (fields.explanation === undefined) {
    tell(
      'explanation-derived',
      `the span ${quotedName(span.name)} has neither ${KEY_OF.explanation} nor a reason in its output, so a sentence from stage, ` +
        `model and duration stands in: set ${KEY_OF.explanation} to the model's reasoning`,
    );
  }
  const dropped = span.droppedAttributesCount ?? 0;
  if (dropped === 0) return;
  const missing = Object.entries(fields).filter(([, value]) => value === undefined);
  if (missing.length > 0) {
    tell(
      'attributes-dropped',
      `the attribute count limit took ${dropped} attributes of the span ${quotedName(span.name)}, which has no ` +
        `${missing.map(([field]) => field).join(', ')}: set these when the span starts, or raise ` +
        'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT, or spanLimits.attributeCountLimit in code',
    );
  }
}

/** A span without a usable end ends when it is read: its one minute must not seem to be over. */
export function timesOf(
  span: FinishedSpan,
  clock: Pick<Clock, 'wallMillis'>,
  tell: Tell,
): Pick<EntryDraft, 'startedMillis' | 'endedMillis'> {
  const started = usableMillis(span.startTime);
  const ended = usableMillis(span.endTime);
  if (ended === undefined) {
    tell(
      'time-unreadable',
      `the span ${quotedName(span.name)} has no end time, so the time of reading stands for it: end spans without ` +
        'a time, or with a Date, milliseconds or [seconds, nanoseconds]',
    );
  }
  const endedMillis = ended ?? clock.wallMillis();
  return { startedMillis: started ?? endedMillis, endedMillis };
}

function usableMillis(time: HrTime): number | undefined {
  const millis = millisOf(time);
  return Number.isSafeInteger(millis) && millis > 0 ? millis : undefined;
}

export function originOf(span: FinishedSpan): EntryOrigin | undefined {
  const { traceId, spanId } = span.spanContext();
  if (typeof traceId !== 'string' || typeof spanId !== 'string' || traceId === '' || spanId === '')
    return undefined;
  return { traceId, spanId, parentSpanId: parentSpanIdOf(span) };
}
